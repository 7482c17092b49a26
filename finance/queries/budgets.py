"""Which budget holds for a cell, and how given amounts compare with computed ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from django.db.models import QuerySet

from core.money import euros
from core.periods import HalfYear

from ..enums import BudgetKind, BudgetStatus, Rounding
from ..models import Budget, IndexRule
from ..models.budgets import as_given
from .extent import Extent

Place = tuple[str, str]


@dataclass(frozen=True)
class BudgetFigure:
    """The budget of a cell for a period, in euros, and how it came about.

    `halved`: half of a year's amount, because no half was given. `parts`: how many given amounts
    it adds up (1: given as such).
    """

    amount: Decimal
    halved: bool
    parts: int
    circa: bool
    fictitious: bool
    decided: bool
    sources: tuple[str, ...]
    scopes: tuple[str, ...]
    # How precisely it was given; parts of different precision add up to an exact amount.
    rounding: str = Rounding.EXACT

    @property
    def shown(self) -> str:
        return as_given(self.amount, self.rounding, circa=self.circa)


class BudgetBook:
    """All budgets of a region that count, read once: the latest decided version of each, or the
    latest proposal where nothing was decided. Only of one kind: care in kind, as a rule."""

    def __init__(
        self,
        region_id: int,
        *,
        year: int | None = None,
        kind: BudgetKind = BudgetKind.CARE_IN_KIND,
    ) -> None:
        rows = Budget.objects.filter(region_id=region_id, kind=kind)
        if year is not None:
            # The year before tells which parts there are.
            rows = rows.filter(year__in=(year - 1, year))
        self._region_id = region_id
        self._rows: dict[int, dict[Place, list[Budget]]] = defaultdict(lambda: defaultdict(list))
        for row in counting(rows.select_related("municipality").order_by("version")):
            self._rows[row.year][_place(row)].append(row)

    def of_year(
        self, year: int, *, municipality: str | None = None, segment: str | None = None
    ) -> BudgetFigure | None:
        """The budget of a year; halves add up when both are given."""
        rows = self._best(year, municipality or "", segment or "")
        return _figure([(row, row.amount) for row in rows], halved=False) if rows else None

    def of_half_year(
        self, half_year: HalfYear, *, municipality: str | None = None, segment: str | None = None
    ) -> BudgetFigure | None:
        """The budget of a half-year; half of the year's where no half is given."""
        rows = self._best(half_year.year, municipality or "", segment or "")
        fitting = [row for row in rows if row.half in (None, half_year.half)]
        parts = [(row, row.amount if row.half else row.amount / 2) for row in fitting]
        return _figure(parts, halved=any(row.half is None for row in fitting)) if parts else None

    def _best(self, year: int, municipality: str, segment: str) -> list[Budget]:
        """Amounts given for the cell itself, or else parts when all that there are are there."""
        found = _amounts_of(self._rows.get(year, {}), municipality, segment)
        places = {_place(row) for row in found}
        exact = places == {(municipality, segment)}
        return found if exact or self._are_all(year, municipality, segment, places) else []

    def _are_all(
        self, year: int, municipality: str, segment: str, places: Collection[Place]
    ) -> bool:
        """Whether these parts are all there are: of all that had an amount in the year before and
        still exist. While amounts are coming in, a few of them say nothing about the whole."""
        before = _amounts_of(self._rows.get(year - 1, {}), municipality, segment)
        return all(
            any(_overlap(place, one) for one in places)
            for place in {_place(row) for row in before}
            if self._extent.exists(year, *place)
        )

    @cached_property
    def _extent(self) -> Extent:
        return Extent.of(self._region_id)


