"""From the content of an edition to what its template shows: charts and rows of words."""

from dataclasses import dataclass

from core import charts
from core.charts import Chart
from core.suppression import HIDDEN

from .content import (
    EditionContent,
    Fan,
    Funnel,
    MirrorTrend,
    MoneyRow,
    PlaceChart,
    SegmentChapter,
    Trend,
)
from .points import Figure, Kind, Point
from .sentences import amount, interval, shown

UNITS = {
    Kind.COUNT: charts.COUNT,
    Kind.TOTAL: charts.COUNT,
    Kind.SHARE: charts.SHARE,
    Kind.DAYS: charts.DAYS,
    Kind.MONEY: charts.MILLIONS,
    Kind.MARK: charts.Unit("rapportcijfer", decimals=1),
    Kind.RATE: charts.Unit("per 100 jeugdigen", decimals=1),
    Kind.INDEX: charts.Unit("punten"),
}


@dataclass(frozen=True)
class FigureRow:
    """One line of a table of figures, in words."""

    name: str
    now: str
    interval: str
    previous: str
    year_ago: str
    target: str
    hidden: bool


def figure_row(figure: Figure) -> FigureRow:
    return FigureRow(
        name=figure.name,
        now=shown(figure.kind, figure.now),
        interval=interval(figure.kind, figure.now),
        previous=_or_dash(figure.kind, figure.previous),
        year_ago=_or_dash(figure.kind, figure.year_ago),
        target=figure.target.text if figure.target else "",
        hidden=figure.now.hidden,
    )


def _or_dash(kind: Kind, point: Point) -> str:
    return "–" if not point.hidden and point.value is None else shown(kind, point)


def place_chart(item: PlaceChart) -> Chart:
    def values(points: tuple[Point, ...]) -> tuple[charts.Value, ...]:
        return tuple(chart_value(point) for point in points)

    return charts.SmallMultiples(
        title=item.title,
        periods=item.labels,
        panels=tuple(charts.Series(panel.name, values(panel.points)) for panel in item.panels),
        common=charts.Series("de regio", values(item.points)),
        unit=UNITS[Kind(item.kind)],
        panel_height=40,
    )


@dataclass(frozen=True)
class BoardRow:
    """A segment on the page of a college: figures now and a year ago, cost beside the budget."""

    name: str
    figures: tuple[tuple[str, str], ...]
    cost: str
    use: str


BOARD_FIGURES = ("clients", "inflow", "wait_p50")


def board_names(content: EditionContent) -> tuple[str, ...]:
    found = {f.code: f.name for s in content.segments for f in s.figures}
    return tuple(found[code] for code in BOARD_FIGURES if code in found)


def board_rows(content: EditionContent) -> tuple[BoardRow, ...]:
    money_of = {row.name: row for row in content.money.rows}
    return tuple(
        _board_row(segment, money_of.get(segment.name))
        for segment in content.segments
        if segment.figures
    )


def _board_row(segment: SegmentChapter, cost: MoneyRow | None) -> BoardRow:
    rows = {f.code: figure_row(f) for f in segment.figures}
    return BoardRow(
        name=segment.name,
        figures=tuple(
            (rows[c].now, rows[c].year_ago) if c in rows else ("–", "–") for c in BOARD_FIGURES
        ),
        cost=money(cost.completed) if cost else "–",
        use=share(cost.use) if cost else "–",
    )


def chart_value(point: Point) -> charts.Value:
    return HIDDEN if point.hidden else point.value


def trend_chart(trend: Trend, *, height: int = 190) -> Chart:
    kind = Kind(trend.kind)
    points = trend.points
    with_interval = any(p.low is not None for p in points)
    series = charts.Series(
        name=trend.title,
        values=tuple(chart_value(p) for p in points),
        low=tuple(HIDDEN if p.hidden else p.low for p in points) if with_interval else (),
        high=tuple(HIDDEN if p.hidden else p.high for p in points) if with_interval else (),
    )
    target = None
    if trend.norm is not None:
        target = charts.Reference("streven", trend.norm)
    return charts.LineChart(
        title=trend.title,
        periods=trend.labels,
        series=(series,),
        unit=UNITS[kind],
        target=target,
        zero=kind is not Kind.SHARE,
        height=height,
    )


