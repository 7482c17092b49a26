"""The Netherlands beside our own: ratios that both can give, as background and never a ranking."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.periods import HalfYear

from ..enums import NationalMeasure
from .book import Book, Cell
from .content import NationalLine
from .points import NOTHING, Kind, Point

A_YEAR = 2


@dataclass(frozen=True)
class Counted:
    """One count of CBS for the whole of the Netherlands."""

    half_year: str
    measure: str
    value: int
    status: str
    source: str


def national_lines(book: Book, cell: Cell, counts: Iterable[Counted]) -> tuple[NationalLine, ...]:
    """What can be compared, each with the newest half-year that CBS has all numbers of."""
    known = {(c.half_year, c.measure): c for c in counts}
    found = (_growth(book, cell, known), _stay(book, cell, known), _ended(book, cell, known))
    return tuple(line for line in found if line is not None)


Known = dict[tuple[str, str], Counted]


def _growth(book: Book, cell: Cell, known: Known) -> NationalLine | None:
    for half in _halves(known, NationalMeasure.YOUTHS):
        before = known.get((HalfYear.parse(half).shift(-A_YEAR).label, NationalMeasure.YOUTHS))
        if before and before.value:
            now = known[half, NationalMeasure.YOUTHS]
            here = change_of(
                book.point("clients", cell), book.point("clients", cell, book.half.shift(-A_YEAR))
            )
            there = now.value / before.value - 1
            return _line("Verandering van het aantal jeugdigen in een jaar", here, there, now)
    return None


def _stay(book: Book, cell: Cell, known: Known) -> NationalLine | None:
    return _ratio(
        "Aandeel jeugdigen met verblijf",
        share_of(book.point("clients_stay", cell), book.point("clients", cell)),
        (NationalMeasure.WITH_STAY, NationalMeasure.YOUTHS),
        known,
    )


def _ended(book: Book, cell: Cell, known: Known) -> NationalLine | None:
    return _ratio(
        "Gestopte trajecten als deel van de gestarte",
        share_of(book.point("outflow", cell), book.point("inflow", cell)),
        (NationalMeasure.OUTFLOW, NationalMeasure.INFLOW),
        known,
    )


def _ratio(name: str, here: Point, measures: tuple[str, str], known: Known) -> NationalLine | None:
    part, whole = measures
    for half in _halves(known, part):
        total = known.get((half, whole))
        if total and total.value:
            counted = known[half, part]
            return _line(name, here, counted.value / total.value, counted)
    return None


def _halves(known: Known, measure: str) -> list[str]:
    return sorted({half for half, code in known if code == measure}, reverse=True)


def _line(name: str, here: Point, there: float, counted: Counted) -> NationalLine | None:
    if here == NOTHING:
        return None
    return NationalLine(
        name=name,
        kind=Kind.SHARE,
        here=here,
        there=there,
        half_year_title=HalfYear.parse(counted.half_year).title,
        status=counted.status,
        source=counted.source,
    )


def share_of(part: Point, whole: Point) -> Point:
    """A ratio of two shown numbers; hidden as soon as one of them is."""
    if part.hidden or whole.hidden:
        return Point(hidden=True)
    if part.value is None or not whole.value:
        return NOTHING
    return Point(part.value / whole.value)


def change_of(now: Point, before: Point) -> Point:
    ratio = share_of(now, before)
    return Point(ratio.value - 1) if ratio.value is not None else ratio
