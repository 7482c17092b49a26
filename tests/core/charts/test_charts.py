"""What every chart promises, tried on all kinds at both widths."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from core.charts import (
    COUNT,
    DAYS,
    EUROS,
    FAR,
    MILLIONS,
    NARROW,
    SHARE,
    WIDE,
    BarChart,
    Bullet,
    BulletChart,
    FanChart,
    FunnelChart,
    FunnelLimit,
    FunnelPoint,
    HeatMap,
    LineChart,
    NormBand,
    Reference,
    Series,
    SmallMultiples,
    Span,
    Sparkline,
    StackedBars,
    Timeline,
    Unit,
    WaterfallChart,
    WaterfallStep,
)
from core.charts.lettering import width_of
from core.charts.palette import HEAT, PAPER, STYLES, contrast, ink_on
from core.suppression import HIDDEN

SVG = "{http://www.w3.org/2000/svg}"
PERIODS = ("2024-H1", "2024-H2", "2025-H1", "2025-H2")
PLACES = ("Leidschendam-Voorburg", "Delft", "Pijnacker-Nootdorp met een heel lange naam erachter")
PARTS = (Series("volgens plan", (12, HIDDEN, 30)), Series("uitval", (4, 5, 6)))
LIMITS = tuple(FunnelLimit(n, 0.02, 0.3, 0.0, 0.4) for n in (10, 100))

CHARTS = {
    "line": LineChart(
        title="Wachttijd",
        periods=PERIODS,
        series=(Series("mediaan", (44, None, HIDDEN, 33)), Series("P90 met lange naam", (9,) * 4)),
        unit=DAYS,
        band=NormBand("norm", 0, 42),
        target=Reference("streefwaarde", 40),
    ),
    "bars": BarChart(
        title="Uitval",
        categories=PLACES,
        series=(Series("uitval", (0.12, HIDDEN, None), (0.1, None, None), (0.2, None, None)),),
        unit=SHARE,
        reference=Reference("regio", 0.11),
        emphasis="Delft",
    ),
    "stack": StackedBars(title="Uitstroom", categories=PLACES, parts=PARTS),
    "shares": StackedBars(title="Uitstroom", categories=PLACES, parts=PARTS, as_share=True),
    "columns": StackedBars(title="Uitstroom", categories=PLACES, parts=PARTS, columns=True),
    "funnel": FunnelChart(
        title="Uitval per aanbieder",
        points=tuple(FunnelPoint(f"Aanbieder {i}", 20 + i, 0.5, FAR) for i in range(8)),
        limits=LIMITS,
        centre=0.12,
        left_out=2,
    ),
    "fan": FanChart(
        title="Kosten",
        periods=PERIODS,
        history=(1e6, 2e6, None, None),
        median=(None, 2e6, 3e6, 4e6),
        low_80=(None, 2e6, 2e6, 3e6),
        high_80=(None, 2e6, 4e6, 5e6),
        low_95=(None, 2e6, 1e6, 2e6),
        high_95=(None, 2e6, 5e6, 6e6),
        budget=(2e6, 2e6, 3e6, 3e6),
        turning_point="2025-H2",
        turning_label="boven de begroting",
    ),
    "heat": HeatMap(
        title="Vertraging",
        rows=("2025-01", "2025-02"),
        columns=("0", "1"),
        values=((900, 100), (HIDDEN, None)),
    ),
    "bullet": BulletChart(
        title="Doelen",
        bullets=(Bullet("Uitval", 0.12, 0.1, 0.13, SHARE), Bullet("Kosten", HIDDEN, None, None)),
    ),
    "multiples": SmallMultiples(
        title="Per gemeente",
        periods=PERIODS,
        panels=tuple(Series(place, (1, 2, HIDDEN, 3)) for place in PLACES),
        common=Series("regio", (2, 2, 2, 2)),
    ),
    "timeline": Timeline(
        title="Planning",
        spans=(
            Span("Marktconsultatie", date(2026, 3, 1), date(2026, 1, 5), group="voorbereiding"),
            Span(
                "Publiceren van de aankondiging op TenderNed",
                date(2026, 5, 1),
                after=(0,),
                first_end=date(2026, 4, 1),
                group="voorbereiding",
            ),
            Span(
                "Beoordelen",
                date(2026, 9, 1),
                date(2026, 4, 15),
                date(2026, 7, 1),
                group="gunning",
                after=(1,),
                done_on=date(2026, 9, 3),
            ),
        ),
        today=date(2026, 6, 1),
    ),
    "waterfall": WaterfallChart(
        title="Van 2026 naar 2027",
        steps=(
            WaterfallStep("2026", 100_000_000, total=True),
            WaterfallStep("Meer of minder jeugdigen", 1_500_000),
            WaterfallStep("Maatregelen", -2_250_000.5),
            WaterfallStep("2027", 99_249_999.5, total=True),
        ),
        unit=EUROS,
    ),
    "waterfall from nothing": WaterfallChart(
        title="Van niets",
        steps=(
            WaterfallStep("vorig jaar", 10, total=True),
            WaterfallStep("daling", -14),
            WaterfallStep("dit jaar", -4, total=True),
        ),
    ),
    "sparkline": Sparkline(title="Uitval", periods=PERIODS, values=(1, HIDDEN, None, 4)),
}


@pytest.fixture(params=sorted(CHARTS))
def chart(request):
    return CHARTS[request.param]


@pytest.fixture(params=[WIDE, NARROW, 400])
def drawn(request, chart):
    return ElementTree.fromstring(chart.svg(id="grafiek", width=request.param))


def texts(drawn):
    return ["".join(node.itertext()) for node in drawn.iter(f"{SVG}text")]


def test_a_chart_names_and_describes_itself(drawn, chart):
    assert drawn.get("role") == "img"
    assert drawn.get("aria-labelledby") == "grafiek-title grafiek-desc"
    assert drawn.find(f"{SVG}title").text == chart.title
    assert drawn.find(f"{SVG}desc").text


def test_a_strict_policy_allows_every_part(drawn):
    assert {node.tag.removeprefix(SVG) for node in drawn.iter()} <= {
        "svg", "title", "desc", "rect", "line", "path", "circle", "text",
    }  # fmt: skip
    assert not [node for node in drawn.iter() for key in node.attrib if key in ("style", "onload")]


def test_no_text_runs_off_the_canvas(drawn):
    edge = float(drawn.get("width"))
    for node in drawn.iter(f"{SVG}text"):
        bold = node.get("font-weight") is not None
        wide = width_of(node.text, float(node.get("font-size")), bold=bold)
        share = {"middle": 0.5, "end": 1.0}.get(node.get("text-anchor"), 0.0)
        start = float(node.get("x")) - wide * share
        assert start >= -4, node.text
        assert start + wide <= edge + 4, node.text
        assert 0 < float(node.get("y")) <= float(drawn.get("height")), node.text


def test_no_label_covers_another(drawn):
    boxes = []
    for node in drawn.iter(f"{SVG}text"):
        size = float(node.get("font-size"))
        wide = width_of(node.text, size, bold=node.get("font-weight") is not None) * 0.9
        share = {"middle": 0.5, "end": 1.0}.get(node.get("text-anchor"), 0.0)
        left, base = float(node.get("x")) - wide * share, float(node.get("y"))
        boxes.append((left, base - size * 0.7, left + wide, base, node.text))
    clashes = [
        (a[4], b[4])
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert clashes == []


def test_the_same_figures_give_the_same_bytes(chart):
    assert chart.svg(id="a") == chart.svg(id="a")


def test_the_table_has_a_header_per_column(chart):
    table = chart.table()
    assert {len(row) for row in table.rows} == {len(table.headers)}
    assert table.caption.startswith(chart.title)


@pytest.mark.parametrize(
    "name", ["line", "bars", "stack", "shares", "columns", "heat", "multiples"]
)
def test_a_hidden_value_reads_as_such_in_drawing_and_table(name):
    drawn = ElementTree.fromstring(CHARTS[name].svg(id="a"))
    assert any("afgeschermd" in label for label in texts(drawn))
    assert any("afgeschermd" in row for row in CHARTS[name].table().rows)


def test_a_stack_with_a_hidden_part_gives_no_total_and_no_shares():
    assert CHARTS["stack"].table().rows[1] == (PLACES[1], "afgeschermd", "5", "–")
    labels = texts(ElementTree.fromstring(CHARTS["shares"].svg(id="a")))
    assert [label for label in labels if label.endswith("%")] == ["75%", "25%", "83%", "17%"]


def test_markup_and_control_characters_in_names_are_harmless():
    nasty = 'A<script>alert("x")</script>&\x00\x0b\ud800'
    chart = BarChart(title=nasty, categories=(nasty,), series=(Series(nasty, (1,)),))
    drawn = ElementTree.fromstring(chart.svg(id="a"))
    assert drawn.find(f"{SVG}title").text == 'A<script>alert("x")</script>&'
    assert not list(drawn.iter(f"{SVG}script"))


@pytest.mark.parametrize("bad", ["", "1a", "a b", 'a"onload="x', "é"])
def test_an_id_that_could_break_out_is_refused(bad):
    with pytest.raises(ValueError, match="not an id"):
        CHARTS["line"].svg(id=bad)


def test_series_that_do_not_match_their_periods_are_refused():
    with pytest.raises(ValueError, match="one value per period"):
        LineChart(title="x", periods=("2025-H1",), series=(Series("a", (1, 2)),))


def test_a_missing_value_breaks_the_line():
    whole = LineChart(title="x", periods=PERIODS, series=(Series("a", (1, 2, 3, 4)),))
    broken = LineChart(title="x", periods=PERIODS, series=(Series("a", (1, 2, None, 4)),))
    assert len(re.findall("<path", whole.svg(id="a"))) == 1
    points = re.findall(r'<path d="M([^"]+)"', broken.svg(id="a"))
    assert [path.count("L") + 1 for path in points] == [2]


def test_bar_lengths_are_in_proportion():
    chart = BarChart(title="x", categories=("a", "b"), series=(Series("n", (10, 5)),))
    drawn = ElementTree.fromstring(chart.svg(id="a"))
    fill = STYLES[0].colour
    wide = [float(r.get("width")) for r in drawn.iter(f"{SVG}rect") if r.get("fill") == fill]
    assert wide[0] == pytest.approx(2 * wide[1], abs=0.2)


@pytest.mark.parametrize("name", ["bars", "stack", "columns", "waterfall", "line", "fan"])
def test_a_drawing_says_that_its_figures_are_millions(name):
    said = texts(ElementTree.fromstring(replace(CHARTS[name], unit=MILLIONS).svg(id="a")))
    assert any("miljoen euro" in words for words in said)


def test_figures_read_in_dutch():
    assert SHARE.show(0.1234) == "12,3%"
    assert MILLIONS.show(-4_150_000) == "−€ 4,2"
    assert COUNT.show(1234) == "1.234"
    assert COUNT.show(None) == "–"
    assert Unit("x", decimals=1).show(-0.01) == "0,0"
    assert DAYS.tick(2.5, 2.5) == "2,5"


def test_every_colour_may_be_text_on_white():
    assert min(contrast(style.colour, PAPER) for style in STYLES) >= 4.5
    assert min(contrast(ink_on(shade), shade) for shade in HEAT) >= 4.5


def test_series_differ_without_colour():
    first = STYLES[:6]
    assert len({style.marker for style in first}) == 6
    assert len({style.dash for style in first}) == 6
    assert len({style.pattern for style in first}) == 6


def test_slippage_is_drawn_from_the_first_planning_and_told():
    chart = CHARTS["timeline"]
    assert [span.days_later for span in chart.spans] == [0, 30, 64]  # 1 April-1 May; 1 July-3 Sep.
    assert "Beoordelen het meest, 64 dagen later" in chart.svg(id="t")
    assert chart.table().rows[1][5:] == ("30 dagen later", "Marktconsultatie")


def test_a_step_that_begins_before_the_one_it_waits_for_is_seen():
    notice, judging = CHARTS["timeline"].spans[1:]
    assert CHARTS["timeline"].is_early(judging, notice)  # 15 April, before 1 May
