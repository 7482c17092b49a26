"""The arithmetic of indexation, on plain values.

Contract standard art. 3.2: forecast of the year + (definitive - forecast) of the year before, for
the labour and the material share apart, weighed. Only the total is rounded, to two decimals; the
new tariff is rounded half up to the cent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.errors import DomainError
from core.formats import number

CENT = Decimal("0.01")
FORECAST, DEFINITIVE = "forecast", "definitive"
# Percentages by (series, year, stage).
Figures = Mapping[tuple[str, int, str], Decimal]


@dataclass(frozen=True)
class Share:
    """Part of a tariff that follows an index: 0.9 of it follows the OVA."""

    weight: Decimal
    series: str


@dataclass(frozen=True)
class Rise:
    """A percentage: exact, rounded to two decimals, and how it came about, in words."""

    exact: Decimal
    working: str

    @property
    def percentage(self) -> Decimal:
        return self.exact.quantize(CENT, rounding=ROUND_HALF_UP)


def flat_rise(percentage: Decimal, extra_points: Decimal = Decimal(0)) -> Rise:
    words = f"vast {_points(percentage)}%" + _extra(extra_points)
    return Rise(percentage + extra_points, words)


def weighted_rise(
    *,
    year: int,
    shares: tuple[Share, ...],
    figures: Figures,
    corrects: bool = True,
    extra_points: Decimal = Decimal(0),
) -> Rise:
    """The rise on 1 January of `year`. Missing figures refuse, by name."""
    forecast = _weighted(shares, figures, year, FORECAST)
    correction, words = Decimal(0), ""
    if corrects:
        now = _weighted(shares, figures, year - 1, DEFINITIVE)
        correction = now - _weighted(shares, figures, year - 1, FORECAST)
        words = f"; correctie {year - 1}: {_points(correction)}"
    total = forecast + correction + extra_points
    return Rise(total, f"raming {year}: {_points(forecast)}{words}{_extra(extra_points)}")


def _weighted(shares: tuple[Share, ...], figures: Figures, year: int, stage: str) -> Decimal:
    weighed = (s.weight * _figure(figures, s.series, year, stage) for s in shares if s.weight)
    return sum(weighed, Decimal(0))


def _figure(figures: Figures, series: str, year: int, stage: str) -> Decimal:
    found = figures.get((series, year, stage))
    if found is None:
        word = "voorcalculatie" if stage == FORECAST else "definitieve cijfer"
        raise DomainError(
            f"Het {word} van {series} over {year} ontbreekt. Leg het vast bij de indexcijfers.",
            code="indexcijfer-ontbreekt",
        )
    return found


def _points(value: Decimal) -> str:
    return number(value, 3)


def _extra(points: Decimal) -> str:
    return f"; extra: {_points(points)}" if points else ""


def indexed(amount: Decimal, percentage: Decimal) -> Decimal:
    """The new tariff, rounded half up to the cent."""
    return (amount * (1 + percentage / 100)).quantize(CENT, rounding=ROUND_HALF_UP)


def change_of(old: Decimal, new: Decimal) -> Decimal | None:
    """How much a tariff rose, in percent with two decimals; None from nothing."""
    if not old:
        return None
    return ((new - old) / old * 100).quantize(CENT, rounding=ROUND_HALF_UP)
