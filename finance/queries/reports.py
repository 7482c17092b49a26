"""What a report needs of finance, as plain values: the front door for floors above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.charts import FanChart
from core.formats import MONTHS

from ..domain.months import month_label
from ..domain.projection_result import Projection, Series, TurningPoint
from ..models import ProjectionRun
from .budgets import BudgetBook, BudgetFigure

CENT = Decimal("0.01")


@dataclass(frozen=True)
class YearFigure:
    """One calendar year of a cell, in euros. `complete`: all twelve months lie in the projection;
    `over`: all of them were known when it was made. `savings` is in `expected` already."""

    year: int
    complete: bool
    over: bool
    observed: Decimal
    expected: Decimal
    savings: Decimal
    low80: Decimal
    high80: Decimal
    low95: Decimal
    high95: Decimal
    budget: BudgetFigure | None

    @property
    def difference(self) -> Decimal | None:
        """Expected minus budget; above nothing is a shortage."""
        return None if self.budget is None else self.expected - self.budget.amount


@dataclass(frozen=True)
class ReportProjection:
    """A stored projection of one cell, for a report. The turning points are those of the
    whole region."""

    projection_id: int
    title: str
    municipality: str | None
    segment: str | None
    as_of: date
    last_day: date
    years: tuple[YearFigure, ...]
    chart: FanChart
    turning_point: TurningPoint
    turning_point_without_savings: TurningPoint
    with_savings: bool
    fictitious: bool
    code_version: str
    checksum: str


def projection_for_report(
    *,
    region_id: int,
    scheme_id: int | None = None,
    projection_id: int | None = None,
    municipality: str | None = None,
    segment: str | None = None,
) -> ReportProjection | None:
    """The newest finished projection (of a scheme, or the one named) for a cell, with budgets.

    None where there is none, or where the cell buys nothing. Who may see it is for the caller.
    """
    rows = ProjectionRun.objects.filter(region_id=region_id, finished_at__isnull=False)
    rows = rows.filter(pk=projection_id) if projection_id else rows
    rows = rows.filter(scheme_id=scheme_id) if scheme_id else rows
    run = rows.select_related("region", "savings").defer("inputs").first()
    if run is None or run.projection is None:
        return None
    series = run.projection.find(municipality=municipality, segment=segment)
    return report_of(run, series) if series else None


def report_of(run: ProjectionRun, series: Series) -> ReportProjection:
    """One series of a finished run, with the budgets as they are now."""
    projection = run.projection
    if projection is None:
        raise ValueError("this projection has no result yet")
    years = year_figures(projection, series, BudgetBook(run.region_id))
    return ReportProjection(
        projection_id=run.pk,
        title=run.title,
        municipality=series.municipality,
        segment=series.segment,
        as_of=run.as_of,
        last_day=run.until,
        years=years,
        chart=year_chart(projection, series, years, title=_chart_title(series)),
        turning_point=projection.turning_point,
        turning_point_without_savings=projection.turning_point_without_savings,
        with_savings=any(series.savings),
        fictitious=run.region.is_demo
        or any(figure.budget is not None and figure.budget.fictitious for figure in years),
        code_version=run.code_version,
        checksum=run.result_checksum,
    )


def euros_of(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2).quantize(CENT)


def year_figures(
    projection: Projection, series: Series, book: BudgetBook
) -> tuple[YearFigure, ...]:
    """Every calendar year, incomplete first and last ones included and marked."""
    as_of_year, as_of_month = divmod(projection.as_of, 12)
    over_until = as_of_year if as_of_month == 11 else as_of_year - 1
    return tuple(
        YearFigure(
            year=year,
            complete=year in projection.whole_years,
            over=year <= over_until,
            observed=euros_of(series.year_observed[place]),
            expected=euros_of(series.year_expected[place]),
            savings=euros_of(series.year_savings[place]),
            low80=euros_of(series.years.low80[place]),
            high80=euros_of(series.years.high80[place]),
            low95=euros_of(series.years.low95[place]),
            high95=euros_of(series.years.high95[place]),
            budget=book.of_year(year, municipality=series.municipality, segment=series.segment),
        )
        for place, year in enumerate(projection.years)
    )


def _chart_title(series: Series) -> str:
    whole = series.municipality is None and series.segment is None
    return "Kosten per jaar, met marge" + (" (hele regio)" if whole else "")


def year_chart(
    projection: Projection, series: Series, years: tuple[YearFigure, ...], *, title: str
) -> FanChart:
    """The fan per whole year: what is over as history, from there the expectation."""
    whole = [figure for figure in years if figure.complete]
    over = [figure.over for figure in whole]
    last = max((place for place, done in enumerate(over) if done), default=-1)
    budgets = tuple(figure.budget.amount if figure.budget else None for figure in whole)
    point = projection.turning_point
    is_region = series.municipality is None and series.segment is None
    turning = str(point.year) if is_region and point.year else None
    return FanChart(
        title=title,
        periods=tuple(str(figure.year) for figure in whole),
        history=tuple(f.expected if f.over else None for f in whole),
        median=_from(last, [f.expected for f in whole]),
        low_80=_from(last, [f.low80 for f in whole]),
        high_80=_from(last, [f.high80 for f in whole]),
        low_95=_from(last, [f.low95 for f in whole]),
        high_95=_from(last, [f.high95 for f in whole]),
        budget=budgets if any(amount is not None for amount in budgets) else (),
        turning_point=turning,
        turning_label=f"omslagpunt {turning}" if turning else "",
    )


def _from(last: int, values: list[Decimal]) -> tuple[Decimal | None, ...]:
    return tuple(value if place >= last else None for place, value in enumerate(values))


def month_chart(projection: Projection, series: Series, *, title: str) -> FanChart:
    """The fan per month; the months that still grow are already expectation."""
    months = list(projection.months)
    settled = _settled(series.observed, series.expected, projection)
    return FanChart(
        title=title,
        periods=tuple(month_label(month) for month in months),
        history=tuple(
            euros_of(series.expected[place]) if place <= settled else None
            for place in range(len(months))
        ),
        median=_from(settled, [euros_of(c) for c in series.expected]),
        low_80=_from(settled, [euros_of(c) for c in series.months.low80]),
        high_80=_from(settled, [euros_of(c) for c in series.months.high80]),
        low_95=_from(settled, [euros_of(c) for c in series.months.low95]),
        high_95=_from(settled, [euros_of(c) for c in series.months.high95]),
    )


def _settled(observed: tuple[int, ...], expected: tuple[int, ...], projection: Projection) -> int:
    """The last month up to which less than half a percent is still to come."""
    last = -1
    for place in range(projection.as_of - projection.first + 1):
        if abs(observed[place] - expected[place]) > 0.005 * abs(expected[place]):
            break
        last = place
    return last


def month_name(month: int) -> str:
    return f"{MONTHS[month % 12]} {month // 12}"
