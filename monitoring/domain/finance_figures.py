"""Budgets and completed spend: asked of finance, which knows how they come about."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from finance.queries.budgets import BudgetBook
from finance.queries.completed import CompletedSpend, completed_spend

from .scope import Scope

# Finance gives limits of 80 %; figures show 95 % everywhere. Both are of one normal error.
WIDER = 1.959963984540054 / 1.2815515655446004
Place = tuple[str, str]

INSERT = """
INSERT INTO figure (
    code, municipality, segment, category, provider,
    numerator, denominator, value, low, high, cases, parties
)
SELECT new.code, municipality, segment, category, provider,
    new.numerator, new.denominator, new.value, new.low, new.high, spend.cases, spend.parties
FROM unnest(
    %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
    %s::numeric[], %s::numeric[], %s::double precision[], %s::double precision[],
    %s::double precision[]
) AS new (
    code, municipality, segment, category, provider, numerator, denominator, value, low, high
)
LEFT JOIN (SELECT * FROM figure WHERE code = 'spend') spend
    USING (municipality, segment, category, provider)
"""


@dataclass(frozen=True)
class Row:
    """A figure that finance gives, as the columns of `INSERT`."""

    code: str
    municipality: str
    segment: str
    category: str
    provider: str
    numerator: Decimal
    denominator: Decimal | None
    value: float
    low: float | None = None
    high: float | None = None


def add_finance_figures(cursor: Any, scope: Scope) -> None:
    """Add spend_completed, budget and budget_use to `figure`."""
    completed = completed_spend(
        region_id=scope.region.pk,
        scheme_id=scope.scheme.pk,
        scheme_on=scope.scheme_on,
        half_year=scope.half_year,
        known_on=scope.seen.known_on,
        cutoff_run=scope.seen.cutoff_run,
    )
    rows = [_completed(cell) for cell in completed]
    rows += _budgets(scope, {_place(c): c for c in completed if not (c.category or c.provider)})
    if rows:
        cursor.execute(INSERT, [list(column) for column in zip(*map(_values, rows), strict=True)])


def _values(row: Row) -> Iterable[Any]:
    return vars(row).values()


def _place(cell: CompletedSpend) -> Place:
    return cell.municipality, cell.segment


def _completed(cell: CompletedSpend) -> Row:
    expected = float(cell.expected)
    below, above = expected - float(cell.low80), float(cell.high80) - expected
    bounded = math.isfinite(below) and math.isfinite(above)
    return Row(
        "spend_completed",
        cell.municipality,
        cell.segment,
        cell.category,
        cell.provider,
        numerator=cell.expected,
        denominator=None,
        value=expected,
        low=expected - WIDER * below if bounded else None,
        high=expected + WIDER * above if bounded else None,
    )


def _budgets(scope: Scope, completed: dict[Place, CompletedSpend]) -> list[Row]:
    book = BudgetBook(scope.region.pk, year=scope.half_year.year)
    rows: list[Row] = []
    for municipality, segment in _places(scope):
        budget = book.of_half_year(
            scope.half_year, municipality=municipality or None, segment=segment or None
        )
        if budget is None:
            continue
        cell = (municipality, segment, "", "")
        rows.append(Row("budget", *cell, budget.amount, None, float(budget.amount)))
        spend = completed.get((municipality, segment))
        if spend is not None and budget.amount > 0 and spend.expected >= 0:
            use = float(spend.expected / budget.amount)
            rows.append(Row("budget_use", *cell, spend.expected, budget.amount, use))
    return rows


def _places(scope: Scope) -> list[Place]:
    segments = ["", *scope.scheme.segments.values_list("code", flat=True)]
    return [(municipality, s) for municipality in ["", *scope.members] for s in segments]
