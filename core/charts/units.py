"""What a figure counts, and how it reads: on an axis, in a label and in the table beside it."""

from dataclasses import dataclass
from decimal import Decimal

from core.formats import NO_VALUE, number
from core.suppression import HIDDEN, Hidden

Value = float | int | Decimal | Hidden | None


@dataclass(frozen=True)
class Unit:
    """`name` stands at the axis; a value is divided by `factor` and shown with `decimals`."""

    name: str
    decimals: int = 0
    factor: float = 1
    prefix: str = ""
    suffix: str = ""
    whole: bool = False

    @property
    def scaled(self) -> bool:
        """Whether figures stand for thousands or millions, which a reader must be told."""
        return self.factor > 1

    def show(self, value: Value) -> str:
        """'1.234', '12,3%', '€ 4,1', a dash for no value, or 'afgeschermd'."""
        if value is HIDDEN:
            return str(HIDDEN)
        return NO_VALUE if value is None else self._write(float(value), self.decimals)

    def tick(self, value: float, step: float) -> str:
        """As `show`, with as many decimals as the step between ticks asks for."""
        decimals = 0
        scaled = abs(step / self.factor)
        while decimals < 4 and abs(scaled * 10**decimals - round(scaled * 10**decimals)) > 1e-6:
            decimals += 1
        return self._write(value, decimals)

    def _write(self, value: float, decimals: int) -> str:
        sign = "−" if value < 0 and round(value / self.factor, decimals) != 0 else ""
        return f"{sign}{self.prefix}{number(abs(value) / self.factor, decimals)}{self.suffix}"


COUNT = Unit("aantal", whole=True)
SHARE = Unit("aandeel", decimals=1, factor=0.01, suffix="%")
DAYS = Unit("dagen")
EUROS = Unit("euro", prefix="€ ")
THOUSANDS = Unit("duizend euro", factor=1_000, prefix="€ ")
MILLIONS = Unit("miljoen euro", decimals=1, factor=1_000_000, prefix="€ ")


def known(value: Value) -> float | None:
    """The number, or None where it is missing or may not be shown."""
    return None if value is None or value is HIDDEN else float(value)


def is_hidden(value: Value) -> bool:
    return value is HIDDEN
