"""The frozen figures that an edition may say, as its book reads them."""

from collections.abc import Iterable
from datetime import date

from core.periods import HalfYear
from monitoring.enums import Kind as MonitoringKind
from monitoring.indicators import INDICATORS, Indicator
from monitoring.models import FigureSet, IndicatorValue
from monitoring.queries.wanted import in_force_in
from providers.models import Provider
from segments.enums import TargetKind
from segments.models import IndicatorDefinition, SegmentScheme, Target

from ..domain.book import Book, Cell, Measure
from ..domain.content import AgreedLine, AgreedOf
from ..domain.points import HIDDEN, Kind, Point, TargetLine
from ..domain.sentences import amount

KINDS = {
    MonitoringKind.COUNT: Kind.COUNT,
    MonitoringKind.SHARE: Kind.SHARE,
    MonitoringKind.MONEY_SHARE: Kind.SHARE,
    MonitoringKind.MEAN: Kind.MARK,
    MonitoringKind.RATE: Kind.RATE,
    MonitoringKind.PERCENTILE: Kind.DAYS,
    MonitoringKind.MONEY: Kind.MONEY,
    MonitoringKind.INDEX: Kind.INDEX,
}
# Counts of which chance says nothing: a test for counts of events would claim too much.
TOTALS = ("stay_days", "providers")
CELL = ("pk", "code", "municipality", "segment", "category", "provider")
# In the order of the fields of a point.
NUMBERS = ("value", "numerator", "denominator", "low", "high")
MESSAGES = "berichtenverkeer iJw"
DELIVERED = "aanlevering door aanbieders"


def measures(scheme: SegmentScheme) -> dict[str, Measure]:
    """Every computed indicator, and those that the region added itself."""
    known = {
        i.code: Measure(
            code=i.code,
            name=i.name,
            kind=kind_of(i),
            polarity=i.polarity.value,
            definition=i.definition,
            source=MESSAGES,
        )
        for i in INDICATORS
    }
    own = IndicatorDefinition.objects.filter(region=scheme.region, is_computed=False)
    for row in own.order_by("version"):
        known[row.code] = Measure(
            row.code, row.name, Kind.SHARE, row.polarity, row.definition, DELIVERED
        )
    return known


def kind_of(indicator: Indicator) -> Kind:
    """How an edition shows the indicator, and what it may say of a change."""
    if indicator.code in TOTALS:
        return Kind.TOTAL
    if indicator.unit.prefix.startswith("€"):
        return Kind.MONEY
    return KINDS[indicator.kind]


def targets(
    scheme: SegmentScheme, kinds: dict[str, Measure], day: date
) -> dict[tuple[str, str, str], TargetLine]:
    """By (code, segment, category): what was agreed with all and held on a day, else what the
    strategy of the region names."""
    found = _of_strategy(scheme, kinds)
    for code, held in agreed_in(scheme, day).items():
        found |= {(ln.code, code, ""): ln.target for ln in held.lines if ln.code in kinds}
    return found


def agreed_in(scheme: SegmentScheme, day: date, agb_code: str = "") -> dict[str, AgreedOf]:
    """By the code of the segment, where something was agreed: with a provider, else with all."""
    segments = list(scheme.segments.all())
    provider = Provider.objects.filter(region=scheme.region, agb_code=agb_code).first()
    held = in_force_in(segments, day, provider)
    return {
        segment.code: AgreedOf(
            segment.code,
            one.told,
            tuple(
                AgreedLine(code, TargetLine(wanted.text, wanted.value, wanted.year, one.told))
                for code, wanted in one.by_code.items()
                if wanted.text
            ),
        )
        for segment in segments
        if (one := held[segment.pk]).version is not None
    }


def _of_strategy(
    scheme: SegmentScheme, kinds: dict[str, Measure]
) -> dict[tuple[str, str, str], TargetLine]:
    rows = Target.objects.filter(scheme=scheme).select_related("indicator", "segment")
    return {
        (t.indicator.code, t.segment.code if t.segment else "", t.category): target_line(
            t, kinds[t.indicator.code].kind
        )
        for t in rows
        if t.indicator.code in kinds
    }


def target_line(target: Target, kind: Kind) -> TargetLine:
    """As people read it; a number only where it is a level that a figure can stand beside."""
    level = (
        float(target.value)
        if target.kind == TargetKind.NUMBER and target.value is not None and not target.is_relative
        else None
    )
    text = target.text or (amount(kind, level) if level is not None else target.get_kind_display())
    if target.is_assumption:
        text += " (aanname)"
    return TargetLine(text=text, value=level, year=target.target_year, source=target.source)


def fill(book: Book, figure_set: FigureSet, hidden: Iterable[int] = ()) -> None:
    """Put the values of one half-year in the book; those whose id is hidden stay away."""
    half, away = HalfYear.parse(figure_set.half_year).label, frozenset(hidden)
    # Plain rows: of tens of thousands of objects the making would take longer than the reading.
    rows = IndicatorValue.objects.filter(figure_set=figure_set).values_list(*CELL, *NUMBERS)
    for pk, code, municipality, segment, category, provider, *numbers in rows.iterator():
        cell = Cell(municipality, segment, category, provider)
        value, numerator, denominator, low, high = map(_number, numbers)
        point = Point(value, numerator, denominator, low, high)
        book.values[half, code, cell] = HIDDEN if pk in away else point


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
