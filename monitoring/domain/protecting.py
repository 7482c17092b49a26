"""The verb that works out, once, what councils may see of sets of figures, and keeps the answer."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import connection, transaction

from core.periods import HalfYear
from core.suppression import Thresholds
from regions.models import Region

from ..models import FigureSet, SuppressionResult
from .council import Said
from .publication import Beside, hidden_figures
from .quantities import Figure, Place
from .stored_figures import figures_of, own_of_providers, said_to_councils, told_elsewhere

__all__ = ["figures_of", "own_of_providers", "protect_for_councils", "said_to_councils"]

# Changes when the same figures could be protected in another way.
RULES = "3"
LOCK = "monitoring.suppression {}"
SameFigure = tuple[str, int | None, Place, Decimal | None, Decimal | None]


def protect_for_councils(sets: Sequence[FigureSet]) -> SuppressionResult:
    """Protect the figures of one region for councils, all half-years of `sets` side by side.

    One set per half-year. The answer to the same question is kept and given again. What was
    hidden before stays hidden while its numbers are the same. Answers of one region wait for one
    another, for each builds on those before it. Effects: one SuppressionResult.
    """
    region = sets[-1].region
    said = {one.pk: said_to_councils(one.scheme) for one in sets}
    key = _key(sets, region, said)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK.format(region.pk)]
        )
        known = SuppressionResult.objects.filter(key=key).first()
        return known or _protect(sets, region, key)


def thresholds_of(region: Region) -> Thresholds:
    return Thresholds(cases=region.min_cases, providers=region.min_providers)


def _protect(sets: Sequence[FigureSet], region: Region, key: str) -> SuppressionResult:
    figures = figures_of(sets)
    others, own_of_others = told_elsewhere(sets)
    hidden = hidden_figures(
        figures,
        thresholds=thresholds_of(region),
        own=own_of_providers(sets),
        out=_shown_before(region, figures),
        beside=Beside(others, own_of_others, _shown_before(region, others)),
    )
    schemes = {HalfYear.parse(one.half_year): one.scheme_id for one in sets}
    before = _hidden_before(sets)
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


def _hidden_before(sets: Sequence[FigureSet]) -> frozenset[SameFigure]:
    """What the last answer about each of the half-years, in each scheme, hid: to be known again by
    its numbers."""
    region, halves = sets[-1].region_id, [one.half_year for one in sets]
    answers = SuppressionResult.objects.filter(region=region, figure_sets__half_year__in=halves)
    last = answers.values_list("pk", "figure_sets").order_by(
        "figure_sets__half_year", "figure_sets__scheme_id", "-created_at", "-pk"
    ).distinct("figure_sets__half_year", "figure_sets__scheme_id")  # fmt: skip
    hidden: set[SameFigure] = set()
    for answer_pk, set_pk in last:
        shown = set(SuppressionResult.objects.get(pk=answer_pk).shown)
        one = FigureSet.objects.select_related("scheme").get(pk=set_pk)
        figures = (figure for figure in figures_of([one]) if figure.pk not in shown)
        hidden.update(_same(figure, one.scheme_id) for figure in figures)
    return frozenset(hidden)


def _shown_before(region: Region, figures: Sequence[Figure]) -> frozenset[int]:
    """Those of which any earlier answer of the region showed the same numbers in the same cell."""
    with connection.cursor() as cursor:
        cursor.execute(SHOWN_BEFORE, {"pks": [f.pk for f in figures], "region": region.pk})
        return frozenset(pk for (pk,) in cursor.fetchall())


# The same half-year, figure, cell and numbers. A total is one number in every scheme. A segment or
# category is known again in its own scheme, and in another where it holds the same care: then none
# of its figures of the region differs.
SHOWN_BEFORE = """
    WITH wanted AS MATERIALIZED (
        SELECT id, figure_set_id FROM monitoring_indicatorvalue WHERE id = ANY(%(pks)s)
    ),
    pair AS (
        SELECT DISTINCT here.id AS here, there.id AS there,
            here.scheme_id = there.scheme_id AS same_scheme
        FROM monitoring_figureset AS here
        JOIN monitoring_figureset AS there USING (region_id, half_year)
        WHERE here.id IN (SELECT figure_set_id FROM wanted)
    ),
    same_care AS (
        SELECT pair.here, pair.there, now.segment, now.category
        FROM pair
        JOIN monitoring_indicatorvalue AS now ON now.figure_set_id = pair.here
        LEFT JOIN monitoring_indicatorvalue AS before
            ON before.figure_set_id = pair.there
            AND before.code = now.code
            AND before.segment = now.segment
            AND before.category = now.category
            AND before.municipality = ''
            AND before.provider = ''
        WHERE NOT pair.same_scheme
            AND now.municipality = ''
            AND now.provider = ''
            AND now.segment || now.category <> ''
        GROUP BY pair.here, pair.there, now.segment, now.category
        HAVING bool_and(
            before.numerator IS NOT DISTINCT FROM now.numerator
            AND before.denominator IS NOT DISTINCT FROM now.denominator
        )
    ),
    shown AS MATERIALIZED (
        SELECT DISTINCT unnest(shown) AS id
        FROM monitoring_suppressionresult
        WHERE region_id = %(region)s
    )
    SELECT DISTINCT now.id
    FROM shown
    JOIN monitoring_indicatorvalue AS before ON before.id = shown.id
    JOIN pair ON pair.there = before.figure_set_id
    JOIN monitoring_indicatorvalue AS now
        ON now.figure_set_id = pair.here
        AND now.code = before.code
        AND now.municipality = before.municipality
        AND now.segment = before.segment
        AND now.category = before.category
        AND now.provider = before.provider
        AND now.numerator IS NOT DISTINCT FROM before.numerator
        AND now.denominator IS NOT DISTINCT FROM before.denominator
    WHERE now.id IN (SELECT id FROM wanted)
        AND (
            pair.same_scheme
            OR now.segment || now.category = ''
            OR EXISTS (
                SELECT FROM same_care
                WHERE same_care.here = pair.here
                    AND same_care.there = pair.there
                    AND same_care.segment = now.segment
                    AND same_care.category = now.category
            )
        )
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
