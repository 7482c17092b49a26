"""The verb that computes a set of figures and freezes it."""

from datetime import date
from typing import Any

from django.db import connection, transaction

from core.periods import HalfYear
from regions.models import Region
from segments.models import SegmentScheme

from ..indicators import INDICATORS
from ..models import FigureSet
from .compute import fill_figures
from .scope import Scope, code_version, scope_of

# Wilson score interval of 95 %, the same as `statistics.wilson`: for the shares of the registry and
# for what a region added itself and providers deliver with a denominator.
STORE = """
INSERT INTO monitoring_indicatorvalue (
    figure_set_id, code, municipality, segment, category, provider,
    numerator, denominator, value, low, high, cases, parties
)
SELECT %(figure_set_id)s, code, municipality, segment, category, provider,
    numerator, denominator, value,
    CASE WHEN wilson THEN least(value, greatest(0, (centre - spread) / whole)) ELSE low END,
    CASE WHEN wilson THEN greatest(value, least(1, (centre + spread) / whole)) ELSE high END,
    cases, parties
FROM figure
CROSS JOIN LATERAL (
    SELECT denominator > 0 AND (
            code = ANY (%(shares)s) OR code <> ALL (%(known)s) AND code NOT LIKE 'unit_price:%%'
        ) AS wilson,
        nullif(denominator, 0)::double precision AS n
) AS share
CROSS JOIN LATERAL (
    SELECT value + 3.8414588206941254 / (2 * n) AS centre,
        1.959963984540054 * sqrt(
            greatest(value * (1 - value), 0) / n + 3.8414588206941254 / (4 * n * n)
        ) AS spread,
        1 + 3.8414588206941254 / n AS whole
) AS score
ORDER BY code, municipality, segment, category, provider
"""

CHECKSUM = """
SELECT encode(sha256(convert_to(coalesce(string_agg(
    concat_ws('|', code, municipality, segment, category, provider,
        coalesce(trim_scale(numerator)::text, '-'), coalesce(trim_scale(denominator)::text, '-'),
        coalesce(value::text, '-'), coalesce(low::text, '-'), coalesce(high::text, '-')),
    E'\\n' ORDER BY code, municipality, segment, category, provider
), ''), 'UTF8')), 'hex')
FROM figure
"""


def compute_figures(
    *,
    region: Region,
    half_year: HalfYear,
    scheme: SegmentScheme | None = None,
    scheme_on: date | None = None,
    known_on: date | None = None,
    cutoff_run: int | None = None,
) -> FigureSet:
    """Compute every indicator in every cell of a half-year and store the set.

    What is left open is the scheme in force on the last day (or the coming one), the last
    Dagtekening seen and the last intake run. The same inputs give the same set: when it is there
    already, that one is returned and nothing is written.
    """
    scope = scope_of(
        region=region,
        half_year=half_year,
        scheme=scheme,
        scheme_on=scheme_on,
        known_on=known_on,
        cutoff_run=cutoff_run,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        fill_figures(cursor, scope)
        return _store(cursor, scope)


def compute_with_comparisons(
    *,
    region: Region,
    half_year: HalfYear,
    scheme: SegmentScheme | None = None,
    known_on: date | None = None,
    cutoff_run: int | None = None,
) -> tuple[FigureSet, FigureSet, FigureSet]:
    """A half-year, the one before and that of a year ago, all with the scheme of the first."""
    scope = scope_of(
        region=region,
        half_year=half_year,
        scheme=scheme,
        known_on=known_on,
        cutoff_run=cutoff_run,
    )
    now, before, year_ago = (
        compute_figures(
            region=region,
            half_year=half_year.shift(-step),
            scheme=scope.scheme,
            scheme_on=scope.scheme_on,
            known_on=scope.seen.known_on,
            cutoff_run=scope.seen.cutoff_run,
        )
        for step in (0, 1, 2)
    )
    return now, before, year_ago


def _store(cursor: Any, scope: Scope) -> FigureSet:
    cursor.execute(CHECKSUM)
    figure_set, is_new = FigureSet.objects.get_or_create(
        region=scope.region,
        half_year=scope.half_year.label,
        scheme=scope.scheme,
        scheme_on=scope.scheme_on,
        known_on=scope.seen.known_on,
        cutoff_run=scope.seen.cutoff_run,
        code_version=code_version(),
        checksum=cursor.fetchone()[0],
        defaults={"is_own_scheme": scope.is_own_scheme},
    )
    if is_new:
        shares = [i.code for i in INDICATORS if i.has_interval]
        known = [i.code for i in INDICATORS]
        cursor.execute(STORE, {"figure_set_id": figure_set.pk, "shares": shares, "known": known})
    return figure_set
