"""Stored values as the publication reads them: of councils, of providers, of other divisions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from core.periods import HalfYear
from segments.models import SegmentScheme

from ..models import FigureSet, IndicatorValue
from .council import Said, council_says
from .quantities import A_YEAR, OF_A_YEAR_AGO, Figure, Place

OfProviders = dict[str, list[Figure]]
Numbers = tuple[Decimal | None, Decimal | None]


def said_to_councils(scheme: SegmentScheme) -> Said:
    """Per kind of cell the codes that councils get, with those that the goals of a scheme name."""
    goals = scheme.segments.values_list("goals__indicators__indicator__code", flat=True)
    return council_says(goals={code for code in goals if code})


def figures_of(sets: Iterable[FigureSet], *, division: int = 0) -> list[Figure]:
    """The values that councils could get, in a fixed order."""
    return [figure for one in sets for figure in _figures(one, division)]


def own_of_providers(sets: Iterable[FigureSet], *, division: int = 0) -> OfProviders:
    """Per provider its own values of what councils could get, in the cells of the region and its
    segments."""
    own: OfProviders = {}
    for one in sets:
        said = said_to_councils(one.scheme)
        values = IndicatorValue.objects.filter(figure_set=one, value__isnull=False)
        for value in values.exclude(provider="").iterator():
            if value.code in said[_place(value, 0).kind]:
                own.setdefault(value.provider, []).append(_figure(value, one.period, division))
    return own


def told_elsewhere(sets: Sequence[FigureSet]) -> tuple[list[Figure], OfProviders]:
    """What answers about other sets say of these half-years, and what providers know of that: the
    same totals split in other divisions, and of a year later what looks back at them.

    A figure counts only where its totals are the same numbers here and there, and a division only
    where it splits them otherwise.
    """
    numbers: dict[tuple[int, object], int] = {(sets[-1].scheme_id, sets[-1].scheme_on): 0}

    def division_of(one: FigureSet) -> int:
        return numbers.setdefault((one.scheme_id, one.scheme_on), len(numbers))

    figures: list[Figure] = []
    own: OfProviders = {}
    for here in sets:
        mine = figures_of([here])
        for there in _answered_beside(here):
            division = division_of(there)
            found = _split_otherwise(mine, figures_of([there], division=division))
            figures += found
            codes = {figure.code for figure in found}
            for agb, rows in own_of_providers([there] if found else [], division=division).items():
                parts = (row for row in rows if row.code in codes and row.place.division)
                own.setdefault(agb, []).extend(parts)
    for later in _answered_a_year_later(sets):
        told = figures_of([later], division=division_of(later))
        figures += [figure for figure in told if figure.code in OF_A_YEAR_AGO]
    return figures, own


def _answered_a_year_later(sets: Sequence[FigureSet]) -> list[FigureSet]:
    known = {one.half_year for one in sets}
    later = {one.period.shift(A_YEAR).label for one in sets} - known
    answered = FigureSet.objects.filter(
        region=sets[-1].region_id, half_year__in=later, suppression_results__isnull=False
    ).order_by("half_year", "scheme_id", "scheme_on", "-created_at", "-pk")
    newest = answered.distinct("half_year", "scheme_id", "scheme_on")
    return list(newest.select_related("scheme", "region"))


def _answered_beside(here: FigureSet) -> list[FigureSet]:
    """The last set of the half-year in each other division of which an answer was given."""
    beside = FigureSet.objects.filter(
        region=here.region_id, half_year=here.half_year, suppression_results__isnull=False
    ).exclude(scheme=here.scheme_id, scheme_on=here.scheme_on)
    beside = beside.order_by("scheme_id", "scheme_on", "-created_at", "-pk")
    return list(beside.distinct("scheme_id", "scheme_on").select_related("scheme", "region"))


def _split_otherwise(mine: Iterable[Figure], others: Sequence[Figure]) -> list[Figure]:
    here, there = _by_cell(mine), _by_cell(others)
    totals = {cell: numbers for cell, numbers in there.items() if not _is_split(cell[1])}
    moved = {cell[0] for cell, numbers in totals.items() if here.get(cell) != numbers}
    parts = {c: n for c, n in there.items() if c not in totals and c[0] not in moved}
    if all(here.get(cell) == numbers for cell, numbers in parts.items()):
        return []
    return [f for f in others if f.place.division and f.code not in moved]


def _by_cell(figures: Iterable[Figure]) -> dict[tuple[str, Place], Numbers]:
    return {(f.code, replace(f.place, division=0)): (f.numerator, f.denominator) for f in figures}


def _is_split(place: Place) -> bool:
    return bool(place.segment or place.category)


def _figures(one: FigureSet, division: int) -> Iterator[Figure]:
    said = said_to_councils(one.scheme)
    values = IndicatorValue.objects.filter(figure_set=one, provider="", value__isnull=False)
    for value in values.order_by("code", "municipality", "segment", "category"):
        if value.code in said[_place(value, 0).kind]:
            yield _figure(value, one.period, division)


def _place(value: IndicatorValue, division: int) -> Place:
    split = value.segment or value.category
    return Place(value.municipality, value.segment, value.category, division if split else 0)


def _figure(value: IndicatorValue, half: HalfYear, division: int) -> Figure:
    return Figure(
        pk=value.pk,
        half=half,
        code=value.code,
        place=_place(value, division),
        numerator=value.numerator,
        denominator=value.denominator,
        cases=value.cases,
        parties=value.parties,
    )
