"""What patterns add to shared pages."""

from typing import Any

from core.ui import (
    AttentionItem,
    NavItem,
    Panel,
    Place,
    Tone,
    register_attention,
    register_nav,
    register_panel,
)
from providers.desk import PROVIDER_PAGE
from regions.desk import STEER

from ..queries.patterns import asking, brought_together, in_words, newest_run, visible_to
from ..rules.figures import can_compare_providers


def may_look(place: Place) -> bool:
    return can_compare_providers(place.user, place.tenant)


def patterns_to_discuss(place: Place) -> list[AttentionItem]:
    """One line: how many parties and themes of the newest half-year deserve a conversation."""
    run = newest_run(place.tenant) if may_look(place) else None
    rows = list(asking(run)) if run else []
    if run is None or not rows:
        return []
    number = len({(row.provider or row.municipality, row.theme) for row in rows})
    words = "patroon verdient" if number == 1 else "patronen verdienen"
    text = f"{number} {words} een gesprek"
    return [AttentionItem(text, place.url("patterns"), Tone.ATTENTION, note=run.period.title)]


def provider_patterns(place: Place, provider: Any) -> dict[str, Any] | None:
    run = newest_run(place.tenant) if may_look(place) else None
    if run is None:
        return None
    rows = visible_to(place.user).filter(run=run, provider=provider.agb_code)
    seen = in_words(rows.exclude(finding="noise"), run)
    return {"together": brought_together(seen), "run": run, "url": place.url("patterns")}


register_nav(NavItem("Patronen", "patterns", STEER, 25, may_look))
register_attention("monitoring.patterns", patterns_to_discuss)
register_panel(
    Panel(PROVIDER_PAGE, "patterns", "monitoring/panel_patterns.html", provider_patterns, 40)
)
