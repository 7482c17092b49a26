"""What monitoring adds to shared pages."""

from typing import Any

from core.ui import HOME, NavItem, Panel, Place, register_nav, register_panel
from regions.desk import STEER

from ..domain.change import NOTHING
from ..indicators import get
from ..presenters import Row
from ..queries.figures import figures_for, half_years_of
from ..queries.reading import Where, readings
from ..rules import can_see_figures

HEADLINES = ("clients", "wait_p50", "dropout_rate", "stay_share", "spend")


def may_see(place: Place) -> bool:
    return can_see_figures(place.user, place.tenant)


register_nav(NavItem("Indicatoren", "indicators", STEER, 20, may_see))


def headlines(place: Place, subject: Any) -> dict[str, Any] | None:
    """Five figures of the newest half-year beside the one before."""
    halves = half_years_of(place.tenant) if may_see(place) else []
    figures = figures_for(place.tenant, halves[0]) if halves else None
    if figures is None:
        return None
    now, before = (
        readings(place.user, one, Where(), HEADLINES) for one in (figures.now, figures.before)
    )
    rows = [
        Row(get(code), now.get(code, NOTHING), before.get(code, NOTHING), NOTHING)
        for code in HEADLINES
    ]
    return {"rows": rows, "figures": figures, "url": place.url("indicators")}


register_panel(
    Panel(HOME, "indicators", "monitoring/panel_headlines.html", headlines, order=30, wide=True)
)
