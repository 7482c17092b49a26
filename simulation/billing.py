"""What providers declare month by month: volumes, tariffs, lateness, mistakes and answers."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulation.chance import Dice, Weighted
from simulation.days import first_day, last_day
from simulation.profile import Product, Profile
from simulation.trajectory import Trajectory

REFUSALS = Weighted(("9308", "9307", "0611", "9340", "9341", "8021"), (30, 25, 20, 10, 5, 10))
MESSAGE_REFUSED = "0001"
HOLIDAYS = (1.04, 1.0, 1.08, 1.02, 0.98, 1.06, 0.8, 0.62, 1.1, 1.06, 1.08, 0.84)
STEPS = {"01": 5}
MONTHS_LATE = 24


@dataclass(slots=True)
class Line:
    """One line of a declaration; amounts in cents, `credit` counts negative.

    `refusal`: the code with which the municipality will refuse it.
    """

    trajectory: Trajectory
    reference: str
    previous: str | None
    begin: int
    end: int
    volume: int
    tariff: int
    credit: bool = False
    refusal: str = ""

    @property
    def amount(self) -> int:
        return self.volume * self.tariff

    @property
    def signed(self) -> int:
        return -self.amount if self.credit else self.amount


@dataclass(slots=True)
class Declared:
    """JW323 of one provider to one municipality."""

    on: int
    agb: str
    municipality: str
    month: int
    identity: str
    number: str
    lines: list[Line]

    @property
    def total(self) -> int:
        return sum(line.signed for line in self.lines)


@dataclass(slots=True)
class Answered:
    """JW325: codes per refused line, or on the whole message when `refused` is None."""

    on: int
    declared: Declared
    refused: list[Line] | None


class Billing:
    """The books of all providers together; `bill` for each month of care, then `declare`."""

    def __init__(self, profile: Profile, *, seed: int, task_based: dict[str, int]) -> None:
        self.dice = Dice(seed, "billing")
        self.task_based = task_based
        self.tariffs = tariffs(profile)
        self.due: dict[int, list[Line]] = defaultdict(list)
        self.references = self.messages = 0

    def bill(self, trajectory: Trajectory, month: int) -> Line | None:
        """Books a month of care for a later declaration; returns what will be paid, if anything."""
        line = self._line(trajectory, month)
        if line is None:
            return None
        first = month + 1 + self._late(trajectory.provider.prompt)
        luck = self.dice.random()
        if luck < 0.022:
            return self._corrected(line, first)
        self.due[first].append(line)
        if luck < 0.042:
            return self._refused(line, first)
        if luck < 0.0445:
            self._twice(line, first)
        elif luck < 0.048:
            line.tariff = max(1, round(line.tariff * self.dice.choice((0.95, 1.03, 1.08))))
        return line

    def worth(self, trajectory: Trajectory, month: int) -> Line | None:
        """What a month of care would have been declared for; books nothing."""
        return self._line(trajectory, month)

    def declare(self, month: int) -> Iterator[Declared | Answered]:
        """The declarations that go out in this month, each followed by its answer if any."""
        booked: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for line in self.due.pop(month, []):
            booked[line.trajectory.provider.agb, line.trajectory.municipality].append(line)
        for (agb, municipality), lines in sorted(booked.items()):
            lines.sort(key=_by_client)
            declared = self._message(agb, municipality, month, lines)
            yield declared
            if answer := self._answer(declared, month):
                yield answer

    def _line(self, trajectory: Trajectory, month: int) -> Line | None:
        first, last = first_day(month), last_day(month)
        days = _days_in_care(trajectory, first, last)
        volume = self._volume(trajectory, days, month) if days > 0 else 0
        if volume <= 0:
            return None
        valid_to = trajectory.last_valid
        return Line(
            trajectory=trajectory,
            reference=self._reference(),
            previous=None,
            begin=max(first, trajectory.valid_from),
            end=last if valid_to is None else min(last, valid_to),
            volume=volume,
            tariff=self.tariffs[trajectory.product.code, month // 12],
        )

    def _volume(self, trajectory: Trajectory, days: int, month: int) -> int:
        product = trajectory.product
        if product.unit == "14":
            return min(days, int(days * product.week + self.dice.random()))
        spread = 0.75 + self.dice.random() / 2
        amount = days / 7 * product.week * trajectory.volume * HOLIDAYS[month % 12] * spread
        step = STEPS.get(product.unit, 1)
        return step * int(amount / step + self.dice.random())

    def _late(self, prompt: float) -> int:
        """Months too late: mostly none, else a long thin tail of at most two years."""
        if self.dice.hits(prompt):
            return 0
        return min(MONTHS_LATE, 1 + int(self.dice.expovariate(1 / 2.2)))

    def _corrected(self, line: Line, first: int) -> Line:
        """A mistake in the volume, credited and declared again some months later."""
        factor = self.dice.choice((0.5, 0.8, 1.2, 1.5, 2.0))
        wrong = replace(line, volume=max(1, round(line.volume * factor)))
        if line.trajectory.product.unit == "14":
            wrong.volume = min(wrong.volume, line.end - line.begin + 1)
        later = first + self.dice.between(1, 5)
        if self.dice.hits(0.03):
            first, later = later, first
        credit = replace(wrong, reference=self._reference(), previous=wrong.reference, credit=True)
        right = replace(line, reference=self._reference())
        self.due[first].append(wrong)
        self.due[later] += [credit, right]
        return right

    def _refused(self, line: Line, first: int) -> Line | None:
        """A line that will be refused; two of three come again, half under the same reference."""
        same = self.dice.hits(0.5)
        again = replace(line, reference=line.reference if same else self._reference())
        line.refusal = REFUSALS.draw(self.dice)
        if self.dice.hits(0.33):
            return None
        self.due[first + self.dice.between(2, 5)].append(again)
        return again

    def _twice(self, line: Line, first: int) -> None:
        """The same care under a second reference, credited a few months on."""
        double = replace(line, reference=self._reference())
        credit = replace(line, reference=self._reference(), previous=double.reference, credit=True)
        self.due[first + 1].append(double)
        self.due[first + self.dice.between(3, 8)].append(credit)

    def _reference(self) -> str:
        self.references += 1
        return f"P{self.references:09d}"

    def _message(self, agb: str, municipality: str, month: int, lines: list[Line]) -> Declared:
        self.messages += 1
        day = lines[0].trajectory.provider.day
        return Declared(
            on=first_day(month) + day - 1,
            agb=agb,
            municipality=municipality,
            month=month - 1,
            identity=f"9{self.messages:08d}",
            number=f"D{self.messages:08d}",
            lines=lines,
        )

    def _answer(self, declared: Declared, month: int) -> Answered | None:
        on = declared.on + self.dice.between(5, 22)
        if self.dice.hits(0.002):
            self.due[month + 1] += declared.lines
            return Answered(on, declared, None)
        refused = [line for line in declared.lines if line.refusal]
        if refused or self.dice.hits(0.03):
            return Answered(on, declared, refused)
        return None


def tariffs(profile: Profile) -> dict[tuple[str, int], int]:
    """Cents per unit by product code and year; indexed each 1 January, rounded once a year."""
    found = {}
    for product in profile.products:
        amount = float(product.tariff)
        for year in range(profile.since.year, profile.since.year + 12):
            if year > profile.since.year:
                amount *= 1 + profile.indexation.get(year, 0.025)
            found[product.code, year] = round(amount)
    return found


def is_task_based(product: Product, day: int, task_based: dict[str, int]) -> bool:
    since = task_based.get(product.segment)
    return since is not None and day >= since


def _days_in_care(trajectory: Trajectory, first: int, last: int) -> int:
    start, stop = trajectory.start, trajectory.stop
    if start is None or stop is None:
        return 0
    days = min(stop, last) - max(start, first) + 1
    for rest, back in trajectory.pauses:
        if back is not None and days > 0:
            days -= max(0, min(back - 1, last) - max(rest + 1, first) + 1)
    return days


def _by_client(line: Line) -> tuple[str, int, int, str]:
    return line.trajectory.child.bsn, line.trajectory.number, line.begin, line.reference
