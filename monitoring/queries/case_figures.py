"""The indicators of a case with the provider's own figures beside their targets."""

from dataclasses import dataclass

from core.charts import SHARE, Unit
from segments.models import IndicatorDefinition

from ..indicators import find
from ..models import Case, CaseIndicator, FigureSet, IndicatorValue

HALVES = 6
PAIR = ("figure_set__half_year", "value")
PLAIN = Unit("")


@dataclass(frozen=True)
class Followed:
    """`figures` are (half-year, value), oldest first; `reached` None without a later figure."""

    row: CaseIndicator
    name: str
    unit: Unit
    figures: tuple[tuple[str, float], ...]

    @property
    def newest(self) -> float | None:
        return self.figures[-1][1] if self.figures else None

    @property
    def since_start(self) -> tuple[tuple[str, float], ...]:
        return tuple(f for f in self.figures if f[0] > self.row.start_half_year)

    @property
    def reached(self) -> bool | None:
        later = self.since_start
        if not later:
            return None
        value, target = later[-1][1], self.row.target
        return value >= target if self.row.more_is_better else value <= target

    @property
    def better(self) -> bool | None:
        """Whether it moved the right way since the case began."""
        later, start = self.since_start, self.row.start_value
        if not later or start is None or later[-1][1] == start:
            return None
        return (later[-1][1] > start) == self.row.more_is_better

    def show(self, value: float | None) -> str:
        return "–" if value is None else self.unit.show(value)

    @property
    def shown(self) -> dict[str, str]:
        return {
            "start": self.show(self.row.start_value),
            "target": self.show(self.row.target),
            "newest": self.show(self.newest),
        }


def followed(case: Case) -> list[Followed]:
    rows = list(case.indicators.all())
    return [_followed(case, row) for row in rows]


def _followed(case: Case, row: CaseIndicator) -> Followed:
    name, unit = name_and_unit(case, row.code)
    return Followed(row, name, unit, tuple(figures_of(case, row.code)))


def name_and_unit(case: Case, code: str) -> tuple[str, Unit]:
    computed = find(code)
    if computed is not None:
        return computed.name, computed.unit
    own = (
        IndicatorDefinition.objects.filter(region=case.region, code=code)
        .order_by("-version")
        .first()
    )
    if own is None:
        return code, PLAIN
    return own.name, SHARE if own.unit == "aandeel" else Unit(own.unit)


def figures_of(case: Case, code: str) -> list[tuple[str, float]]:
    """The provider's values of the last half-years, each of the newest set, oldest first."""
    values = IndicatorValue.objects.filter(
        figure_set__region=case.region, figure_set__is_own_scheme=True, code=code,
        provider=case.provider.agb_code, municipality="", category="",
        segment=case.segment.code if case.segment else "", value__isnull=False,
    ).order_by("figure_set__half_year", "figure_set__created_at")  # fmt: skip
    newest = {half: value or 0.0 for half, value in values.values_list(*PAIR)}
    return sorted(newest.items())[-HALVES:]


def followable(case: Case) -> list[tuple[str, str]]:
    """Codes and names of which this provider has figures."""
    newest = (
        FigureSet.objects.filter(region=case.region, is_own_scheme=True)
        .order_by("-half_year", "-created_at")
        .first()
    )
    if newest is None:
        return []
    codes = IndicatorValue.objects.filter(
        figure_set=newest, provider=case.provider.agb_code, municipality="", category="",
        segment=case.segment.code if case.segment else "", value__isnull=False,
    ).exclude(code__contains=":").values_list("code", flat=True)  # fmt: skip
    return sorted(((code, name_and_unit(case, code)[0]) for code in set(codes)), key=lambda p: p[1])
