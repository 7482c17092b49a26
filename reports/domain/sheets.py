"""What an edition says beside its indicators, as sheets with typed cells."""

from collections.abc import Iterator

from core.exports import Cell, Column, Sheet

from .content import EditionContent
from .points import Point
from .sentences import whole_euros

Rows = Iterator[tuple[Cell, ...]]
HIDDEN = Column("Afgeschermd", "Ja: anders kan iemand herkend worden.")
SEGMENT = Column("Segment", width=34)


def _euros(header: str, definition: str = "") -> Column:
    return Column(header, definition, decimals=2, unit="euro")


def _share(header: str, definition: str = "") -> Column:
    return Column(header, definition, share=True)


MONEY = (
    SEGMENT,
    _euros("Gedeclareerd"),
    _euros("Verwacht", "Met wat nog gedeclareerd wordt."),
    _euros("Begroting", "De helft van het jaar."),
    _share("Benut", "Verwacht als deel van de begroting."),
    _euros("Jaar eerder", "Gedeclareerd, een jaar eerder."),
    HIDDEN,
)
YEARS = (
    Column("Jaar"),
    _euros("Verwacht"),
    _euros("Ondergrens", "Van de 80%-marge."),
    _euros("Bovengrens", "Van de 80%-marge."),
    _euros("Begroting"),
)
KNOWN = (Column("Besluit", width=34), Column("Jaar"), _euros("Bedrag", "Zit in de prognose."))
MONTHS = (
    Column("Maand"),
    _euros("Gerealiseerd"),
    _euros("Verwacht"),
    _euros("Ondergrens 80%"),
    _euros("Bovengrens 80%"),
    _euros("Ondergrens 95%"),
    _euros("Bovengrens 95%"),
    _euros("Begroting"),
)
COURSE = (Column("Cijfer", width=44), SEGMENT, Column("Halfjaar"), Column("Waarde"), HIDDEN)
PLACES = (
    Column("Cijfer", width=44),
    Column("Plaats"),
    Column("Halfjaar"),
    Column("Waarde"),
    HIDDEN,
)
NATION = (
    Column("Cijfer", width=44),
    Column("Hier"),
    _share("Nederland"),
    Column("Waarover het CBS telt", width=30),
    Column("Bron", width=40),
)
MARKET = (
    SEGMENT,
    Column("Aanbieders"),
    _share("Grootste drie", "Aandeel in de kosten."),
    _share("Grootste zeven", "Aandeel in de kosten."),
    Column("Concentratie (HHI)", "Van bijna 0 tot 10.000."),
    HIDDEN,
)
PROVIDERS = (
    SEGMENT,
    Column("Aanbieder", width=34),
    Column("Jeugdigen"),
    Column("Instroom"),
    Column("Uitstroom"),
    _euros("Kosten"),
)
MIRROR = (
    SEGMENT,
    Column("Cijfer", width=44),
    Column("Bij u"),
    Column("Jaar eerder"),
    Column("Het segment"),
    Column("Segment afgeschermd"),
    Column("Wat het verschil zegt", width=50),
)


def sheets_beside(content: EditionContent) -> list[Sheet]:
    """Only those with something to say; what is protected is empty. Amounts are in thousands of
    euros, as open data has them; small ones in euros."""
    found = (
        Sheet("Uw cijfers", MIRROR, list(_mirror(content))),
        Sheet("Geld", MONEY, list(_money(content))),
        Sheet("Prognose", YEARS, list(_years(content))),
        Sheet("Besluiten", KNOWN, list(_known(content))),
        Sheet("Prognose per maand", MONTHS, list(_months(content))),
        Sheet("Verloop", COURSE, list(_course(content))),
        Sheet("Gemeenten", PLACES, list(_places(content))),
        Sheet("Nederland", NATION, list(_nation(content))),
        Sheet("Markt", MARKET, list(_market(content))),
        Sheet("Aanbieders", PROVIDERS, list(_providers(content))),
    )
    return [sheet for sheet in found if sheet.rows]


def _value(point: Point) -> float | None:
    return None if point.hidden else point.value


def _money_of(amount: float | None) -> float | None:
    return None if amount is None else whole_euros(amount)


def _any_hidden(*points: Point) -> bool:
    return any(point.hidden for point in points)


def _money(content: EditionContent) -> Rows:
    total = [content.money.total] if content.money.total else []
    for row in (*content.money.rows, *total):
        points = (row.spend, row.completed, row.year_ago)
        spend, completed, year_ago = (_money_of(_value(point)) for point in points)
        use = None if row.use is None else round(row.use, 3)
        budget = _money_of(row.budget)
        yield row.name, spend, completed, budget, use, year_ago, _any_hidden(*points)


def _years(content: EditionContent) -> Rows:
    for line in content.money.years:
        amounts = (line.expected, line.low80, line.high80, line.budget)
        yield line.year, *map(_money_of, amounts)


def _known(content: EditionContent) -> Rows:
    for row in content.money.known:
        for line, amount in zip(content.money.years, row.amounts, strict=True):
            yield row.name, line.year, _money_of(amount)


def _months(content: EditionContent) -> Rows:
    fan = content.money.fan
    if fan is None:
        return
    columns = (
        fan.observed, fan.expected, fan.low80, fan.high80, fan.low95, fan.high95, fan.budget,
    )  # fmt: skip
    for month, *amounts in zip(fan.months, *columns, strict=True):
        yield month, *map(_money_of, amounts)


def _course(content: EditionContent) -> Rows:
    mine = [(None, trend) for trend in content.trends]
    theirs = [(one.name, one.trend) for one in content.segments if one.trend]
    for segment, trend in (*mine, *theirs):
        for label, point in zip(trend.labels, trend.points, strict=True):
            yield trend.title, segment, label, _value(point), point.hidden


def _places(content: EditionContent) -> Rows:
    for chart in content.places:
        lines = [(panel.name, panel.points) for panel in chart.panels]
        for name, points in (("de regio", chart.points), *lines):
            for label, point in zip(chart.labels, points, strict=True):
                yield chart.title, name, label, _value(point), point.hidden


def _nation(content: EditionContent) -> Rows:
    for line in content.national:
        counted = f"{line.half_year_title} ({line.status})"
        yield line.name, _value(line.here), line.there, counted, line.source


def _market(content: EditionContent) -> Rows:
    for row in content.market:
        points = (row.providers, row.top3_spend, row.top7_spend, row.hhi)
        yield row.segment, *map(_value, points), _any_hidden(*points)


def _providers(content: EditionContent) -> Rows:
    for segment in content.segments:
        for row in segment.providers:
            counts = (row.clients, row.inflow, row.outflow)
            yield segment.name, row.name, *counts, _money_of(row.spend)


def _mirror(content: EditionContent) -> Rows:
    for segment in content.mirror:
        for line in segment.lines:
            points = (line.own, line.year_ago, line.segment)
            yield segment.name, line.name, *map(_value, points), line.segment.hidden, line.verdict
