"""Providers beside each other: a funnel around the segment's value, never a ranking."""

import math
from dataclasses import dataclass

from core.charts import FAR, NEAR, WITHIN, FunnelChart, FunnelLimit, FunnelPoint
from providers.models import Provider

from ..domain.statistics import Z95, Z998, Funnel, Party, Placed, funnel
from ..enums import Kind
from ..indicators import Indicator
from ..models import FigureSet, IndicatorValue

STEPS = 40


@dataclass(frozen=True)
class Compared:
    """A provider in the table beside the funnel, which is in the order of names."""

    name: str
    agb_code: str
    numerator: float
    denominator: float
    share: float
    place: str


@dataclass(frozen=True)
class Comparison:
    """Providers of one segment: the chart, and a row each."""

    chart: FunnelChart
    rows: tuple[Compared, ...]
    dispersion: float

    @property
    def stretch(self) -> float:
        """How much wider the limits are than chance alone makes them."""
        return math.sqrt(self.dispersion)


def comparable(indicator: Indicator) -> bool:
    """A funnel compares shares of cases."""
    return indicator.kind is Kind.SHARE


def compare_providers(
    figure_set: FigureSet, indicator: Indicator, segment: str, title: str
) -> Comparison | None:
    """None where fewer than two providers have cases. Unsuppressed: for staff only."""
    rows = IndicatorValue.objects.filter(
        figure_set=figure_set,
        code=indicator.code,
        segment=segment,
        municipality="",
        category="",
        denominator__gt=0,
    ).exclude(provider="")
    parties = [Party(r.provider, float(r.numerator or 0), float(r.denominator or 0)) for r in rows]
    found = funnel(parties)
    if found is None:
        return None
    names = dict(Provider.objects.filter(region=figure_set.region).values_list("agb_code", "name"))
    shown = tuple(
        sorted((_compared(p, names) for p in found.placed), key=lambda row: row.name.lower())
    )
    return Comparison(_chart(found, shown, indicator, title), shown, found.dispersion)


def _compared(placed: Placed, names: dict[str, str]) -> Compared:
    party = placed.party
    place = FAR if placed.beyond_998 else NEAR if placed.beyond_95 else WITHIN
    name = names.get(party.key, f"AGB {party.key}")
    return Compared(name, party.key, party.numerator, party.denominator, party.share, place)


def _chart(
    found: Funnel, rows: tuple[Compared, ...], indicator: Indicator, title: str
) -> FunnelChart:
    return FunnelChart(
        title=title,
        points=tuple(FunnelPoint(r.name, r.denominator, r.share, r.place) for r in rows),
        limits=tuple(_limits(found, max(r.denominator for r in rows))),
        centre=found.centre,
        centre_label="segment",
        unit=indicator.unit,
    )


def _limits(found: Funnel, widest: float) -> list[FunnelLimit]:
    """From small to wide in even steps on a root scale, where the limits bend most."""
    cases = sorted({max(1.0, round(widest * (step / STEPS) ** 2)) for step in range(1, STEPS + 1)})
    if len(cases) < 2:
        cases = [1.0, 2.0]
    return [_limit(found, n) for n in cases]


def _limit(found: Funnel, cases: float) -> FunnelLimit:
    near, far = found.limits(cases, Z95), found.limits(cases, Z998)
    return FunnelLimit(cases, near.low, near.high, far.low, far.high)


def share_of_largest(figures: FigureSet, segment: str, of: str, number: int) -> float | None:
    """The part of the `number` largest in a segment's clients or spend; a client counts at each."""
    rows = IndicatorValue.objects.filter(
        figure_set=figures, code=of, segment=segment, municipality="", category=""
    ).exclude(provider="")
    parts = sorted((row.value or 0.0 for row in rows), reverse=True)
    return sum(parts[:number]) / total if (total := sum(parts)) else None