def mirror_chart(trend: MirrorTrend) -> Chart:
    kind = Kind(trend.kind)
    return charts.LineChart(
        title=trend.title,
        periods=trend.labels,
        series=(
            charts.Series("bij u", tuple(chart_value(p) for p in trend.own)),
            charts.Series("het segment", tuple(chart_value(p) for p in trend.segment)),
        ),
        unit=UNITS[kind],
        zero=kind is not Kind.SHARE,
        height=120,
    )


def fan_chart(fan: Fan, title: str) -> Chart:
    nothing_yet = tuple(value is not None for value in fan.observed)

    def ahead(values: tuple[float, ...]) -> tuple[charts.Value, ...]:
        return tuple(
            None if seen else value for seen, value in zip(nothing_yet, values, strict=True)
        )

    return charts.FanChart(
        title=title,
        periods=fan.months,
        history=fan.observed,
        median=ahead(fan.expected),
        low_80=ahead(fan.low80),
        high_80=ahead(fan.high80),
        low_95=ahead(fan.low95),
        high_95=ahead(fan.high95),
        budget=fan.budget,
        unit=charts.MILLIONS,
        height=165,
    )


def money_chart(rows: tuple[MoneyRow, ...]) -> Chart | None:
    """Expected cost of the half-year beside the budget, per segment."""
    known = [row for row in rows if row.completed.known]
    if not known:
        return None
    return charts.BarChart(
        title="Verwachte kosten en begroting per segment",
        categories=tuple(row.name for row in known),
        series=(
            charts.Series("verwachte kosten", tuple(row.completed.value for row in known)),
            charts.Series("begroting", tuple(row.budget for row in known)),
        ),
        unit=charts.MILLIONS,
    )


def categories_chart(content: EditionContent) -> Chart | None:
    rows = content.categories
    if not rows:
        return None
    return charts.BarChart(
        title="Aandeel in de kosten: wat het beleid noemt en wat de cijfers laten zien",
        categories=tuple(row.name for row in rows),
        series=(
            charts.Series("beleid", tuple(row.stated_budget for row in rows)),
            charts.Series("cijfers", tuple(chart_value(row.spend_share) for row in rows)),
        ),
        unit=charts.SHARE,
    )


def funnel_chart(funnel: Funnel, *, height: int) -> Chart:
    limits = tuple(
        charts.FunnelLimit(near[0], near[1], near[2], far[1], far[2])
        for near, far in zip(funnel.near, funnel.far, strict=True)
    )
    points = tuple(
        charts.FunnelPoint(p.name, p.cases, p.value, _place(p.cases, p.value, limits))
        for p in funnel.points
    )
    return charts.FunnelChart(
        title=funnel.title,
        points=points,
        limits=limits,
        centre=funnel.centre,
        centre_label="segment",
        left_out=len(funnel.too_small),
        height=height,
    )


def _place(cases: float, value: float, limits: tuple[charts.FunnelLimit, ...]) -> str:
    """Against the limits of the nearest number of cases that was computed."""
    limit = min(limits, key=lambda one: abs(one.cases - cases))
    if value < limit.low_998 or value > limit.high_998:
        return charts.FAR
    if value < limit.low_95 or value > limit.high_95:
        return charts.NEAR
    return charts.WITHIN


def money(point: Point) -> str:
    return shown(Kind.MONEY, point)


def share(value: float | None) -> str:
    return "–" if value is None else amount(Kind.SHARE, value)


def euros(value: float | None) -> str:
    return "–" if value is None else amount(Kind.MONEY, value)