def adding_up(rows: Iterable[Budget]) -> set[int]:
    """Of budgets in force those that add up to what is there for a year and kind of care, without
    counting the same money twice: no lots, parts or halves beside the amount that they are of."""
    groups: dict[tuple[int, str], dict[Place, list[Budget]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        groups[row.year, row.kind][_place(row)].append(row)
    return {row.pk for places in groups.values() for row in _amounts_of(places, "", "")}


def _amounts_of(
    places: Mapping[Place, Sequence[Budget]], municipality: str, segment: str
) -> list[Budget]:
    """Amounts given for the cell itself, or else the coarsest parts that add up to it, of
    municipalities before those of segments; only where there are none at all, amounts per lot."""
    for lots in (False, True):
        of_kind = {
            place: own
            for place, rows in sorted(places.items())
            if (own := [row for row in rows if bool(row.lot_id) == lots])
        }
        if found := _parts_of(of_kind, municipality, segment):
            return _without_doubles(found)
    return []


def _parts_of(
    places: Mapping[Place, list[Budget]], municipality: str, segment: str
) -> list[Budget]:
    """Of the whole region each municipality for itself where one has a total, else each segment:
    one may be given as a total and another in parts."""
    if (municipality, segment) in places:
        return places[municipality, segment]
    cells = [
        row
        for place, rows in places.items()
        if all(place) and municipality in ("", place[0]) and segment in ("", place[1])
        for row in rows
    ]
    if municipality or segment:
        return cells
    if any(place and not part for place, part in places):
        own = sorted({place for place, _ in places if place})
        return [row for place in own for row in _parts_of(places, place, "")]
    if any(part and not place for place, part in places):
        own = sorted({part for _, part in places if part})
        return [row for part in own for row in _parts_of(places, "", part)]
    return cells


def _overlap(one: Place, other: Place) -> bool:
    """Whether an amount of one may be about money of the other; '' is all of them."""
    return all(a == b or "" in (a, b) for a, b in zip(one, other, strict=True))


def _without_doubles(rows: list[Budget]) -> list[Budget]:
    """Where halves are given beside the whole year, the halves count when both are there."""
    kept: list[Budget] = []
    groups: dict[tuple[Place, str], list[Budget]] = defaultdict(list)
    for row in rows:
        groups[_place(row), row.subject].append(row)
    for group in groups.values():
        halves = [row for row in group if row.half]
        whole = [row for row in group if not row.half]
        kept += halves if len(halves) == 2 or not whole else whole
    return kept


def counting(rows: Iterable[Budget]) -> list[Budget]:
    """Of every budget the version that counts; `rows` in the order of their versions."""
    latest: dict[tuple[object, ...], Budget] = {}
    for row in rows:
        if row.status == BudgetStatus.DROPPED:
            continue
        key = (
            row.municipality_id, row.segment, row.lot_id, row.subject, row.kind, row.year, row.half,
        )  # fmt: skip
        if key not in latest or row.is_decided or not latest[key].is_decided:
            latest[key] = row
    return list(latest.values())


def _place(row: Budget) -> Place:
    return (row.municipality.gm_code if row.municipality else "", row.segment)


def _figure(parts: Sequence[tuple[Budget, Decimal]], *, halved: bool) -> BudgetFigure:
    rows = [row for row, _ in parts]
    return BudgetFigure(
        amount=sum((amount for _, amount in parts), Decimal(0)),
        halved=halved,
        parts=len(rows),
        circa=any(row.circa for row in rows),
        fictitious=any(row.fictitious for row in rows),
        decided=all(row.is_decided for row in rows),
        sources=tuple(dict.fromkeys(row.source for row in rows if row.source)),
        scopes=tuple(dict.fromkeys(row.scope for row in rows if row.scope)),
        rounding=_one_rounding(rows) if not halved else Rounding.EXACT,
    )


def _one_rounding(rows: Sequence[Budget]) -> str:
    found = {row.rounding for row in rows}
    return found.pop() if len(found) == 1 else Rounding.EXACT


def budget_for(
    *,
    region_id: int,
    half_year: HalfYear,
    municipality: str | None = None,
    segment: str | None = None,
) -> BudgetFigure | None:
    """The budget of a cell for a half-year; None where none is known. For many cells of one
    region, keep a BudgetBook and ask that."""
    book = BudgetBook(region_id, year=half_year.year)
    return book.of_half_year(half_year, municipality=municipality, segment=segment)


@dataclass(frozen=True)
class ComputedYear:
    """A given amount beside last year's with the index: the difference is shown, never used."""

    budget: Budget
    computed: Decimal | None
    percentage: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.computed is None else self.budget.amount - self.computed


def compared_with_index(
    budgets: QuerySet[Budget], rules: QuerySet[IndexRule]
) -> dict[int, ComputedYear]:
    """By budget id: what last year's amount would be with the index of 1 January."""
    percentages = {rule.year: rule.percentage for rule in rules}
    series: dict[tuple[object, ...], list[Budget]] = defaultdict(list)
    for row in counting(budgets.order_by("year", "version")):
        series[
            row.municipality_id, row.segment, row.lot_id, row.subject, row.kind, row.half
        ].append(row)
    compared = {}
    for rows in series.values():
        for before, after in pairwise(sorted(rows, key=lambda row: row.year)):
            rise = percentages.get(after.year)
            if after.year == before.year + 1 and rise is not None:
                computed = euros(before.amount * (1 + rise / 100))
                compared[after.pk] = ComputedYear(after, computed, rise)
    return compared
