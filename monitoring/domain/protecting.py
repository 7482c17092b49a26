"""The verb that works out, once, what councils may see of sets of figures, and keeps the answer."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from django.db import connection, transaction

from core.periods import HalfYear
from core.suppression import Thresholds
from regions.models import Region
from segments.models import SegmentScheme

from ..models import FigureSet, IndicatorValue, SuppressionResult
from .council import Said, council_says
from .publication import hidden_figures
from .quantities import Figure, Place

# Changes when the same figures could be protected in another way.
RULES = "2"
SameFigure = tuple[str, int | None, Place, Decimal | None, Decimal | None]


def protect_for_councils(sets: Sequence[FigureSet]) -> SuppressionResult:
    """Protect the figures of one region for councils, all half-years of `sets` side by side.

    One set per half-year. The answer to the same question is kept and given again. What was
    hidden before stays hidden while its numbers are the same. Effects: one SuppressionResult.
    """
    region = sets[-1].region
    said = {one.pk: said_to_councils(one.scheme) for one in sets}
    key = _key(sets, region, said)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        known = SuppressionResult.objects.filter(key=key).first()
        return known or _protect(sets, region, key)


def thresholds_of(region: Region) -> Thresholds:
    return Thresholds(cases=region.min_cases, providers=region.min_providers)


def said_to_councils(scheme: SegmentScheme) -> Said:
    """Per kind of cell the codes that councils get, with those that the goals of a scheme name."""
    goals = scheme.segments.values_list("goals__indicators__indicator__code", flat=True)
    return council_says(goals={code for code in goals if code})


def figures_of(sets: Iterable[FigureSet]) -> list[Figure]:
    """The values that councils could get, in a fixed order."""
    return [figure for one in sets for figure in _figures(one, said_to_councils(one.scheme))]


def own_of_providers(sets: Iterable[FigureSet]) -> dict[str, list[Figure]]:
    """Per provider its own values of what councils could get, in the cells of the region and its
    segments."""
    own: dict[str, list[Figure]] = {}
    for one in sets:
        said = said_to_councils(one.scheme)
        values = IndicatorValue.objects.filter(figure_set=one, value__isnull=False)
        for value in values.exclude(provider="").iterator():
            if value.code in said[_place(value).kind]:
                own.setdefault(value.provider, []).append(_figure(value, one.period))
    return own


def _figures(one: FigureSet, said: Said) -> Iterator[Figure]:
    values = IndicatorValue.objects.filter(figure_set=one, provider="", value__isnull=False)
    for value in values.order_by("code", "municipality", "segment", "category"):
        if value.code in said[_place(value).kind]:
            yield _figure(value, one.period)


def _place(value: IndicatorValue) -> Place:
    return Place(value.municipality, value.segment, value.category)


def _figure(value: IndicatorValue, half: HalfYear) -> Figure:
    return Figure(
        pk=value.pk,
        half=half,
        code=value.code,
        place=_place(value),
        numerator=value.numerator,
        denominator=value.denominator,
        cases=value.cases,
        parties=value.parties,
    )


def _protect(sets: Sequence[FigureSet], region: Region, key: str) -> SuppressionResult:
    figures = figures_of(sets)
    hidden = hidden_figures(
        figures,
        thresholds=thresholds_of(region),
        own=own_of_providers(sets),
        out=_shown_before(sets),
    )
    schemes = {HalfYear.parse(one.half_year): one.scheme_id for one in sets}
    before = _hidden_before(region)
    result = SuppressionResult.objects.create(
        region=region,
        min_cases=region.min_cases,
        min_providers=region.min_providers,
        key=key,
        shown=sorted(
            figure.pk
            for figure in figures
            if figure.pk not in hidden and _same(figure, schemes[figure.half]) not in before
        ),
    )
    result.figure_sets.set(sets)
    return result


def _hidden_before(region: Region) -> frozenset[SameFigure]:
    """What the last answers, one per scheme, hid: to be known again by its numbers."""
    answers = SuppressionResult.objects.filter(region=region)
    last = answers.order_by("figure_sets__scheme_id", "-created_at", "-pk").distinct(
        "figure_sets__scheme_id"
    )
    hidden: set[SameFigure] = set()
    for answer in last:
        shown = set(answer.shown)
        for one in answer.figure_sets.select_related("scheme"):
            figures = (figure for figure in figures_of([one]) if figure.pk not in shown)
            hidden.update(_same(figure, one.scheme_id) for figure in figures)
    return frozenset(hidden)


def _shown_before(sets: Sequence[FigureSet]) -> frozenset[int]:
    """Values of `sets` that any earlier answer of the region showed with the same numbers."""
    with connection.cursor() as cursor:
        cursor.execute(SHOWN_BEFORE, [[one.pk for one in sets], sets[-1].region_id])
        return frozenset(pk for (pk,) in cursor.fetchall())


# The same half-year, scheme, figure, cell and numbers.
SHOWN_BEFORE = """
    SELECT now.id
    FROM monitoring_indicatorvalue AS now
    JOIN monitoring_figureset AS here ON here.id = now.figure_set_id
    JOIN monitoring_figureset AS there
        USING (region_id, half_year, scheme_id)
    JOIN monitoring_indicatorvalue AS before
        ON before.figure_set_id = there.id
        AND before.code = now.code
        AND before.municipality = now.municipality
        AND before.segment = now.segment
        AND before.category = now.category
        AND before.provider = now.provider
        AND before.numerator IS NOT DISTINCT FROM now.numerator
        AND before.denominator IS NOT DISTINCT FROM now.denominator
    WHERE now.figure_set_id = ANY(%s)
        AND now.provider = ''
        AND before.id IN (
            SELECT unnest(shown)
            FROM monitoring_suppressionresult
            WHERE region_id = %s
        )
    GROUP BY now.id
"""


def _same(figure: Figure, scheme_id: int) -> SameFigure:
    """The figure by its numbers; segments and categories mean something in their scheme only."""
    place = figure.place
    scheme = scheme_id if place.segment or place.category else None
    name = f"{figure.half.label} {figure.code}"
    return (name, scheme, place, figure.numerator, figure.denominator)


def _key(sets: Sequence[FigureSet], region: Region, said: Mapping[int, Said]) -> str:
    marks = sorted(f"{one.pk}:{one.checksum}:{_codes(said[one.pk])}" for one in sets)
    parts = [RULES, str(region.min_cases), str(region.min_providers), *marks]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _codes(said: Said) -> str:
    return ",".join(sorted(f"{cell.name}:{code}" for cell, codes in said.items() for code in codes))
