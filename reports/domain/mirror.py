"""A provider's own figures beside its segment: no ranking, and said when chance explains it."""

from core.formats import percent

from .book import Book, Cell
from .chapters import SEGMENT_FIGURES
from .content import MirrorLine, MirrorSegment, MirrorTrend, Statement
from .plan import EditionPlan, SegmentPlan
from .points import Kind, Point
from .sentences import shown

# Drawn beside the segment's, the first that has values: counts of one provider and of all on one
# scale would show nothing.
TRENDS = ("wait_p50", "dropout_rate", "duration_p50")
FEWEST_CASES = 10
MOST_TOLD = 5
# Say something of all providers together only.
OF_THE_MARKET = ("providers", "top_share_3", "top_share_7", "hhi")


def mirror(plan: EditionPlan) -> tuple[MirrorSegment, ...]:
    """The segments in which the provider has youths now or had them a year ago."""
    found = (_segment(plan, segment) for segment in plan.segments)
    return tuple(segment for segment in found if segment is not None)


def _segment(plan: EditionPlan, segment: SegmentPlan) -> MirrorSegment | None:
    own = Cell(segment=segment.code, provider=plan.provider)
    named = (code for goal in segment.goals for code in goal.indicators)
    agreed = plan.agreed.get(segment.code)
    held = (line.code for line in agreed.lines) if agreed else ()
    codes = [c for c in dict.fromkeys((*SEGMENT_FIGURES, *named, *held)) if c not in OF_THE_MARKET]
    lines = tuple(
        line for code in codes if (line := _line(plan.book, code, segment.code, own)) is not None
    )
    if not any(line.own.value or line.year_ago.value for line in lines):
        return None
    trends = (_trend(plan, code, segment, own) for code in TRENDS)
    return MirrorSegment(
        code=segment.code,
        name=segment.name,
        definition=segment.definition,
        lines=lines,
        trend=next((t for t in trends if t is not None), None),
    )


def _line(book: Book, code: str, segment: str, own: Cell) -> MirrorLine | None:
    measure = book.measures.get(code)
    now = book.point(code, own)
    if measure is None or now.value is None:
        return None
    whole = book.point(code, Cell(segment=segment))
    return MirrorLine(
        code=code,
        name=measure.name,
        kind=measure.kind,
        own=now,
        year_ago=book.point(code, own, book.half.shift(-2)),
        segment=whole,
        verdict=verdict(measure.kind, now, whole),
    )


def verdict(kind: Kind, own: Point, segment: Point) -> str:
    """What may be said of the difference: only of a share, and only when chance does not explain
    it. Of counts and money it is the part that the provider has in the segment."""
    if not segment.known or own.value is None or segment.value is None:
        return ""
    if kind in (Kind.COUNT, Kind.MONEY):
        return f"{percent(own.value / segment.value, 0)} van het segment" if segment.value else ""
    if kind != Kind.SHARE or own.low is None or own.high is None:
        return ""
    if (own.denominator or 0) < FEWEST_CASES:
        return "te weinig gevallen om te vergelijken"
    if own.low <= segment.value <= own.high:
        return "verschil kan toeval zijn"
    word = "hoger" if own.value > segment.value else "lager"
    return f"{word} dan toeval verklaart"


def _trend(plan: EditionPlan, code: str, segment: SegmentPlan, own: Cell) -> MirrorTrend | None:
    measure = plan.book.measures.get(code)
    if measure is None:
        return None
    lines = [
        tuple(plan.book.point(code, cell, half) for half in plan.history)
        for cell in (own, Cell(segment=segment.code))
    ]
    if sum(point.known for point in lines[0]) < 2:
        return None
    labels = tuple(half.label for half in plan.history)
    return MirrorTrend(measure.name, measure.kind, labels, *lines)


def told(segments: tuple[MirrorSegment, ...]) -> tuple[Statement, ...]:
    """What stands out, or that nothing does."""
    found = [
        Statement(f"{segment.name}. {_told(line)}", "note")
        for segment in segments
        for line in segment.lines
        if line.verdict.endswith("toeval verklaart")
    ]
    if found:
        return tuple(found[:MOST_TOLD])
    return (Statement("Bij u wijkt geen cijfer zo van uw segmenten af dat toeval het uitsluit."),)


def _told(line: MirrorLine) -> str:
    kind = Kind(line.kind)
    return (
        f"{line.name}: bij u {shown(kind, line.own)}, in het segment {shown(kind, line.segment)}. "
        f"Dat is {line.verdict}. Het is een reden voor een gesprek, geen oordeel."
    )
