"""From the registry to SQL: one statement per relation that counts all its indicators at once."""

from collections.abc import Iterable

from ..enums import Kind
from ..indicators import INDICATORS, Indicator, Source
from .facts import RELATIONS

FIGURE = """
CREATE TEMPORARY TABLE figure (
    code text COLLATE "C" NOT NULL,
    municipality text COLLATE "C" NOT NULL,
    segment text COLLATE "C" NOT NULL,
    category text COLLATE "C" NOT NULL,
    provider text COLLATE "C" NOT NULL,
    numerator numeric, denominator numeric, value double precision,
    low double precision, high double precision, cases integer, parties integer
) ON COMMIT DROP
"""

GROUPED = """
INSERT INTO figure (
    code, municipality, segment, category, provider,
    numerator, denominator, value, cases, parties
)
WITH fact AS ({relation}), cell AS (
    SELECT municipality, segment, category, provider, grouping(category) = 0 AS of_category,
        {aggregates}
    FROM fact
    GROUP BY GROUPING SETS (
        (), (municipality), (municipality, segment), (segment), (segment, provider),
        (category), (provider)
    )
)
SELECT row.code, coalesce(cell.municipality, ''), coalesce(cell.segment, ''),
    coalesce(cell.category, ''), coalesce(cell.provider, ''),
    row.numerator, row.denominator, row.value, row.cases, row.parties
FROM cell
CROSS JOIN LATERAL (VALUES
    {rows}
) row (code, numerator, denominator, value, cases, parties)
WHERE row.value IS NOT NULL AND NOT (of_category AND category = '')
"""


class Aggregates:
    """The aggregates of a statement, each written once however many indicators use it."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def column(self, expression: str, cast: str = "numeric") -> str:
        if not expression:
            return f"NULL::{cast}"
        name = self.names.setdefault(expression, f"a{len(self.names)}")
        return f"cell.{name}::{cast}"

    def __str__(self) -> str:
        return ",\n        ".join(f"{sql} AS {name}" for sql, name in self.names.items())


def value_sql(indicator: Indicator, numerator: str, denominator: str) -> str:
    """How numerator and denominator become a value, with NULL where there is none."""
    if indicator.kind in (Kind.COUNT, Kind.MONEY):
        return f"{numerator}::double precision"
    divided = f"({numerator} * {indicator.factor} / {denominator})::double precision"
    if indicator.kind is Kind.MONEY_SHARE:
        return f"CASE WHEN {denominator} > 0 AND {numerator} >= 0 THEN {divided} END"
    return f"CASE WHEN {denominator} <> 0 THEN {divided} END"


def _row(indicator: Indicator, aggregates: Aggregates) -> str:
    denominator = aggregates.column(indicator.denominator)
    if indicator.statistic:
        numerator = "NULL::numeric"
        value = aggregates.column(indicator.statistic, "double precision")
    else:
        numerator = aggregates.column(indicator.numerator)
        value = value_sql(indicator, numerator, denominator)
    cases = aggregates.column(indicator.cases, "integer")
    parties = aggregates.column(indicator.parties, "integer")
    return f"('{indicator.code}', {numerator}, {denominator}, {value}, {cases}, {parties})"


def grouped(source: Source, indicators: Iterable[Indicator]) -> str:
    """The statement that adds all values of these indicators of one relation, in every cell."""
    aggregates = Aggregates()
    rows = ",\n    ".join(_row(indicator, aggregates) for indicator in indicators)
    return GROUPED.replace("{relation}", RELATIONS[source]).format_map(
        Braces(aggregates=str(aggregates), rows=rows)
    )


class Braces(dict[str, str]):
    """Leaves the names of tables in braces for later (`Tables.fill`)."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def counting_statements() -> list[str]:
    """All statements of the registry, in the order of its relations."""
    return [
        grouped(source, chosen)
        for source in Source
        if (chosen := [i for i in INDICATORS if i.source is source])
    ]
