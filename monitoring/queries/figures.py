"""Sets of figures, their values, and what they stand beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.periods import HalfYear
from regions.models import Region
from regions.queries.access import access_of
from segments.models import SegmentScheme, Target

from ..models import FigureSet, IndicatorValue

# Six years: a slow course shows late, in eight half-years half as often as in twelve.
LONGEST_HISTORY = 12


def sets_visible_to(user: Any) -> QuerySet[FigureSet]:
    """Sets of the user's regions; what of them is shown is `published.visible_values`."""
    return FigureSet.objects.filter(region__in=access_of(user).region_ids)


def half_years_of(region: Region) -> list[HalfYear]:
    """Half-years of which there are figures, the newest first."""
    labels = FigureSet.objects.filter(region=region).values_list("half_year", flat=True).distinct()
    return sorted((HalfYear.parse(label) for label in labels), reverse=True)


def newest_set(
    region: Region, half_year: HalfYear, *, scheme: SegmentScheme | None = None
) -> FigureSet | None:
    """The set that was computed last: in the half-year's own scheme, or in the one named."""
    sets = FigureSet.objects.filter(region=region, half_year=half_year.label)
    sets = sets.filter(scheme=scheme) if scheme else sets.filter(is_own_scheme=True)
    return sets.select_related("scheme", "region").order_by("-created_at", "-pk").first()


def history_of(figure_set: FigureSet, halves: int = LONGEST_HISTORY) -> list[FigureSet]:
    """The set and those of earlier half-years that may stand beside it, oldest first.

    Same scheme, same day of the scheme and same definitions; of each half-year the set with the
    same known on and cut-off, else the one that was computed last.
    """
    wanted = [figure_set.period.shift(-step).label for step in range(halves)]
    sets = FigureSet.objects.filter(
        region=figure_set.region,
        half_year__in=wanted,
        scheme=figure_set.scheme,
        scheme_on=figure_set.scheme_on,
        code_version=figure_set.code_version,
        created_at__lte=figure_set.created_at,
    ) | FigureSet.objects.filter(
        region=figure_set.region,
        half_year__in=wanted,
        scheme=figure_set.scheme,
        scheme_on=figure_set.scheme_on,
        code_version=figure_set.code_version,
        known_on=figure_set.known_on,
        cutoff_run=figure_set.cutoff_run,
    )
    best: dict[str, FigureSet] = {}
    for one in sorted(sets.distinct(), key=lambda s: _nearness(s, figure_set)):
        one.region, one.scheme = figure_set.region, figure_set.scheme
        best[one.half_year] = one
    best[figure_set.half_year] = figure_set
    return [best[label] for label in sorted(best)]


def _nearness(one: FigureSet, beside: FigureSet) -> tuple[Any, ...]:
    same = (one.known_on, one.cutoff_run) == (beside.known_on, beside.cutoff_run)
    return same, one.created_at, one.pk


@dataclass(frozen=True)
class Figures:
    """A half-year beside the one before it and that of a year ago; None where not computed."""

    now: FigureSet
    before: FigureSet | None
    year_ago: FigureSet | None
    history: tuple[FigureSet, ...]

    @property
    def year_label(self) -> str:
        """The half-year of a year ago."""
        return self.now.period.shift(-2).label


def figures_for(
    region: Region, half_year: HalfYear, *, scheme: SegmentScheme | None = None
) -> Figures | None:
    """The newest figures of a half-year with what they stand beside; None when there are none."""
    now = newest_set(region, half_year, scheme=scheme)
    if now is None:
        return None
    history = history_of(now)
    by_label = {one.half_year: one for one in history}
    return Figures(
        now,
        by_label.get(half_year.previous().label),
        by_label.get(half_year.shift(-2).label),
        tuple(history),
    )


def value(
    figure_set: FigureSet,
    code: str,
    *,
    municipality: str = "",
    segment: str = "",
    category: str = "",
    provider: str = "",
) -> IndicatorValue | None:
    """One figure, unsuppressed; None where there is no value."""
    return IndicatorValue.objects.filter(
        figure_set=figure_set,
        code=code,
        municipality=municipality,
        segment=segment,
        category=category,
        provider=provider,
    ).first()


def targets_of(
    scheme: SegmentScheme, *, segment: str = "", category: str = ""
) -> dict[str, Target]:
    """Per indicator the target of a cell, the nearest year first.

    A segment's cell takes the target of the segment, the whole region that of the region; a
    target of the whole is none of a part.
    """
    rows = Target.objects.filter(scheme=scheme, category=category).select_related("indicator")
    rows = rows.filter(segment__code=segment) if segment else rows.filter(segment__isnull=True)
    found: dict[str, Target] = {}
    for target in rows.order_by("target_year"):
        found.setdefault(target.indicator.code, target)
    return found


def providers_in(figure_set: FigureSet) -> Sequence[str]:
    """AGB codes with a figure in the set."""
    rows = IndicatorValue.objects.filter(figure_set=figure_set, segment="").exclude(provider="")
    return list(rows.values_list("provider", flat=True).distinct().order_by("provider"))


def codes_with_prefix(figure_set: FigureSet, prefix: str) -> Sequence[str]:
    """Codes of a set that begin like this, such as the prices of all products."""
    rows = IndicatorValue.objects.filter(figure_set=figure_set, code__startswith=prefix)
    return list(rows.values_list("code", flat=True).distinct().order_by("code"))
