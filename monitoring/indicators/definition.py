"""What the registry says about an indicator: name, words, unit, and the SQL that counts it."""

from dataclasses import dataclass
from enum import StrEnum

from core.charts import COUNT, DAYS, EUROS, SHARE, Unit

from ..enums import EVERY_CELL, Cell, Feed, Guard, Kind, Polarity, Theme

MARK = Unit("rapportcijfer", decimals=1)
RATE = Unit("per 100 jeugdigen", decimals=1)
POINTS = Unit("punten")
PRICE = Unit("euro", decimals=2, prefix="€ ")


class Source(StrEnum):
    """The relation whose rows are grouped per cell: `domain/facts.py` has their columns."""

    CARE = "care"
    PRESENCE = "presence"
    INFLOW = "inflow"
    OUTFLOW = "outflow"
    ENDING = "ending"
    WAITING = "waiting"
    EXPIRED = "expired"
    RETURN = "return"
    MEASUREMENT = "measurement"
    MONEY = "money"
    RECORD = "record"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One code. `numerator`, `denominator`, `statistic`, `cases` and `parties` are SQL aggregates.

    A COUNT or MONEY has a numerator and perhaps a denominator beside it; a SHARE, MEAN or RATE is
    numerator / denominator x `factor`; a PERCENTILE or INDEX is its `statistic`. Without `source`
    the values come from other figures or from a statement of their own (`domain/derived.py`).
    `cases` and `parties` count the clients and providers behind it, where suppression asks them.
    """

    code: str
    name: str
    definition: str
    theme: Theme
    kind: Kind
    unit: Unit
    source: Source | None = None
    numerator: str = ""
    denominator: str = ""
    statistic: str = ""
    factor: int = 1
    cases: str = ""
    parties: str = ""
    cells: frozenset[Cell] = EVERY_CELL
    polarity: Polarity = Polarity.NEITHER
    feed: Feed = Feed.MESSAGES
    guard: Guard | None = None
    variant_of: str = ""

    @property
    def suppression(self) -> Guard:
        """How the suppression rule treats it, when not said otherwise: by its kind."""
        return self.guard or GUARDS[self.kind]

    @property
    def has_interval(self) -> bool:
        return self.kind is Kind.SHARE

    @property
    def adds_up(self) -> bool:
        """Whether deliveries of several providers may be added (sums over sums)."""
        return self.kind not in (Kind.PERCENTILE, Kind.INDEX)


GUARDS = {
    Kind.COUNT: Guard.CASES,
    Kind.SHARE: Guard.SHARE,
    Kind.MONEY_SHARE: Guard.SPEND,
    Kind.MEAN: Guard.STATISTIC,
    Kind.RATE: Guard.CASES,
    Kind.PERCENTILE: Guard.STATISTIC,
    Kind.MONEY: Guard.SPEND,
    Kind.INDEX: Guard.SPEND,
}

__all__ = [
    "COUNT",
    "DAYS",
    "EUROS",
    "MARK",
    "POINTS",
    "PRICE",
    "RATE",
    "SHARE",
    "Indicator",
    "Source",
]
