"""What a figure tells: the counts and amounts that anyone can read from it or work back to.

Figures of different indicators tell the same quantity (the denominator of a dropout rate is the
outflow), and then share one name here, so that a number hidden in one place is hidden in all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

from core.periods import HalfYear

from ..enums import Cell, Guard, Kind
from ..indicators import INDICATORS, Indicator
from ..indicators.registry import find

NUMERATOR, DENOMINATOR = "numerator", "denominator"
Side = tuple[str, str]


class Nature(Enum):
    """How a quantity adds up: cases and amounts do, youths may stand in several parts at once."""

    CASES = "cases"
    YOUTHS = "youths"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Place:
    """The cell of a figure without its provider; '' means all.

    `division` tells segments and categories of one scheme from those of another; 0 is the one that
    is being published.
    """

    municipality: str = ""
    segment: str = ""
    category: str = ""
    division: int = 0

    @property
    def kind(self) -> Cell:
        return Cell.of(
            municipality=self.municipality,
            segment=self.segment,
            category=self.category,
            provider="",
        )


REGION = Place()


@dataclass(frozen=True)
class Figure:
    """A stored value as the publication reads it."""

    pk: int
    half: HalfYear
    code: str
    place: Place
    numerator: Decimal | None
    denominator: Decimal | None
    cases: int | None
    parties: int | None


@dataclass(frozen=True)
class Quantity:
    """One number that somebody may want to know; the key of a cell in the suppression."""

    half: HalfYear
    name: str
    place: Place


@dataclass(frozen=True)
class Told:
    """A quantity with the value that a figure states, as its numerator or denominator."""

    quantity: Quantity
    value: Decimal
    side: str


# The same number under another name, where the registry's SQL does not say so itself.
SAME = {
    ("clients_per_100", NUMERATOR): "clients",
    ("client_share", NUMERATOR): "clients",
    ("spend_share", NUMERATOR): "spend",
    ("spend_per_client", NUMERATOR): "spend",
    ("spend_per_client", DENOMINATOR): "clients",
    ("stay_share", DENOMINATOR): "spend",
    ("refused_share", DENOMINATOR): "spend_submitted",
    ("waiting_p50", DENOMINATOR): "waiting",
    ("top_share_3", DENOMINATOR): "spend",
    ("top_share_7", DENOMINATOR): "spend",
    ("hhi", DENOMINATOR): "spend",
}  # fmt: skip
# Shares of the whole region: their denominator is that of another cell.
OF_THE_REGION = {"client_share": "clients", "spend_share": "spend"}
# Figures that come so close to a quantity that they give it away, beside what they state.
FOLLOWS = {
    "spend_completed": "spend",
    "budget_use": "spend",
    "stay_days": "clients_stay",
    "stay_share": "clients_stay",
    "top_share_3:clients": "clients",
    "top_share_7:clients": "clients",
    "hhi:clients": "clients",
}
STATE_NOTHING = FOLLOWS.keys() - {"stay_days", "stay_share"}
YOUTHS = frozenset(
    {
        ("clients", NUMERATOR), ("clients_stay", NUMERATOR), ("new_clients", NUMERATOR),
        ("stacked_care", NUMERATOR), ("stacked_care", DENOMINATOR),
        ("stacked_providers_3", NUMERATOR), ("in_region_stay", NUMERATOR),
        ("in_region_stay", DENOMINATOR),
    }
)  # fmt: skip
A_YEAR = 2
# Shares of who stopped as planned a year ago: their denominator is the outflow of that half-year.
OF_A_YEAR_AGO = ("repeat_care_rate",)


@cache
def _first_with_sql() -> dict[tuple[str, str], str]:
    """The first indicator and side that counts a relation with an SQL text."""
    found: dict[tuple[str, str], str] = {}
    for indicator in INDICATORS:
        for side in (NUMERATOR, DENOMINATOR):
            if indicator.source and (sql := getattr(indicator, side)):
                found.setdefault((indicator.source, sql), name_of(indicator.code, side))
    return found


def name_of(code: str, side: str) -> str:
    """A name for the number itself: that of the count or amount of which it is the numerator."""
    return code if side == NUMERATOR else f"{code}/noemer"


@cache
def quantity_name(code: str, side: str) -> str:
    if (code, side) in SAME:
        return SAME[code, side]
    indicator = find(code)
    sql = getattr(indicator, side, "")
    if indicator is not None and indicator.source and sql:
        return _first_with_sql()[indicator.source, sql]
    return name_of(code, side)


@cache
def nature_of(name: str) -> Nature:
    """By the name of a quantity."""
    code, _, side = name.partition("/")
    if (code, DENOMINATOR if side else NUMERATOR) in YOUTHS:
        return Nature.YOUTHS
    indicator = find(code)
    if indicator is not None and (_is_money(indicator) or code == "stay_days"):
        return Nature.AMOUNT
    return Nature.CASES


def _is_money(indicator: Indicator) -> bool:
    return indicator.suppression is Guard.SPEND


def told_by(figure: Figure) -> Iterator[Told]:
    """The numbers that stand in the figure itself: its numerator and its denominator."""
    if figure.code in STATE_NOTHING:
        return
    indicator = find(figure.code)
    kind = indicator.kind if indicator else Kind.SHARE
    is_price = figure.code.startswith("unit_price")
    sums_marks = kind is Kind.MEAN and indicator is not None and not _is_money(indicator)
    if figure.numerator is not None and not sums_marks:
        yield _told(figure, NUMERATOR, figure.numerator)
    if figure.denominator is not None and kind is not Kind.RATE and not is_price:
        yield _told(figure, DENOMINATOR, figure.denominator)


def _told(figure: Figure, side: str, value: Decimal) -> Told:
    name, place, half = quantity_name(figure.code, side), figure.place, figure.half
    if side == DENOMINATOR and figure.code in OF_THE_REGION:
        name, place = OF_THE_REGION[figure.code], REGION
    if side == DENOMINATOR and figure.code in OF_A_YEAR_AGO:
        name, half = "outflow_plan", half.shift(-A_YEAR)
    return Told(Quantity(half, name, place), value, side)


def followed_by(figure: Figure) -> Iterator[Quantity]:
    """The quantity that the figure gives away without stating it."""
    if figure.code in FOLLOWS:
        yield Quantity(figure.half, FOLLOWS[figure.code], figure.place)
