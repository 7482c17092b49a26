"""The CSV forms beside the messages, as a region and its providers would deliver them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from simulation.billing import tariffs
from simulation.days import first_day
from simulation.market import trade_number
from simulation.output import DeliveredFile, euros, write_csv
from simulation.profile import Profile
from simulation.records import Cell, Share
from simulation.region import Region

DELIVERY_DAYS = 14

Row = Sequence[object]


@dataclass(slots=True)
class Tables:
    """Writes the forms of one region; `files` lists what was written."""

    region: Region
    out: Path
    until: date
    files: list[DeliveredFile] = field(default_factory=list)

    def flush(self, month: int) -> None:
        """Writes and forgets the half-years that ended before this month."""
        self._halves(lambda half: _after(half) <= first_day(month))

    def finish(self) -> list[DeliveredFile]:
        self._halves(lambda half: True)
        self._setup()
        self._instalments()
        return self.files

    def _halves(self, is_over: Callable[[str], bool]) -> None:
        records = self.region.records
        for form, folder, header, rows in (
            ("outcomes", "uitkomsten", OUTCOMES, records.outcomes),
            ("placements", "verblijfplaatsen", PLACEMENTS, records.placements),
        ):
            for half in sorted(filter(is_over, rows)):
                found = sorted(rows.pop(half))
                self._file(f"{folder}/{half}.csv", form, self._received(half), header, found)
        for half in sorted(filter(is_over, records.deliveries)):
            self._deliveries(half, records.deliveries.pop(half))

    def _setup(self) -> None:
        profile, since = self.region.profile, self.region.profile.since
        setup = {
            "providers": ("aanbieders", ("agb", "naam", "kvk_nummer"), self._providers()),
            "tariffs": ("tarieven", TARIFFS, _tariffs(profile)),
            "youth": ("jeugdigen", ("gemeente", "peildatum", "aantal"), self._youth()),
            "budgets": ("begrotingen", BUDGETS, self._budgets()),
        }
        self._file(
            "inrichting/producten.csv", "products", since, PRODUCTS, list(_products(profile))
        )
        for form, (name, header, rows) in setup.items():
            marked = [(*row, "ja") for row in rows]
            self._file(f"inrichting/{name}.csv", form, since, (*header, "fictief"), marked)

    def _providers(self) -> Iterator[tuple[str, str, str]]:
        for found in self.region.providers.all.values():
            yield found.agb, found.name, trade_number(found.agb)

    def _youth(self) -> Iterator[tuple[str, str, int]]:
        """Two counts a year; the number of youths falls a little every year."""
        for place in self.region.profile.municipalities:
            for year in range(self.region.profile.since.year, self.until.year + 1):
                for month in (1, 7):
                    years = year - self.region.profile.since.year + (month - 1) / 12
                    count = round(place.youths * 0.996**years / 10) * 10
                    yield place.code, date(year, month, 1).isoformat(), count

    def _budgets(self) -> Iterator[tuple[str, str, int, int]]:
        """Fictitious: last year's cost of the segment with the index, split by use over the years.

        Thousands of euros; the first year gets two percent less than it will cost.
        """
        used, yearly = self._use()
        profile, totals = self.region.profile, Counter[str]()
        for (segment, _), cents in used.items():
            totals[segment] += cents
        for (segment, code), cents in sorted(used.items()):
            for year in range(profile.since.year, self.until.year + 1):
                first = year == profile.since.year
                base = yearly[segment, year] if first else yearly[segment, year - 1]
                index = 0.98 if first else 1 + profile.indexation.get(year, 0.025)
                share = cents / max(1, totals[segment])
                yield code, segment, year, max(1, round(base * index * share / 100_000)) * 1000

    def _use(self) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, int]]]:
        """Cents by (segment, municipality) and by (segment, year), declared or in instalments."""
        used, yearly = Counter[tuple[str, str]](), Counter[tuple[str, int]]()
        for (month, code, segment, _), cents in self.region.truth.money.items():
            used[segment, code] += cents
            yearly[segment, month // 12] += cents
        for (quarter, segment, _, code), cents in self.region.records.costs.items():
            used[segment, code] += cents
            yearly[segment, quarter // 4] += cents
        return used, yearly

    def _deliveries(self, half: str, cells: Mapping[Cell, Share]) -> None:
        """Crisis reports for everybody, the rest only where no messages are sent."""
        if _after(half) > self.region.until:
            return
        taken = self.region.task_based
        rows = [
            (half, place, segment, agb, code, share.numerator, share.denominator, "")
            for (segment, agb, place, code), share in sorted(cells.items())
            if code == "crisis_within_24h" or _after(half) > taken.get(segment, 9_999_999)
        ]
        if rows:
            name = f"aanleveringen/{half}.csv"
            self._file(name, "deliveries", self._received(half), DELIVERIES, rows)

    def _instalments(self) -> None:
        quarters: dict[int, list[tuple[object, ...]]] = {}
        for quarter, segment, agb, place, amount in self.region.records.instalments():
            first = first_day(quarter * 3)
            begin, end = _iso(first), _iso(first_day(quarter * 3 + 3) - 1)
            if first <= self.region.until:
                row = (place, agb, segment, begin, end, euros(amount * 100))
                quarters.setdefault(quarter, []).append(row)
        for quarter, rows in sorted(quarters.items()):
            name = f"termijnen/{quarter // 4}-K{quarter % 4 + 1}.csv"
            on = date.fromordinal(min(first_day(quarter * 3) + 10, self.region.until))
            self._file(name, "instalments", on, INSTALMENTS, rows)

    def _received(self, half: str) -> date:
        ready = date.fromordinal(_after(half)) + timedelta(days=DELIVERY_DAYS)
        return min(ready, self.until)

    def _file(
        self, name: str, form: str, on: date, header: Sequence[str], rows: Sequence[Row]
    ) -> None:
        path = write_csv(self.out / name, header, rows)
        self.files.append(DeliveredFile(path, form, on, len(rows)))


KEY = ("gemeente", "aanbieder", "toewijzingnummer", "bsn")
OUTCOMES = (*KEY, "datum", "informant", "cijfer", "zonder_hulp", "doel_bereikt")
PLACEMENTS = (*KEY, "plaats_gemeente")
PRODUCTS = (
    "productcode", "productcategorie", "segment", "verblijf", "richting", "omschrijving",
    "geldig_van",
)  # fmt: skip
TARIFFS = ("productcode", "eenheid", "geldig_van", "geldig_tot", "tarief")
BUDGETS = ("gemeente", "segment", "jaar", "bedrag")
DELIVERIES = (
    "halfjaar", "gemeente", "segment", "aanbieder", "indicator", "teller", "noemer", "toelichting",
)  # fmt: skip
INSTALMENTS = ("gemeente", "aanbieder", "segment", "begindatum", "einddatum", "bedrag")


def _products(profile: Profile) -> Iterator[tuple[str, str, str, int, str, str, str]]:
    for p in profile.products:
        label = f"{p.label} (fictief)"
        since = profile.since.isoformat()
        yield p.code, p.category, p.segment, int(p.stays), p.direction, label, since


def _tariffs(profile: Profile) -> Iterator[tuple[str, str, str, str, str]]:
    units = {product.code: product.unit for product in profile.products}
    for (code, year), cents in tariffs(profile).items():
        yield code, units[code], f"{year}-01-01", f"{year}-12-31", euros(cents)


def _after(half: str) -> int:
    """Ordinal of the first day after the half-year."""
    year, number = int(half[:4]), int(half[-1])
    return (date(year, 7, 1) if number == 1 else date(year + 1, 1, 1)).toordinal()


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
