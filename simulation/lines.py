"""The fast way to many declaration lines: the CSV form instead of messages, with faults on request.

For measuring intake. The lines belong to the same care as the messages of that profile and seed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from simulation.billing import Declared, Line
from simulation.chance import Dice
from simulation.days import iso
from simulation.output import euros
from simulation.profile import Profile
from simulation.region import Region, simulated
from simulation.trajectory import Trajectory

HEADER = (
    "gemeente", "aanbieder", "toewijzingnummer", "bsn", "referentienummer",
    "vorig_referentienummer", "dagtekening", "productcategorie", "productcode", "begindatum",
    "einddatum", "volume", "eenheid", "tarief", "bedrag", "debet_credit",
)  # fmt: skip
TRAJECTORIES = (
    "gemeente", "aanbieder", "toewijzingnummer", "bsn", "productcategorie", "productcode",
    "toewijzingsdatum", "ingangsdatum", "einddatum_toewijzing", "begindatum", "einddatum",
    "reden_beeindiging",
)  # fmt: skip
MARGIN = 1.1

Row = list[str]


def _set(column: str, value: str) -> Callable[[Row], None]:
    def spoil(row: Row) -> None:
        row[HEADER.index(column)] = value

    return spoil


def _swap_period(row: Row) -> None:
    row[HEADER.index("begindatum")] = "2099-01-01"


def _wrong_check_digit(row: Row) -> None:
    bsn = row[HEADER.index("bsn")]
    row[HEADER.index("bsn")] = bsn[:-1] + str((int(bsn[-1]) + 1) % 10)


FAULTS: dict[str, Callable[[Row], None]] = {
    "municipality outside the region": _set("gemeente", "9999"),
    "day that does not exist": _set("einddatum", "2025-02-30"),
    "period that ends before it begins": _swap_period,
    "amount that is no number": _set("bedrag", "twaalf"),
    "debit or credit unknown": _set("debet_credit", "X"),
    "no reference": _set("referentienummer", ""),
    "citizen number fails the eleven-test": _wrong_check_digit,
}


@dataclass(frozen=True, slots=True)
class LinesSummary:
    """`faults` counts the spoiled lines per kind; `spoiled` has their row numbers, header = 1."""

    path: Path
    trajectories: Path
    lines: int
    faults: dict[str, int]
    spoiled: tuple[int, ...]


def write_lines(
    profile: Profile, *, seed: int, until: date, lines: int, out: Path, faults: float = 0.0
) -> LinesSummary:
    """Writes exactly `lines` lines to declaraties.csv, and their trajectories beside it.

    A share `faults` of them is spoiled, each kind in turn. Raises ValueError when the region
    gives fewer lines than asked, which takes a wish of a few hundred or less.
    """
    region = simulated(profile, seed=seed, until=until, lines=int(lines * MARGIN) + 200)
    out.mkdir(parents=True, exist_ok=True)
    path, beside = out / "declaraties.csv", out / "trajecten.csv"
    spoiler = Spoiler(seed, faults)
    with (
        path.open("w", encoding="utf-8", newline="") as table,
        beside.open("w", encoding="utf-8", newline="") as trajectories,
    ):
        trajectories.write(_text(TRAJECTORIES))
        region.listener = lambda found: trajectories.write(_text(_trajectory(found)))
        table.write(_text(HEADER))
        count = 0
        for count, row in enumerate(islice(_rows(region), lines), start=1):
            table.write(_text(spoiler.passed(row, count + 1)))
    if count < lines:
        raise ValueError(f"only {count} of {lines} lines: ask for more or for a later day")
    return LinesSummary(path, beside, count, dict(spoiler.counts), tuple(spoiler.rows))


class Spoiler:
    """Makes a share of the rows wrong, each kind of fault in turn."""

    def __init__(self, seed: int, share: float) -> None:
        self.dice = Dice(seed, "faults")
        self.share = share
        self.kinds = cycle(FAULTS.items())
        self.counts: Counter[str] = Counter()
        self.rows: list[int] = []

    def passed(self, row: Row, number: int) -> Row:
        if self.share and self.dice.hits(self.share):
            kind, spoil = next(self.kinds)
            spoil(row)
            self.counts[kind] += 1
            self.rows.append(number)
        return row


def _rows(region: Region) -> Iterator[Row]:
    for month in region.months():
        for item in month.items:
            if isinstance(item, Declared):
                on = iso(item.on)
                for line in item.lines:
                    yield _row(line, on)


def _row(line: Line, on: str) -> Row:
    found = line.trajectory
    return [
        found.municipality, found.provider.agb, str(found.number), found.child.bsn,
        line.reference, line.previous or "", on, found.product.category, found.product.code,
        iso(line.begin), iso(line.end), str(line.volume), found.product.unit,
        euros(line.tariff), euros(line.amount), "C" if line.credit else "D",
    ]  # fmt: skip


def _trajectory(found: Trajectory) -> Row:
    last = found.last_valid
    return [
        found.municipality, found.provider.agb, str(found.number), found.child.bsn,
        found.product.category, found.product.code, iso(found.granted), iso(found.valid_from),
        iso(last) if last else "", iso(found.start) if found.start else "",
        iso(found.stop) if found.stop else "", found.reason,
    ]  # fmt: skip


def _text(row: Sequence[str]) -> str:
    """No value here ever needs quotes."""
    return ";".join(row) + "\n"
