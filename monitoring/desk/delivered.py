"""What a provider delivers and reaches, on its page and in its written account."""

from collections.abc import Iterable
from typing import Any

from core.ui import Panel, Place, register_panel
from core.writing import Block, Heading, Paragraph, Table
from providers.desk import PROVIDER_PAGE
from providers.registry import AccountPart, register_account_part

from ..domain.change import NOTHING
from ..indicators import get
from ..presenters import Row
from ..queries.figures import figures_for, half_years_of
from ..queries.reading import Where, readings
from ..rules import can_see_figures

CODES = (
    "clients", "new_clients", "wait_p50", "waiting", "duration_p50", "dropout_rate",
    "goal_attainment", "satisfaction_youth", "repeat_care_rate", "spend", "spend_per_client",
)  # fmt: skip


def delivered(place: Place, provider: Any) -> dict[str, Any] | None:
    """Figures of the newest half-year beside the one before, under the main AGB code."""
    halves = half_years_of(place.tenant) if can_see_figures(place.user, place.tenant) else []
    figures = figures_for(place.tenant, halves[0]) if halves else None
    if figures is None:
        return None
    where = Where(provider=provider.agb_code)
    now, before = (readings(place.user, one, where, CODES) for one in (figures.now, figures.before))
    rows = [
        Row(get(code), now[code], before.get(code, NOTHING), NOTHING)
        for code in CODES
        if code in now
    ]
    return {"rows": rows, "figures": figures, "url": place.url("indicators")} if rows else None


def delivered_written(place: Place, provider: Any) -> Iterable[Block]:
    found = delivered(place, provider)
    if found is not None:
        yield Heading(f"Geleverd in het {found['figures'].now.period.title}")
        yield Table(
            ("Indicator", "Nu", "Vorig halfjaar"),
            [(row.indicator.name, row.shown, row.shown_before) for row in found["rows"]],
            widths=(4, 2, 2),
            numeric=(1, 2),
        )
        yield Paragraph("Volgens de berichten die de regio heeft ontvangen.", note=True)


register_panel(Panel(PROVIDER_PAGE, "delivered", "monitoring/panel_delivered.html", delivered, 20))
register_account_part(AccountPart("delivered", 100, delivered_written))
