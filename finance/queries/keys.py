"""What keys rest on, and what comes out: shares and amounts per municipality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from care.queries.known import last_run
from core import clock
from regions.models import Municipality, Region, YouthPopulation
from regions.queries.membership import memberships_of, municipalities_of
from segments.enums import Participation
from segments.models import Segment, SegmentParticipation, SegmentScheme

from ..domain.allocation import split_euros
from ..domain.keys import (
    Facts,
    Rules,
    Settled,
    Shares,
    Weights,
    chained,
    settle,
    shares_of,
    swing,
)
from ..models import AllocationKey, KeyBasis
from .movements import View, payments, yearly_rows

CENT = Decimal("0.01")
ONE = Fraction(1)
Spent = dict[tuple[str, str, str, int], int]


class KeyBook:
    """Everything that keys of a region rest on, read once: spend per year and product, youths,
    participation, and who belongs to the region (`municipalities`: now). `scheme` says what belongs
    to a segment."""

    def __init__(self, region: Region, scheme: SegmentScheme) -> None:
        self.region, self.scheme = region, scheme
        today = clock.today()
        places = municipalities_of(region, today).order_by("gm_code")
        self.municipalities = {place.gm_code: place for place in places}
        self.memberships = list(memberships_of(region).order_by("municipality__gm_code"))
        view = View(region.pk, scheme.pk, max(today, scheme.valid_from), today, last_run(region.pk))
        self.spent = _spent(view)
        self.youths = _youths(region)
        rows = SegmentParticipation.objects.filter(segment__scheme=scheme)
        self.taking_part = {
            (row.municipality.gm_code, row.segment.code): row
            for row in rows.select_related("municipality", "segment")
            if row.participation != Participation.FULL
        }
        self.fixed = {
            (row.key_id, row.year, row.segment): Facts.from_json(row.facts)
            for row in KeyBasis.objects.filter(key__region=region)
        }

    def members(self, year: int) -> list[str]:
        """Who belongs to the region in a year; a year of before it began has who belong now."""
        begin, after = date(year, 1, 1), date(year + 1, 1, 1)
        found = {
            one.municipality.gm_code
            for one in self.memberships
            if one.valid_from < after and (one.valid_to is None or one.valid_to > begin)
        }
        return sorted(found or self.municipalities)

    def named(self, code: str) -> Municipality:
        known = (one.municipality for one in self.memberships)
        return next(place for place in known if place.gm_code == code)

    def use(
        self, segment: str, years: Sequence[int], places: Iterable[str] | None = None
    ) -> dict[str, Decimal]:
        """Euros per municipality (of `places`, else who belong now) over years, in a segment or in
        all: of what it buys with the region now."""
        asked_of = self.municipalities if places is None else places
        found: dict[str, Decimal] = {code: Decimal(0) for code in asked_of}
        for (place, code, product, year), cents in self.spent.items():
            asked = place in found and segment in ("", code) and year in years
            if asked and self._is_shared(place, code, product):
                found[place] += Decimal(cents).scaleb(-2)
        return found

    def population(self, year: int) -> dict[str, int]:
        """Youths at the last count on or before the end of the year before; else the first."""
        return {code: self._count(code, year) for code in self.members(year)}

    def _count(self, code: str, year: int) -> int:
        counts = self.youths.get(code, [])
        before = [count for counted, count in counts if counted < year]
        return before[-1] if before else (counts[0][1] if counts else 0)

    def parts(
        self, segment: str, years: Sequence[int], places: Iterable[str] | None = None
    ) -> dict[str, Fraction]:
        """Which part of the segment (or of all) each municipality buys with the region: by what
        those who buy everything spend on the same products."""
        asked_of = self.municipalities if places is None else places
        return {code: self._part(code, segment, years) for code in asked_of}

    def _part(self, municipality: str, segment: str, years: Sequence[int]) -> Fraction:
        mine = whole = 0
        not_all = {place for place, code in self.taking_part if segment in ("", code)}
        for (place, code, product, year), cents in self.spent.items():
            if segment not in ("", code) or year not in years:
                continue
            if place in not_all:
                continue
            whole += cents
            mine += cents if self._buys(municipality, code, product) else 0
        if whole > 0:
            return Fraction(max(mine, 0), whole)
        row = self.taking_part.get((municipality, segment))
        return Fraction(0) if row and row.participation == Participation.NONE else ONE

    def _is_shared(self, municipality: str, segment: str, product: str) -> bool:
        """An instalment has no product: who pays one takes part."""
        row = self.taking_part.get((municipality, segment))
        if row and not product:
            return row.participation != Participation.NONE
        return self._buys(municipality, segment, product)

    def _buys(self, municipality: str, segment: str, product: str) -> bool:
        row = self.taking_part.get((municipality, segment))
        if row is None:
            return True
        if row.participation == Participation.NONE:
            return False
        return not row.products or any(product.startswith(code) for code in row.products)

    def taking(self) -> list[tuple[Municipality, list[Taking]]]:
        """Who does not buy everything with the region, segment by segment; others are not named."""
        last = clock.today().year - 1
        years = self.known_years(range(last, last + 1))
        segments = list(self.scheme.segments.order_by("order", "code"))
        parts = {one.code: self.parts(one.code, years) for one in segments}
        apart = {place for place, _ in self.taking_part} & set(self.municipalities)
        return [
            (
                self.municipalities[code],
                [Taking(one, parts[one.code][code], self.taking_part.get((code, one.code)))
                 for one in segments],
            )
            for code in sorted(apart)
        ]  # fmt: skip

    def facts(self, key: AllocationKey, year: int) -> Facts:
        """What shares rest on: as it was fixed, or as it is now."""
        fixed = self.fixed.get((key.pk or 0, year, key.segment))
        return fixed or self.facts_now(key, year)

    def facts_now(self, key: AllocationKey, year: int) -> Facts:
        years = self.known_years(range(year - key.use_years, year))
        members = self.members(year)
        return Facts(
            part=self.parts(key.segment, years, members),
            population=self.population(year),
            use=self.use(key.segment, years, members),
            fixed={row.municipality.gm_code: row.share for row in key.fixed_shares.all()},
        )

    def known_years(self, years: Sequence[int]) -> list[int]:
        """Those of the years in which money is known; else the last known years."""
        known = sorted({year for (_, _, _, year) in self.spent})
        return [year for year in known if year in years] or known[-len(years) :]

    def shares_in(self, key: AllocationKey, segment: str, until: int) -> dict[int, Shares]:
        """The key as it is for one segment. A share in all segments together is low for who does
        not buy all of them, and says nothing of what it pays of one."""
        return self.shares(self.in_segment(key, segment), until)

    def shares(self, key: AllocationKey, until: int) -> dict[int, Shares]:
        """The key's shares from its first year to `until`, limited year by year; the start is each
        one's own use in the year before."""
        weights = Weights(key.weight_population, key.weight_use, key.weight_fixed)
        years = [
            (year, shares_of(self.facts(key, year), weights))
            for year in range(key.first_year, until + 1)
        ]
        return chained(years, start=self._start(key), percent=key.change_limit)

    def _start(self, key: AllocationKey) -> Shares:
        fixed = self.fixed.get((key.pk or 0, key.first_year - 1, key.segment))
        use = fixed.use if fixed else self.start_now(key).use
        total = sum(use.values(), Decimal(0))
        if total <= 0:
            return {}
        return {code: Fraction(amount) / Fraction(total) for code, amount in use.items()}

    def start_now(self, key: AllocationKey) -> Facts:
        """Each one's own use in the year before the key's first."""
        before = key.first_year - 1
        years = self.known_years(range(before, key.first_year))
        return Facts(part={}, use=self.use(key.segment, years, self.members(before)))

    def in_segment(self, key: AllocationKey, segment: str) -> AllocationKey:
        """The key as if it were for one segment."""
        own = copy(key)
        own.segment = segment
        return own


