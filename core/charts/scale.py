"""From values to pixels, and the round numbers beside an axis."""

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

TINY = 1e-9
STEPS = (1, 2, 2.5, 5, 10)


def nice_step(span: float, count: int, *, whole: bool = False) -> float:
    """The smallest of 1, 2, 2.5 or 5 times a power of ten that gives at most `count` steps."""
    rough = span / max(count, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(s * power for s in STEPS if s * power >= rough * (1 - 1e-9))
    return max(1.0, float(ceil(step))) if whole and step < 1 else step


def nice_ticks(low: float, high: float, count: int = 5, *, whole: bool = False) -> list[float]:
    """Round values from at or below `low` to at or above `high`, about `count` steps apart.

    `whole` keeps steps to whole numbers (counts of people). Equal or non-finite ends give a
    range of their own instead of an error.
    """
    if not (isfinite(low) and isfinite(high)):
        low, high = 0.0, 1.0
    low, high = min(low, high), max(low, high)
    if high - low < max(abs(low), abs(high), TINY) * 1e-9:
        low, high = min(low, 0.0), max(high, 0.0)
        if high - low < TINY:
            low, high = 0.0, 1.0
    step = nice_step(high - low, count, whole=whole)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


@dataclass(frozen=True)
class Scale:
    """A straight line from [low, high] to [start, end] in pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return self.start
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def clamp(self, value: float) -> float:
        """The pixel of the value, or of the nearest end when it lies outside."""
        return self(min(max(value, self.low), self.high))
