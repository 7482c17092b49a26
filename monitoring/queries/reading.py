"""Figures as a user may read them: one place that pages, files and explanations ask."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value

from core.suppression import HIDDEN
from regions.queries.access import access_of

from ..domain.change import NOTHING, Reading
from ..enums import Cell
from ..models import FigureSet, IndicatorValue
from .published import visible_values

NUMBERS = ("value", "numerator", "denominator", "low", "high")


@dataclass(frozen=True, order=True)
class Where:
    """A cell: '' means all."""

    municipality: str = ""
    segment: str = ""
    category: str = ""
    provider: str = ""

    @property
    def kind(self) -> Cell:
        """ValueError for a combination that is not computed."""
        return Cell.of(**self.filled())

    def filled(self) -> dict[str, str]:
        return {
            "municipality": self.municipality,
            "segment": self.segment,
            "category": self.category,
            "provider": self.provider,
        }


def rows_for(user: Any, figure_set: FigureSet) -> QuerySet[IndicatorValue]:
    """Values of which the user may know, with `hidden` on those without numbers for him."""
    return visible_values(user, figure_set)


def may_know(user: Any, figure_set: FigureSet, where: Where) -> bool:
    """Providers' cells are for staff and for the provider itself."""
    if not where.provider or access_of(user).is_staff_of(figure_set.region_id):
        return True
    return rows_for(user, figure_set).filter(provider=where.provider).exists()


def readings(
    user: Any, figure_set: FigureSet | None, where: Where, codes: Sequence[str]
) -> dict[str, Reading]:
    """The figures of one cell by code."""
    if figure_set is None:
        return {}
    rows = rows_for(user, figure_set).filter(code__in=codes, **where.filled())
    return {row.code: reading_of(row) for row in rows}


def full_readings(
    figure_set: FigureSet | None, where: Where, codes: Sequence[str]
) -> dict[str, Reading]:
    """As `readings`, unsuppressed: for rules, and for what is shown to staff only."""
    rows = IndicatorValue.objects.filter(
        figure_set=figure_set, code__in=codes, **where.filled()
    ).annotate(hidden=Value(False))
    return {row.code: reading_of(row) for row in rows} if figure_set else {}


def cells_of(user: Any, figure_set: FigureSet | None, code: str) -> dict[Where, Reading]:
    """All cells of one indicator."""
    if figure_set is None:
        return {}
    return {
        Where(row.municipality, row.segment, row.category, row.provider): reading_of(row)
        for row in rows_for(user, figure_set).filter(code=code)
    }


def trend(
    user: Any, history: Iterable[FigureSet], where: Where, code: str
) -> Iterator[tuple[FigureSet, Reading]]:
    for one in history:
        yield one, readings(user, one, where, [code]).get(code, NOTHING)


def reading_of(row: Any) -> Reading:
    """A row of `rows_for` as numbers, or the mark and nothing else."""
    if row.hidden:
        return Reading(value=HIDDEN)
    numerator, denominator = row.numerator, row.denominator
    return Reading(
        row.value,
        None if numerator is None else float(numerator),
        None if denominator is None else float(denominator),
        row.low,
        row.high,
    )