def _spent(view: View) -> Spent:
    spent: Spent = defaultdict(int)
    for place, segment, product, year, cents in yearly_rows(view):
        spent[place, segment, product, year] += cents
    for paid in payments(view):
        for month, cents in paid.months():
            spent[paid.municipality, paid.segment, "", month.year] += cents
    return spent


def _youths(region: Region) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    rows = YouthPopulation.objects.filter(region=region).order_by("counted_on")
    for code, counted_on, count in rows.values_list("municipality", "counted_on", "count"):
        found[code].append((counted_on.year, count))
    return found


@dataclass(frozen=True)
class Taking:
    """Whether a municipality buys a segment with the region: `part` of what the segment costs those
    who buy all of it."""

    segment: Segment
    part: Fraction
    row: SegmentParticipation | None

    @property
    def percent(self) -> Decimal:
        return Decimal(self.part.numerator) / Decimal(self.part.denominator)

    @property
    def is_partial(self) -> bool:
        return self.row is not None and self.row.participation == Participation.PARTIAL


@dataclass(frozen=True)
class KeyLine:
    """One municipality under one key: share, part of the amount, own use of the year compared
    with, and the difference (above nothing: pays more than by own use)."""

    municipality: Municipality
    share: Fraction
    amount: Decimal
    by_use: Decimal

    @property
    def percent(self) -> Decimal:
        return Decimal(self.share.numerator) / Decimal(self.share.denominator)

    @property
    def difference(self) -> Decimal:
        return self.amount - self.by_use


