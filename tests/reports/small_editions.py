"""The small made-up region as stored figures, so that its editions can be made and attacked."""

import random
from collections.abc import Iterable
from datetime import date

from core.periods import HalfYear
from monitoring.domain.quantities import Figure
from monitoring.domain.statistics import wilson
from monitoring.models import FigureSet, IndicatorValue
from monitoring.queries.published import hidden_for_councils
from regions.models import Region
from reports.domain.freezing import Frozen
from segments.models import SegmentGoal, SegmentScheme
from tests.factories import (
    IndicatorDefinitionFactory,
    MunicipalityFactory,
    ProviderFactory,
    RegionFactory,
    RegionMembershipFactory,
    SegmentFactory,
    SegmentGoalFactory,
    SegmentSchemeFactory,
)
from tests.monitoring.publication.small_region import (
    MUNICIPALITIES,
    SEGMENTS,
    Care,
    figures_of,
    random_care,
)

OF_GOALS = ("dropout_rate", "wait_within_norm", "repeat_care_rate")
PROVIDERS = tuple(f"2200000{n}" for n in range(8))


def a_scheme(region: Region, code: str = "een", since: int = 2020, until: int = 2030):
    """Three segments, each with a goal that three shares follow."""
    scheme = SegmentSchemeFactory(
        region=region, code=code, valid_from=date(since, 1, 1), valid_to=date(until, 1, 1)
    )
    for segment in SEGMENTS:
        goal = SegmentGoalFactory(segment=SegmentFactory(scheme=scheme, code=segment), number="1")
        _follow(goal)
    return scheme


def _follow(goal: SegmentGoal) -> None:
    region = goal.segment.scheme.region
    known = {d.code: d for d in region.indicators.all()}
    for order, code in enumerate(OF_GOALS):
        indicator = known.get(code) or IndicatorDefinitionFactory(region=region, code=code)
        goal.indicators.create(indicator=indicator, order=order)


def small_region() -> Region:
    region = RegionFactory()
    for code in MUNICIPALITIES:
        RegionMembershipFactory(region=region, municipality=MunicipalityFactory(gm_code=code))
    for agb in PROVIDERS:
        ProviderFactory(region=region, agb_code=agb)
    return region


def store(scheme: SegmentScheme, care: list[Care], half: HalfYear, mark: str = "een") -> FigureSet:
    """What the region and each of its providers did in a half-year, as a set of figures."""
    one = FigureSet.objects.create(
        region=scheme.region, half_year=half.label, scheme=scheme, scheme_on=scheme.valid_from,
        known_on=half.last_day, cutoff_run=1, code_version="1", checksum=f"{mark}-{half.label}",
    )  # fmt: skip
    own = {
        agb: [f for f in figures_of([c for c in care if c.provider == number])
              if not f.place.municipality]
        for number, agb in enumerate(PROVIDERS)
    }  # fmt: skip
    told = [("", f) for f in figures_of(care)]
    told += [(agb, f) for agb, figures in own.items() for f in figures]
    IndicatorValue.objects.bulk_create(
        _value(one, agb, figure) for agb, figure in told if figure.half == half
    )
    return one


def _value(one: FigureSet, provider: str, figure: Figure) -> IndicatorValue:
    place, (value, low, high) = figure.place, _numbers(figure)
    return IndicatorValue(
        figure_set=one, code=figure.code, provider=provider, municipality=place.municipality,
        segment=place.segment, category=place.category, numerator=figure.numerator,
        denominator=figure.denominator, value=value, low=low, high=high, cases=figure.cases,
        parties=figure.parties,
    )  # fmt: skip


def _numbers(figure: Figure) -> tuple[float, float | None, float | None]:
    if figure.numerator is None:
        chance = random.Random(f"{figure.half} {figure.place} {figure.code}")
        return float(chance.randrange(5, 90)), None, None
    if not figure.denominator or figure.code.startswith("outflow"):
        return float(figure.numerator), None, None
    between = wilson(float(figure.numerator), float(figure.denominator))
    share = float(figure.numerator / figure.denominator)
    return share, between and between.low, between and between.high


def frozen(scheme: SegmentScheme, sets: Iterable[FigureSet]) -> Frozen:
    """As `freeze` gives it, of figures that are there already."""
    together = tuple(sets)
    return Frozen(
        region=scheme.region, half=together[-1].period, scheme=scheme, sets=together,
        hidden=hidden_for_councils(together), projection=None,
    )  # fmt: skip


__all__ = ["MUNICIPALITIES", "PROVIDERS", "SEGMENTS", "a_scheme", "frozen", "random_care",
           "small_region", "store"]  # fmt: skip
