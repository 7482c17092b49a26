"""The indicators of a case with the provider's own figures beside their targets."""

from dataclasses import dataclass

from core import clock
from core.charts import SHARE, Unit
from core.formats import days
from core.periods import HalfYear
from segments.models import IndicatorDefinition

from ..indicators import find
from ..indicators.definition import DAYS
from ..models import Case, CaseIndicator, FigureSet, IndicatorValue
from .wanted import InForce, in_force

HALVES = 6
PAIR = ("figure_set__half_year", "value")
PLAIN = Unit("")


@dataclass(frozen=True)
class Followed:
    """`figures` are (half-year, value), oldest first; `reached` None without a later figure.

    `agreed` says what the agreed set in force names as target, or that it names none.
    """

    row: CaseIndicator
    name: str
    unit: Unit
    figures: tuple[tuple[str, float], ...]
    agreed: str = ""

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
        if value is None:
            return "–"
        return days(value) if self.unit is DAYS else self.unit.show(value)

    @property
    def by_when(self) -> str:
        return HalfYear.parse(self.row.by_half_year).title

    @property
    def shown(self) -> dict[str, str]:
        return {
            "start": self.show(self.row.start_value),
            "target": self.show(self.row.target),
            "newest": self.show(self.newest),
        }


def followed(case: Case) -> list[Followed]:
    rows = list(case.indicators.all())
    held = agreed_for(case) if rows else None
    return [_followed(case, row, held) for row in rows]


def _followed(case: Case, row: CaseIndicator, held: InForce | None) -> Followed:
    name, unit = name_and_unit(case, row.code)
    figures = tuple(figures_of(case, row.code))
    return Followed(row, name, unit, figures, agreed_words(held, row.code))


def agreed_for(case: Case) -> InForce | None:
    """The set in force with this provider, now or when the case was closed; None without a
    segment, of which sets are agreed."""
    if case.segment is None:
        return None
    return in_force(case.segment, case.closed_on or clock.today(), case.provider)


def agreed_words(held: InForce | None, code: str) -> str:
    """What was agreed of an indicator, with whom; or that nothing was."""
    if held is None:
        return "De zaak gaat niet over één segment: er is geen afgesproken streefwaarde."
    wanted = held.by_code.get(code)
    if wanted is None or not wanted.text or held.version is None:
        return "Voor dit cijfer is geen streefwaarde afgesproken."
    start = f", nulmeting {wanted.baseline}" if wanted.baseline else ""
    return f"Afgesproken met {held.version.agreed_set.party}: {wanted.text}{start}."


def agreed_in_words(case: Case) -> str:
    """All that was agreed for the case's segment, or that nothing was."""
    held = agreed_for(case)
    if held is None or held.version is None:
        return agreed_words(held, "") if held is None else held.told
    named = (f"{w.row.indicator}: {w.text}" for w in held.by_code.values() if w.text)
    return f"{held.told} {'; '.join(named)}."


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
    return own.name, SHARE if own.is_share else Unit(own.unit)


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
