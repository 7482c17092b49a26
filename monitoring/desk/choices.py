"""The market of a segment as the figures show it, beside what the documents say of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from core.charts import SHARE
from core.ui import Panel, Place, register_panel
from procurement.desk_slots import CHOICE_PAGE
from procurement.enums.choices import ShareBase
from regions.queries.access import access_of

from ..domain.change import NOTHING, Reading
from ..indicators import get
from ..models import FigureSet
from ..presenters import Row
from ..queries.figures import half_years_of, newest_set
from ..queries.providers import share_of_largest
from ..queries.reading import Where, readings
from ..rules import can_see_figures

# Shares of the largest that are indicators, by their number and what they are shares of.
SHARES = {
    (3, "spend"): "top_share_3",
    (7, "spend"): "top_share_7",
    (3, "clients"): "top_share_3:clients",
    (7, "clients"): "top_share_7:clients",
}
CODES = ("providers", *SHARES.values(), "clients", "wait_within_norm", "hhi")


def market_of_segment(place: Place, segment: Any) -> dict[str, Any] | None:
    """The newest figures in the segment's own division, and the shares that facts name."""
    halves = half_years_of(place.tenant) if can_see_figures(place.user, place.tenant) else []
    sets = (newest_set(place.tenant, half, scheme=segment.scheme) for half in halves)
    figures = next((found for found in sets if found is not None), None)
    if figures is None:
        return None
    found = readings(place.user, figures, Where(segment=segment.code), CODES)
    exact = access_of(place.user).is_staff_of(figures.region_id)
    return {
        "rows": [Row(get(code), found[code], NOTHING, NOTHING) for code in CODES if code in found],
        "beside": list(_beside(segment, found, figures if exact else None)),
        "figures": figures,
        "region": place.tenant,
    }


def _beside(
    segment: Any, found: Mapping[str, Reading], figures: FigureSet | None
) -> Iterator[tuple[Any, str]]:
    """Facts on the share of the largest, and that share now; a number that is no indicator is
    counted from `figures`, for whom they are not hidden."""
    for fact in segment.market_facts.exclude(share=None).exclude(providers=None):
        of = "clients" if fact.share_base == ShareBase.CHILDREN else "spend"
        code = SHARES.get((fact.providers, of))
        if code is not None:
            if code in found:
                yield fact, SHARE.show(found[code].value)
        elif figures is not None:
            yield fact, SHARE.show(share_of_largest(figures, segment.code, of, fact.providers))


register_panel(Panel(CHOICE_PAGE, "market", "monitoring/panel_market.html", market_of_segment))