@dataclass(frozen=True)
class KeyResult:
    key: AllocationKey
    year: int
    amount: Decimal
    lines: tuple[KeyLine, ...]
    by_year: dict[int, Shares]

    @property
    def largest_swing(self) -> Decimal:
        found = swing(self.by_year)
        return Decimal(found.numerator) / Decimal(found.denominator)

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def by_use(self) -> Decimal:
        return sum((line.by_use for line in self.lines), Decimal(0))

    @property
    def difference(self) -> Decimal:
        return self.total - self.by_use

    def of(self, code: str) -> KeyLine | None:
        return next((line for line in self.lines if line.municipality.gm_code == code), None)


def key_result(book: KeyBook, key: AllocationKey, *, year: int, amount: Decimal) -> KeyResult:
    """An amount of a year divided by a key, to the cent, beside what own use would ask."""
    year = max(year, key.first_year)
    by_year = book.shares(key, year)
    shares = by_year[year]
    parts = split_euros(amount=amount, weights=shares)
    use = book.use(key.segment, book.known_years(range(year - 1, year)), shares)
    paying = {code: max(use.get(code, Decimal(0)), Decimal(0)) for code in shares}
    known = sum(paying.values(), Decimal(0)) > 0
    by_use = split_euros(amount=amount, weights=paying) if known else parts
    lines = tuple(
        KeyLine(book.named(code), shares[code], parts[code], by_use[code])
        for code in sorted(shares)
    )
    return KeyResult(key, year, amount, lines, by_year)


def settled_lines(result: KeyResult) -> tuple[list[tuple[Municipality, Settled]], Decimal]:
    """The amount settled as the key's rules say, as if everyone used as the year before; and what
    would stay in the swing fund."""
    key = result.key
    settled, left = settle(
        shares={line.municipality.gm_code: line.share for line in result.lines},
        use={line.municipality.gm_code: line.by_use for line in result.lines},
        rules=Rules(key.equalised, key.deposit, key.threshold),
    )
    return [(line.municipality, settled[line.municipality.gm_code]) for line in result.lines], left


def usual_amount(book: KeyBook, segment: str) -> Decimal:
    """The last whole year's cost, to begin with."""
    last = clock.today().year - 1
    use = book.use(segment, book.known_years(range(last, last + 1)))
    return sum(use.values(), Decimal(0)).quantize(CENT)
