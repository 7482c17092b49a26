"""What may be said of a figure beside an earlier one. Plain values in, words out."""

from dataclasses import dataclass

from core.charts import DAYS
from core.formats import days, percent
from core.suppression import Hidden, Mark

from ..enums import Kind, Polarity
from ..indicators import Indicator
from .statistics import Party, difference


@dataclass(frozen=True)
class Reading:
    """A figure as a user may see it: numbers, None where there is no value, or the mark."""

    value: float | Hidden | None = None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_hidden(self) -> bool:
        return isinstance(self.value, Mark)

    @property
    def known(self) -> float | None:
        return None if isinstance(self.value, Mark) else self.value


NOTHING = Reading()


@dataclass(frozen=True)
class Change:
    """How a figure stands beside an earlier one; `tone` is one of core.ui's tones."""

    words: str
    tone: str = "neutral"


def change(indicator: Indicator, now: Reading, before: Reading) -> Change | None:
    """Higher or lower only where the figures bear it: shares by the interval of the difference.

    None where one of the two is missing or may not be shown.
    """
    if now.known is None or before.known is None:
        return None
    gap = now.known - before.known
    if indicator.kind is Kind.SHARE:
        interval = difference(_party(now), _party(before))
        if interval is None or interval.low <= 0 <= interval.high:
            return Change("geen duidelijk verschil")
    if gap == 0:
        return Change("gelijk")
    return Change(_words(indicator, gap, before.known), _tone(indicator, gap))


def _party(reading: Reading) -> Party:
    return Party("", reading.numerator or 0, reading.denominator or 0)


def _words(indicator: Indicator, gap: float, before: float) -> str:
    direction = "hoger" if gap > 0 else "lager"
    if indicator.unit.suffix == "%":
        points = indicator.unit.show(abs(gap)).removesuffix("%")
        return f"{points} procentpunt {direction}"
    if indicator.kind in (Kind.PERCENTILE, Kind.MEAN, Kind.RATE, Kind.INDEX) or before <= 0:
        shown = days(abs(gap)) if indicator.unit is DAYS else indicator.unit.show(abs(gap))
        return f"{shown} {direction}"
    return f"{percent(abs(gap) / before)} {direction}"


def _tone(indicator: Indicator, gap: float) -> str:
    """Good or bad only for what has a direction and whose uncertainty was looked at."""
    if indicator.kind is not Kind.SHARE or indicator.polarity is Polarity.NEITHER:
        return "neutral"
    return "good" if (gap > 0) == (indicator.polarity is Polarity.MORE) else "attention"
