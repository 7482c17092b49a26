"""The one list of computed indicators, in the order in which they are shown."""

from functools import cache

from ..enums import Theme
from . import money, outcome, quality, transformation, volume, waiting
from .definition import Indicator

INDICATORS: tuple[Indicator, ...] = (
    *volume.INDICATORS,
    *waiting.INDICATORS,
    *outcome.INDICATORS,
    *transformation.INDICATORS,
    *money.INDICATORS,
    *quality.INDICATORS,
)
UNIT_PRICE = "unit_price:"


@cache
def by_code() -> dict[str, Indicator]:
    known = {indicator.code: indicator for indicator in INDICATORS}
    if len(known) != len(INDICATORS):
        raise ValueError("an indicator code occurs twice")
    return known


def find(code: str) -> Indicator | None:
    """The computed indicator of a code, variants included; None for what a region added itself."""
    if code.startswith(UNIT_PRICE) and code.count(":") == 2:
        _, product, unit = code.split(":")
        return money.unit_price(product, unit)
    return by_code().get(code)


def get(code: str) -> Indicator:
    """As `find`; KeyError for an unknown code."""
    indicator = find(code)
    if indicator is None:
        raise KeyError(code)
    return indicator


def of_theme(theme: Theme) -> tuple[Indicator, ...]:
    return tuple(indicator for indicator in INDICATORS if indicator.theme is theme)
