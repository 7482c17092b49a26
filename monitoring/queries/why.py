"""Why a figure is what it is: down to aggregates, never to a person."""

from dataclasses import dataclass
from typing import Any

from care.models import IndicatorDelivery
from regions.queries.access import access_of
from segments.enums import Feed as SegmentFeed
from segments.models import Segment

from ..domain.change import NOTHING, Reading
from ..enums import Cell
from ..indicators import Indicator
from ..models import FigureSet
from .reading import Where, cells_of


@dataclass(frozen=True)
class Split:
    """The parts of a cell along a dimension; `adds_up` says whether their numerators do."""

    dimension: str
    parts: tuple[tuple[Where, Reading], ...]
    adds_up: bool | None


@dataclass(frozen=True)
class Delivered:
    """What a provider delivered for this figure."""

    provider: str
    segment: str
    municipality: str
    numerator: float
    denominator: float | None
    remark: str


@dataclass(frozen=True)
class Why:
    """The figure, its parts and what it was computed from."""

    indicator: Indicator
    figure_set: FigureSet
    where: Where
    reading: Reading
    splits: tuple[Split, ...]
    delivered: tuple[Delivered, ...]
    delivered_segments: tuple[str, ...]


def why(user: Any, figure_set: FigureSet, indicator: Indicator, where: Where) -> Why:
    """Explain one figure to a user: hidden parts stay hidden here too."""
    cells = cells_of(user, figure_set, indicator.code)
    reading = cells.get(where, NOTHING)
    fed = Segment.objects.filter(scheme=figure_set.scheme, feed=SegmentFeed.DELIVERY)
    return Why(
        indicator=indicator,
        figure_set=figure_set,
        where=where,
        reading=reading,
        splits=tuple(_splits(cells, where, reading)),
        delivered=tuple(_delivered(user, figure_set, indicator, where)),
        delivered_segments=tuple(fed.order_by("order").values_list("name", flat=True)),
    )


def _splits(cells: dict[Where, Reading], where: Where, reading: Reading) -> list[Split]:
    filled = {name for name, value in where.filled().items() if value}
    found = []
    for kind in Cell:
        added = set(kind.value) - filled
        if filled <= set(kind.value) and len(added) == 1:
            dimension = added.pop()
            parts = tuple(
                (cell, part)
                for cell, part in sorted(cells.items(), key=lambda item: item[0])
                if _is_part(cell, where, dimension) and part.value != 0
            )
            if parts:
                found.append(Split(dimension, parts, _adds_up(reading, parts)))
    return found


def _is_part(cell: Where, whole: Where, dimension: str) -> bool:
    return bool(getattr(cell, dimension)) and all(
        getattr(cell, name) == value for name, value in whole.filled().items() if name != dimension
    )


def _adds_up(whole: Reading, parts: tuple[tuple[Where, Reading], ...]) -> bool | None:
    """None where one of the numbers is not there to add."""
    numbers = [part.numerator for _, part in parts]
    if whole.numerator is None or any(number is None for number in numbers):
        return None
    return abs(sum(n for n in numbers if n is not None) - whole.numerator) < 0.005


def _delivered(
    user: Any, figure_set: FigureSet, indicator: Indicator, where: Where
) -> list[Delivered]:
    """Deliveries behind the figure, for staff of the regional organisation."""
    if not access_of(user).is_staff_of(figure_set.region_id):
        return []
    rows = IndicatorDelivery.objects.filter(
        region_id=figure_set.region_id,
        half_year=figure_set.half_year,
        indicator=indicator.code,
        run__lte=figure_set.cutoff_run,
    ).exclude(replaced_in__lte=figure_set.cutoff_run)
    asked = {name: value for name, value in where.filled().items() if value}
    asked.pop("category", None)
    return [
        Delivered(
            row.provider,
            row.segment,
            row.municipality,
            float(row.numerator),
            None if row.denominator is None else float(row.denominator),
            row.remark,
        )
        for row in rows.filter(**asked).order_by("provider", "segment")
    ]
