"""A small region with round figures, as a plan for an edition."""

from dataclasses import replace
from datetime import date

from core.periods import HalfYear
from reports.domain.book import Book, Cell, Measure
from reports.domain.content import Fan, MoneyChapter, MoneyRow, YearLine
from reports.domain.plan import CategoryPlan, EditionPlan, GoalPlan, SegmentPlan
from reports.domain.points import Kind, Point, TargetLine

HALF = HalfYear(2026, 1)
HISTORY = tuple(HalfYear(2024, 1).until(HALF))


def wilson(numerator, denominator, z=1.959964):
    share = numerator / denominator
    middle = (share + z * z / (2 * denominator)) / (1 + z * z / denominator)
    half = (
        z
        * (share * (1 - share) / denominator + z * z / (4 * denominator**2)) ** 0.5
        / (1 + z * z / denominator)
    )
    return Point(share, numerator, denominator, middle - half, middle + half)


MEASURES = {
    m.code: m
    for m in (
        Measure("clients", "Jeugdigen met jeugdhulp", Kind.COUNT, 0, "Jeugdigen met zorg.", "iJw"),
        Measure("inflow", "Instroom", Kind.COUNT, 0, "Begonnen trajecten.", "iJw"),
        Measure("outflow", "Uitstroom", Kind.COUNT, 0, "Beëindigde trajecten.", "iJw"),
        Measure("wait_p50", "Wachttijd (middelste)", Kind.DAYS, -1, "Dagen tot start.", "iJw"),
        Measure("dropout_rate", "Uitval", Kind.SHARE, -1, "Voortijdig gestopt.", "iJw"),
        Measure("spend", "Kosten", Kind.MONEY, 0, "Declaraties en termijnen.", "iJw"),
        Measure("stay_share", "Aandeel verblijf", Kind.SHARE, -1, "Kosten van verblijf.", "iJw"),
        Measure("providers", "Aantal aanbieders", Kind.COUNT, 0, "Aanbieders met zorg.", "iJw"),
        Measure("top_share_3", "Grootste drie", Kind.SHARE, 0, "Aandeel in kosten.", "iJw"),
        Measure("declaration_lag_p50", "Vertraging", Kind.DAYS, -1, "Dagen tot bericht.", "iJw"),
    )
}


def plan() -> EditionPlan:
    book = Book(MEASURES, HALF)
    for step, half in enumerate(HISTORY):
        for cell, size in ((Cell(), 4), (Cell(segment="HA"), 3), (Cell(segment="HV"), 1)):
            put = lambda code, point: book.values.__setitem__((half.label, code, cell), point)  # noqa: B023, E731
            put("clients", Point(700.0 * size + 25 * step))
            put("inflow", Point(200.0 * size + 10 * step))
            put("outflow", Point(190.0 * size))
            put("wait_p50", Point(35.0 + step, denominator=200))
            put("dropout_rate", wilson(20 * size + 6 * size * step, 190 * size))
            put("spend", Point(3_100_000.0 * size))
            put("providers", Point(40.0 * size))
            put("top_share_3", Point(0.42, 42, 100))
        book.values[(half.label, "declaration_lag_p50", Cell())] = Point(9.0)
    book.targets[("clients", "HA", "")] = TargetLine("Ongeveer 30% minder in 2030", None, 2030)
    return EditionPlan(
        book=book,
        half=HALF,
        history=HISTORY,
        region="Regio Proef",
        organisation="Regiobureau Proef",
        gm_code="",
        municipality="",
        scheme="Vier categorieën",
        is_baseline=False,
        is_demo=True,
        for_councils=True,
        known_on=date(2026, 9, 30),
        cutoff_run=42,
        made_on=date(2026, 10, 1),
        segments=(
            SegmentPlan(
                "HA",
                "Herstelgericht ambulant",
                "Behandeling die helpt om de hulpvraag op te lossen, zonder verblijf.",
                (
                    GoalPlan("1", "Een kortere doorlooptijd.", ("wait_p50", "outflow")),
                    GoalPlan("2", "Sturen op resultaat.", ("dropout_rate", "clients")),
                    GoalPlan("3", "Samenhang.", (), "dit wordt gezamenlijk geduid"),
                ),
                tasks=("Meer sturen op resultaat door accounthouderschap vanuit de toegang.",),
            ),
            SegmentPlan(
                "HV",
                "Herstelgericht verblijf",
                "Klinische opname en verblijf met een behandeldoel.",
                (GoalPlan("1", "Korter in verblijf.", ("clients", "dropout_rate")),),
            ),
        ),
        categories=(CategoryPlan("herstel-ambulant", "Herstelgericht ambulant", 0.55, 0.65),),
        money=money(),
        funnels={},
        providers={},
    )


def money() -> MoneyChapter:
    row = MoneyRow(
        "Herstelgericht ambulant",
        Point(9_300_000.0),
        Point(9_800_000.0, low=9_500_000.0, high=10_100_000.0),
        9_500_000.0,
        9.8 / 9.5,
        Point(9_100_000.0),
    )
    months = tuple(f"{y}-{m:02d}" for y in (2025, 2026, 2027) for m in range(1, 13))
    seen, total = 18, 36
    expected = tuple(2_000_000.0 + 9_000 * i for i in range(total))
    spread = tuple(0.0 if i < seen else 40_000.0 * (i - seen + 1) ** 0.5 for i in range(total))
    fan = Fan(
        months=months,
        observed=tuple(expected[i] if i < seen else None for i in range(total)),
        expected=expected,
        low80=tuple(e - s for e, s in zip(expected, spread, strict=True)),
        high80=tuple(e + s for e, s in zip(expected, spread, strict=True)),
        low95=tuple(e - 1.6 * s for e, s in zip(expected, spread, strict=True)),
        high95=tuple(e + 1.6 * s for e, s in zip(expected, spread, strict=True)),
        budget=tuple(2_050_000.0 for _ in range(total)),
        as_of="2026-06",
    )
    return MoneyChapter(
        rows=(row, replace(row, name="Herstelgericht verblijf")),
        total=replace(row, name="Totaal"),
        sentences=("De verwachte kosten zijn € 9,8 miljoen; de begroting is € 9,5 miljoen.",),
        fan=fan,
        years=(YearLine(2026, 25.1e6, 24.6e6, 25.7e6, 24.6e6, 0.0),),
        turning_point="Tot en met 2027 is geen omslagpunt te zien.",
        budget_note="De begroting van het jaar is gehalveerd.",
        fictitious=True,
    )
