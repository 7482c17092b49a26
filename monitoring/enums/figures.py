from enum import Enum, StrEnum


class Kind(StrEnum):
    """How numerator and denominator become a value, and which interval goes with it."""

    COUNT = "count"
    SHARE = "share"
    MONEY_SHARE = "money_share"
    MEAN = "mean"
    RATE = "rate"
    PERCENTILE = "percentile"
    MONEY = "money"
    INDEX = "index"


class Theme(StrEnum):
    VOLUME = "volume"
    WAITING = "waiting"
    OUTCOME = "outcome"
    TRANSFORMATION = "transformation"
    MONEY = "money"
    QUALITY = "quality"
    DELIVERED = "delivered"

    @property
    def heading(self) -> str:
        return THEME_HEADINGS[self]


THEME_HEADINGS = {
    Theme.VOLUME: "Omvang en stroom",
    Theme.WAITING: "Wachten",
    Theme.OUTCOME: "Uitkomst",
    Theme.TRANSFORMATION: "Transformatie",
    Theme.MONEY: "Geld en markt",
    Theme.QUALITY: "Kwaliteit van de gegevens",
    Theme.DELIVERED: "Aangeleverd door aanbieders",
}


class Cell(Enum):
    """The seven kinds of cells of a half-year: the dimensions that are filled."""

    REGION = ()
    MUNICIPALITY = ("municipality",)
    SEGMENT = ("segment",)
    CATEGORY = ("category",)
    PROVIDER = ("provider",)
    MUNICIPALITY_SEGMENT = ("municipality", "segment")
    SEGMENT_PROVIDER = ("segment", "provider")

    @property
    def title(self) -> str:
        return CELL_TITLES[self]

    @classmethod
    def of(cls, *, municipality: str, segment: str, category: str, provider: str) -> "Cell":
        """The kind of a cell; ValueError for a combination that is not computed."""
        filled = {
            "municipality": municipality,
            "segment": segment,
            "category": category,
            "provider": provider,
        }
        return cls(tuple(name for name, value in filled.items() if value))


CELL_TITLES = {
    Cell.REGION: "regio",
    Cell.MUNICIPALITY: "gemeente",
    Cell.SEGMENT: "segment",
    Cell.CATEGORY: "categorie",
    Cell.PROVIDER: "aanbieder",
    Cell.MUNICIPALITY_SEGMENT: "gemeente en segment",
    Cell.SEGMENT_PROVIDER: "segment en aanbieder",
}
EVERY_CELL = frozenset(Cell)


class Polarity(Enum):
    """Which way is better; LESS and MORE are what a sentence about a change may call good."""

    MORE = 1
    LESS = -1
    NEITHER = 0


class Feed(StrEnum):
    """Where an indicator comes from in a segment that is fed by messages."""

    MESSAGES = "messages"
    TABLES = "tables"
    DELIVERY = "delivery"
    FINANCE = "finance"


class Guard(StrEnum):
    """What the suppression rule must look at before a value may be shown."""

    CASES = "cases"
    SHARE = "share"
    STATISTIC = "statistic"
    SPEND = "spend"
    OPEN = "open"
