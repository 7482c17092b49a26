"""What holds between the quantities of a publication, because an attacker knows it too."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.suppression import Key, Sum

from ..enums import Cell
from .draft import Draft
from .quantities import REGION, Nature, Place, Quantity, nature_of

# A quantity and the groups of quantities that are parts of it, in every cell. What a group leaves
# over is a number as well, and protected where it is small.
REFERRERS = tuple(
    f"referrer_share_{code}" for code in ("01", "02", "03", "04", "05", "06", "08", "unknown")
)
PARTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "inflow": (REFERRERS, ("wait_within_norm/noemer",)),
    "outflow": (
        (
            "outflow_plan", "outflow_provider", "outflow_domain", "dropout_rate",
            "end_reason:02", "end_reason:35",
        ),
        ("heavy_to_light/noemer", "lighter_to_heavier/noemer"),
    ),
    "dropout_rate": (("dropout_rate:onesided", "end_reason:34"),),
    "dropout_rate:onesided": (("end_reason:32", "end_reason:33"),),
    "missing_stop_share/noemer": (("missing_stop_share", "outflow"),),
    "spend_submitted": (("spend", "refused_share"),),
    "satisfaction_youth/noemer": (
        ("satisfaction_youth:forced/noemer", "satisfaction_youth:free/noemer"),
    ),
    "satisfaction_parent/noemer": (
        ("satisfaction_parent:forced/noemer", "satisfaction_parent:free/noemer"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Rest:
    """What a total has beyond its parts, or its parts together, or these beyond the total."""

    of: Quantity
    parts: object
    what: str
    division: int = 0


def add_relations(draft: Draft) -> None:
    """Add the sums over cells, and those over parts within a cell."""
    quantities = [key for key in (*draft.counts, *draft.amounts) if isinstance(key, Quantity)]
    tables: dict[tuple[object, str], dict[Place, Quantity]] = defaultdict(dict)
    for quantity in quantities:
        tables[quantity.half, quantity.name][quantity.place] = quantity
    for cells in tables.values():
        for margin in _margins(cells):
            _add_sum(draft, margin)
    for quantity in quantities:
        for names in PARTS.get(quantity.name, ()):
            _add_parts(draft, quantity, names)


@dataclass(frozen=True)
class Margin:
    """A total with its parts: over municipalities, or the segments or categories of a scheme."""

    total: Quantity
    over: Cell
    parts: tuple[Quantity, ...]
    division: int

    def rest(self, what: str) -> Rest:
        return Rest(self.total, self.over, what, self.division)


def _margins(cells: dict[Place, Quantity]) -> Iterator[Margin]:
    groups: dict[tuple[Place, Cell, int], list[Quantity]] = defaultdict(list)
    for place, quantity in cells.items():
        for whole, dimension in _wholes(place):
            groups[whole, dimension, place.division].append(quantity)
    for (whole, dimension, division), parts in groups.items():
        if whole in cells:
            yield Margin(cells[whole], dimension, tuple(parts), division)


def _wholes(place: Place) -> Iterator[tuple[Place, Cell]]:
    """The cells of which a cell is a part, and over what they are split."""
    kind = place.kind
    if kind is Cell.MUNICIPALITY_SEGMENT:
        yield Place(segment=place.segment, division=place.division), Cell.MUNICIPALITY
        yield Place(municipality=place.municipality), Cell.SEGMENT
    elif kind is not Cell.REGION:
        yield REGION, kind


def _add_sum(draft: Draft, margin: Margin) -> None:
    """The total is its parts, and perhaps something that stands in none of them."""
    total, parts = margin.total, margin.parts
    gap = draft.value(total) - sum(draft.value(part) for part in parts)
    nature, rest = nature_of(total.name), margin.rest("rest")
    if gap == 0:
        draft.sums.append(Sum(total, parts))
    elif nature is Nature.AMOUNT:
        draft.add_slack(rest, gap)
        draft.sums.append(Sum(total, (*parts, rest)))
    elif gap > 0:
        draft.add_rest(rest, gap)
        draft.sums.append(Sum(total, (*parts, rest)))
    elif nature is Nature.YOUTHS:
        _add_overlapping(draft, margin, -gap)


def _add_overlapping(draft: Draft, margin: Margin, overlap: Decimal) -> None:
    """Youths who stand in several parts.

    Hardly anyone does in two municipalities, so an attacker may take that number to be known;
    how many do in two segments is told nowhere.
    """
    together, twice = margin.rest("together"), margin.rest("twice")
    draft.add_slack(together, draft.value(margin.total) + overlap)
    draft.add_slack(twice, overlap)
    if margin.over is Cell.MUNICIPALITY:
        draft.certain.add(twice)
    draft.sums.append(Sum(together, (margin.total, twice)))
    draft.sums.append(Sum(together, margin.parts))


def _add_parts(draft: Draft, whole: Quantity, names: Sequence[str]) -> None:
    """The parts of a quantity that are told in its cell, and the rest."""
    places = (Quantity(whole.half, name, whole.place) for name in names)
    parts: list[Key] = [part for part in places if part in draft]
    if not parts or (len(parts) == 1 and (parts[0], whole) in draft.pairs):
        return
    gap = draft.value(whole) - sum(draft.value(part) for part in parts)
    if gap < 0:
        return
    if gap > 0:
        rest = Rest(whole, tuple(names), "rest")
        if nature_of(whole.name) is Nature.AMOUNT:
            draft.add_slack(rest, gap)
        else:
            draft.add_rest(rest, gap)
        parts.append(rest)
    draft.sums.append(Sum(whole, tuple(parts)))
