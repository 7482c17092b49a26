"""A region's years, month by month: care happens, is told about, and is declared."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from simulation.billing import Answered, Billing, Declared, Line, is_task_based
from simulation.care import Care
from simulation.days import first_day, last_day, month_of
from simulation.market import Providers, planted
from simulation.profile import Profile, Worse
from simulation.records import Records
from simulation.traffic import Notice, Traffic
from simulation.trajectory import Trajectory
from simulation.truth import Truth

Item = Notice | Declared | Answered
WARM_UP = 72
PILOT_RATE = 80.0


@dataclass(slots=True)
class Month:
    """What is sent in one month, in order of day."""

    month: int
    items: list[Item]


class Region:
    """One simulated region; `months` may be walked once."""

    def __init__(
        self, profile: Profile, *, seed: int, until: date, rate: float,
        worse: tuple[Worse, ...] = (), horizon: date | None = None,
    ) -> None:  # fmt: skip
        self.profile = profile
        self.since = profile.since.toordinal()
        self.until = until.toordinal()
        self.horizon = max(self.until, horizon.toordinal() if horizon else 0)
        task_based = {code: day.toordinal() for code, day in profile.task_based.items()}
        self.task_based = task_based
        self.providers = Providers(profile, seed=seed, worse=worse)
        self.care = Care(
            profile, seed=seed, rate=rate, providers=self.providers,
            numbers_from=profile.names_from * 1000,
        )  # fmt: skip
        self.traffic = Traffic(seed=seed, since=self.since, task_based=task_based)
        self.billing = Billing(profile, seed=seed, task_based=task_based)
        self.records = Records(self.providers, seed=seed, since=self.since, until=self.until)
        self.truth = Truth(self.since)
        self.outbox: dict[int, list[Item]] = defaultdict(list)
        self.running: list[Trajectory] = []
        self.listener: Callable[[Trajectory], object] | None = None

    def months(self) -> Iterator[Month]:
        first = month_of(self.since)
        for month in range(first - WARM_UP, first):
            self._admit(self.care.month(month))
        for month in range(first, month_of(self.horizon) + 1):
            self._admit(self.care.month(month))
            if month > first:
                self._bill(month - 1)
            yield Month(month, self._sent(month))

    def _admit(self, granted: list[Trajectory]) -> None:
        for trajectory in granted:
            if trajectory.stop is not None and trajectory.stop < self.since:
                continue
            if trajectory.start is None and trajectory.granted < self.since:
                continue
            for notice in self.traffic.notices(trajectory):
                self.outbox[month_of(notice.on)].append(notice)
            self.records.add(trajectory)
            self.truth.add(trajectory)
            if self.listener:
                self.listener(trajectory)
            if trajectory.start is not None:
                self.running.append(trajectory)

    def _bill(self, month: int) -> None:
        first, last = first_day(month), last_day(month)
        self.running = [found for found in self.running if (found.stop or 0) >= first]
        for trajectory in self.running:
            start = trajectory.start or 0
            if start > last:
                continue
            if is_task_based(trajectory.product, start, self.task_based):
                if line := self.billing.worth(trajectory, month):
                    self.records.cost(line, month)
            elif paid := self.billing.bill(trajectory, month):
                self.truth.spend(paid, month)

    def _sent(self, month: int) -> list[Item]:
        for message in self.billing.declare(month):
            self.outbox[month_of(message.on)].append(message)
        items = [item for item in self.outbox.pop(month, []) if item.on <= self.until]
        items.sort(key=lambda item: item.on)
        return items


def simulated(
    profile: Profile, *, seed: int, until: date, lines: int, plant: str = "profile",
    horizon: date | None = None,
) -> Region:  # fmt: skip
    """A region of about so many declaration lines; the size follows from a small trial run."""
    return Region(
        profile, seed=seed, until=until, rate=PILOT_RATE * lines / _pilot(profile, until),
        worse=planted(profile, plant=plant, until=until), horizon=horizon,
    )  # fmt: skip


_pilots: dict[tuple[str, date], int] = {}


def _pilot(profile: Profile, until: date) -> int:
    """Declaration lines of a region with PILOT_RATE new clients a month; walked once."""
    key = repr(profile), until
    if key not in _pilots:
        trial = Region(profile, seed=0, until=until, rate=PILOT_RATE)
        lines = (len(lines) for month in trial.months() for lines in _declared(month))
        _pilots[key] = max(1, sum(lines))
    return _pilots[key]


def _declared(month: Month) -> Iterator[list[Line]]:
    return (item.lines for item in month.items if isinstance(item, Declared))
