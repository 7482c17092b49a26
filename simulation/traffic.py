"""Which messages a trajectory gives, when they are dated, and what goes wrong on the way."""

from dataclasses import dataclass

from simulation.chance import Dice, Weighted
from simulation.trajectory import Trajectory

FIRST, CHANGED, WITHDRAWN = "1", "2", "3"
REFERRERS = Weighted(("02", "01", "03", "04", "05", "06", "08"), (46, 18, 8, 12, 9, 3, 4))


@dataclass(slots=True)
class Request:
    """JW315, with which a provider asks for an allocation on a referral."""

    on: int
    trajectory: Trajectory
    reference: str
    referrer: str


@dataclass(slots=True)
class Allocated:
    """JW301 as it reads on that day."""

    on: int
    trajectory: Trajectory
    valid_to: int | None
    reference: str | None
    change: str | None = None


@dataclass(slots=True)
class Started:
    """JW305."""

    on: int
    trajectory: Trajectory
    begin: int
    status: str = FIRST


@dataclass(slots=True)
class Stopped:
    """JW307."""

    on: int
    trajectory: Trajectory
    begin: int
    end: int
    reason: str
    status: str = FIRST


Notice = Request | Allocated | Started | Stopped


class Traffic:
    """Turns trajectories into notices; nothing is dated before the region's first day."""

    def __init__(self, *, seed: int, since: int, task_based: dict[str, int]) -> None:
        self.dice = Dice(seed, "traffic")
        self.since = since
        self.task_based = task_based
        self.requests = 0

    def notices(self, trajectory: Trajectory) -> list[Notice]:
        found = self._allocation(trajectory)
        if trajectory.start is None:
            found += self._never(trajectory)
        elif not self._silent(trajectory):
            found += self._starts(trajectory) + self._pauses(trajectory) + self._stops(trajectory)
        return self._brought_in(found)

    def _brought_in(self, notices: list[Notice]) -> list[Notice]:
        """Care that already ran comes in during the first weeks, its notices in their order."""
        notices.sort(key=lambda notice: notice.on)
        floor = 0
        if notices and notices[0].on < self.since:
            floor = self.since + self.dice.between(0, 20)
        for notice in notices:
            notice.on = max(notice.on, floor)
        return notices

    def _silent(self, trajectory: Trajectory) -> bool:
        """Task-based care: the provider sends no start, stop or declaration."""
        since = self.task_based.get(trajectory.product.segment)
        return since is not None and (trajectory.start or 0) >= since

    def _allocation(self, trajectory: Trajectory) -> list[Notice]:
        dice, granted = self.dice, trajectory.granted
        found: list[Notice] = []
        reference = None
        if trajectory.reason != "37" and dice.hits(0.45):
            self.requests += 1
            reference = f"VOT{self.requests:08d}"
            asked = granted - dice.between(2, 16)
            referrer = "08" if trajectory.forced and dice.hits(0.5) else REFERRERS.draw(dice)
            found.append(Request(asked, trajectory, reference, referrer))
        delay = dice.between(15, 70) if dice.hits(0.04) else dice.between(0, 4)
        sent = granted + delay
        found.append(Allocated(sent, trajectory, trajectory.valid_to, reference))
        for old, new in trajectory.extensions:
            on = max(sent + 1, old + dice.between(-30, 12))
            found.append(Allocated(on, trajectory, new, reference))
        return found

    def _never(self, trajectory: Trajectory) -> list[Notice]:
        """Care that does not begin: mostly the municipality takes the allocation away again."""
        if self.dice.hits(0.35):
            return []
        on = trajectory.granted + self.dice.between(75, 140)
        return [Allocated(on, trajectory, trajectory.last_valid, None, "13")]

    def _starts(self, trajectory: Trajectory) -> list[Notice]:
        dice, start = self.dice, trajectory.start or 0
        on = start + self._delay()
        luck = dice.random()
        if luck < 0.025:
            wrong = max(trajectory.valid_from, start - dice.between(-20, 20))
            again = on + dice.between(5, 45)
            return [Started(on, trajectory, wrong), Started(again, trajectory, start, CHANGED)]
        if luck < 0.033:
            taken = on + dice.between(3, 20)
            again = taken + dice.between(1, 25)
            return [
                Started(on, trajectory, start),
                Started(taken, trajectory, start, WITHDRAWN),
                Started(again, trajectory, start),
            ]
        return [Started(on, trajectory, start)]

    def _pauses(self, trajectory: Trajectory) -> list[Notice]:
        found: list[Notice] = []
        for rest, back in trajectory.pauses:
            on = rest + self.dice.between(1, 15)
            found.append(Stopped(on, trajectory, trajectory.start or 0, rest, "20"))
            if back is not None:
                found.append(Started(max(on + 1, back + self._delay()), trajectory, back))
        return found

    def _stops(self, trajectory: Trajectory) -> list[Notice]:
        dice, stop, reason = self.dice, trajectory.stop or 0, trajectory.reason
        if reason == "20" or dice.hits(trajectory.provider.silent):
            return []
        begin = trajectory.pauses[-1][1] if trajectory.pauses else trajectory.start
        on = stop + self._delay()
        luck = dice.random()
        if luck < 0.03:
            wrong = max(begin or 0, stop - dice.between(-25, 25))
            again = on + dice.between(5, 60)
            return [
                Stopped(on, trajectory, begin or 0, wrong, "31"),
                Stopped(again, trajectory, begin or 0, stop, reason, CHANGED),
            ]
        if luck < 0.036:
            taken = on + dice.between(2, 12)
            return [
                Stopped(on, trajectory, begin or 0, stop, reason),
                Stopped(taken, trajectory, begin or 0, stop, reason, WITHDRAWN),
                Stopped(taken + dice.between(3, 30), trajectory, begin or 0, stop, reason),
            ]
        return [Stopped(on, trajectory, begin or 0, stop, reason)]

    def _delay(self) -> int:
        """Days until an event is told: days as a rule, months at times."""
        return 1 + min(200, self.dice.days(6, 0.9))
