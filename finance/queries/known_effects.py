"""Known decisions summed per kind, for readers who do not work at the region and for reports."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.known_steps import AMOUNT, CONTRACT, MEASURE, MEMBERSHIP, PLACEMENT, PRICE
from ..domain.projection_result import Projection, Series

KIND_NAMES = {
    AMOUNT: "Afgesproken bedragen van taakgerichte contracten",
    PRICE: "Tarieven en indexering",
    CONTRACT: "Contracten die beginnen of eindigen",
    PLACEMENT: "Producten die van segment veranderen",
    MEMBERSHIP: "Gemeenten die weggaan",
    MEASURE: "Afgesproken maatregelen",
}


def effects_by_kind(
    projection: Projection, series: Series, places: Sequence[int]
) -> dict[str, list[int]]:
    """Cents per kind for the calendar years at `places`; kinds that change nothing are left out."""
    found = {
        kind: [
            sum(
                one.added(place, municipality=series.municipality, segment=series.segment)
                for one in projection.steps
                if one.kind == kind
            )
            for place in places
        ]
        for kind in KIND_NAMES
    }
    return {kind: amounts for kind, amounts in found.items() if any(amounts)}


def measures_on_agreed(projection: Projection, series: Series, places: Sequence[int]) -> list[int]:
    """Cents of agreed measures that fall on agreed amounts and do not count, for the calendar
    years at `places`."""
    return [
        sum(
            one.fallen_on_agreed(place, municipality=series.municipality, segment=series.segment)
            for one in projection.steps
        )
        for place in places
    ]
