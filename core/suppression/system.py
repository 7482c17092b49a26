"""Cells and equations as numbers: the form in which an attacker would write them down."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.suppression.model import Key, Publication, Sum, Thresholds, unique_keys

COMPLEMENT = "complement of"
SHOWN_COST, SILENT_COST, TOTAL_COST = 1.0, 0.01, 4.0


@dataclass
class Cell:
    """A number; one that is `small` or `kept` hidden must be free to move by `down` and `up`.

    `clients` stand behind an amount; a count has none.
    """

    value: float
    floor: float
    cost: float
    small: bool
    down: float
    up: float
    kept: bool = False
    fixed: bool = False
    clients: int | None = None

    @property
    def sensitive(self) -> bool:
        return self.small or self.kept


@dataclass(frozen=True)
class System:
    cells: dict[Key, Cell]
    sums: tuple[Sum, ...]

    def components(self) -> list[tuple[list[Key], list[Sum]]]:
        """Cells that are tied together by sums, and the sums that tie them."""
        leader = {key: key for key in self.cells}

        def find(key: Key) -> Key:
            while leader[key] != key:
                leader[key] = leader[leader[key]]
                key = leader[key]
            return key

        for equation in self.sums:
            for part in equation.parts:
                leader[find(part)] = find(equation.total)
        groups: dict[Key, tuple[list[Key], list[Sum]]] = {}
        for key in self.cells:
            groups.setdefault(find(key), ([], []))[0].append(key)
        for equation in self.sums:
            groups[find(equation.total)][1].append(equation)
        return list(groups.values())


def build_system(publication: Publication, thresholds: Thresholds) -> System:
    """Cells with what each needs; a share brings its complement along as a silent cell.

    ValueError for a key given twice, a sum of unknown cells or one that does not add up.
    """
    unique_keys([*(c.key for c in publication.counts), *(a.key for a in publication.amounts)])
    cells = {c.key: cell_of_count(c.value, thresholds, shown=c.shown) for c in publication.counts}
    for amount in publication.amounts:
        small = amount.clients < thresholds.cases or amount.providers < thresholds.providers
        nothing = amount.clients == 0 and amount.value == 0
        cells[amount.key] = cell_of_amount(
            float(amount.value), thresholds, small and not nothing, shown=amount.shown
        )
        cells[amount.key].clients = amount.clients
    sums = [*publication.sums, *_complements(publication, cells, thresholds)]
    _check(sums, cells)
    _price_totals(sums, cells)
    for key in (publication.published | publication.own) & cells.keys():
        cells[key].fixed = True
    for key in publication.keep_hidden & cells.keys():
        cells[key].kept = True
    return System(cells, tuple(sums))


def cell_of_count(value: int, thresholds: Thresholds, *, shown: bool = True) -> Cell:
    """A small count must be able to be anything from 0 to the threshold, others as wide."""
    if value < 0:
        raise ValueError("a count cannot be negative")
    small = 0 < value < thresholds.cases
    cost = SHOWN_COST if shown else SILENT_COST
    down = min(value, thresholds.cases if small else thresholds.cases // 2)
    return Cell(value, 0.0, cost, small, down, thresholds.cases - down)


def cell_of_amount(
    value: float, thresholds: Thresholds, small: bool, *, shown: bool = True
) -> Cell:
    """An attacker takes an amount to be positive, unless it is not."""
    margin = max(abs(value) * thresholds.margin, 0.01)
    floor = min(0.0, 2 * value)
    down = min(margin, value - floor)
    cost = SHOWN_COST if shown else SILENT_COST
    return Cell(value, floor, cost, small, down, 2 * margin - down)


def _complements(
    publication: Publication, cells: dict[Key, Cell], thresholds: Thresholds
) -> Iterable[Sum]:
    for share in publication.shares:
        key = (COMPLEMENT, share.key)
        rest = cells[share.denominator].value - cells[share.numerator].value
        cells[key] = cell_of_count(round(rest), thresholds, shown=False)
        yield Sum(share.denominator, (share.numerator, key))


def _check(sums: Iterable[Sum], cells: dict[Key, Cell]) -> None:
    for equation in sums:
        unknown = [key for key in (equation.total, *equation.parts) if key not in cells]
        if unknown:
            raise ValueError(f"sum of unknown cell {unknown[0]!r}")
        unique_keys((equation.total, *equation.parts))
        total = cells[equation.total].value
        gap = abs(total - sum(cells[part].value for part in equation.parts))
        if gap > 0.005 + abs(total) * 1e-9:
            raise ValueError(f"the parts of {equation.total!r} do not add up: {gap:g} apart")


def _price_totals(sums: Iterable[Sum], cells: dict[Key, Cell]) -> None:
    """Hiding a total costs more than hiding a part: readers miss it more."""
    for total in {equation.total for equation in sums}:
        cells[total].cost *= TOTAL_COST
