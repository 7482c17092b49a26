"""Early-warning signals from a provider's business figures: plain values in, sentences out.

The contract standard (part 1, article 3.4) names three negative years, liquidity, unrest in the
board and measures of a supervisor, criminal or disciplinary court. A limit for excessive profit is
the region's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.formats import number, percent

STANDARD = "contractstandaard deel 1, artikel 3.4"
REGION = "grens van de regio"


@dataclass(frozen=True)
class YearFigures:
    """One book year in euros; None where the accounts do not say."""

    year: int
    revenue: Decimal
    result: Decimal
    current_assets: Decimal | None = None
    current_liabilities: Decimal | None = None
    equity: Decimal | None = None
    total_assets: Decimal | None = None

    @property
    def margin(self) -> Decimal | None:
        """Result as a share of revenue, four decimals."""
        return _ratio(self.result, self.revenue, "0.0001")

    @property
    def liquidity(self) -> Decimal | None:
        """Current ratio: current assets over current liabilities, two decimals."""
        return _ratio(self.current_assets, self.current_liabilities, "0.01")

    @property
    def solvency(self) -> Decimal | None:
        """Equity as a share of all assets, four decimals."""
        return _ratio(self.equity, self.total_assets, "0.0001")


@dataclass(frozen=True)
class Limits:
    """What a region still accepts; None: it sets no limit."""

    most_margin: Decimal | None = None
    least_liquidity: Decimal | None = Decimal("1.00")
    least_solvency: Decimal | None = None
    negative_years: int = 3


@dataclass(frozen=True)
class EarlySignal:
    """Something to talk about with a provider. `source` says which rule asks for it."""

    code: str
    text: str
    source: str


def early_signals(
    years: Iterable[YearFigures], limits: Limits, incidents: Sequence[tuple[str, str]] = ()
) -> list[EarlySignal]:
    """Signals from the last year known, from losses in a row up to it, and from open incidents.

    `incidents` are pairs of a code and a Dutch sentence.
    """
    ordered = sorted(years, key=lambda y: y.year)
    found = [*_of_losses(ordered, limits), *_of_last(ordered[-1], limits)] if ordered else []
    return found + [EarlySignal(code, text, STANDARD) for code, text in incidents]


def losses_in_a_row(years: Sequence[YearFigures]) -> int:
    """Consecutive years with a loss, counted back from the last year; a gap ends the row."""
    count, expected = 0, None
    for year in sorted(years, key=lambda y: y.year, reverse=True):
        if year.result >= 0 or expected not in (None, year.year):
            break
        count, expected = count + 1, year.year - 1
    return count


def _of_losses(years: Sequence[YearFigures], limits: Limits) -> Iterable[EarlySignal]:
    count, last = losses_in_a_row(years), years[-1].year
    if count >= limits.negative_years:
        yield EarlySignal(
            "verlies-op-rij",
            f"{count} jaar op rij verlies ({last - count + 1} tot en met {last}).",
            STANDARD,
        )


def _of_last(year: YearFigures, limits: Limits) -> Iterable[EarlySignal]:
    if _below(year.liquidity, limits.least_liquidity):
        yield EarlySignal(
            "liquiditeit",
            f"De liquiditeit in {year.year} is {number(year.liquidity, 2)}; "
            f"de grens is {number(limits.least_liquidity, 2)}.",
            STANDARD,
        )
    if _below(year.solvency, limits.least_solvency):
        yield EarlySignal(
            "solvabiliteit",
            f"De solvabiliteit in {year.year} is {percent(year.solvency)}; "
            f"de grens is {percent(limits.least_solvency)}.",
            REGION,
        )
    if _below(limits.most_margin, year.margin):
        yield EarlySignal(
            "winst",
            f"De marge in {year.year} is {percent(year.margin)}; "
            f"de regio noemt meer dan {percent(limits.most_margin)} excessief.",
            REGION,
        )


def _below(value: Decimal | None, limit: Decimal | None) -> bool:
    return value is not None and limit is not None and value < limit


def _ratio(part: Decimal | None, whole: Decimal | None, step: str) -> Decimal | None:
    if part is None or not whole:
        return None
    return (part / whole).quantize(Decimal(step), ROUND_HALF_UP)
