"""What reaches a region beside the messages: outcomes, places of stay, deliveries, instalments."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from simulation.billing import Line
from simulation.chance import Dice, Weighted
from simulation.days import half_of, iso
from simulation.market import Providers
from simulation.profile import Profile
from simulation.trajectory import DROPOUTS, Trajectory
from simulation.truth import NO_OUTFLOW

NORM_DAYS = 42
PLACE_KNOWN, PLACE_INSIDE = 0.88, 0.72
AFTER_PLAN = Weighted(("01", "02", "03", "04"), (0.07, 0.2, 0.31, 0.42))
AFTER_OTHER = Weighted(("01", "02", "03", "04"), (0.38, 0.3, 0.2, 0.12))

Cell = tuple[str, str, str, str]


@dataclass(slots=True)
class Share:
    numerator: int = 0
    denominator: int = 0

    def count(self, hit: bool) -> None:
        self.denominator += 1
        self.numerator += hit


class Records:
    """Rows per half-year in which they fall; only what is known on the last day."""

    def __init__(self, providers: Providers, *, seed: int, since: int, until: int) -> None:
        self.providers = providers
        self.profile: Profile = providers.profile
        self.dice = Dice(seed, "records")
        self.since, self.until = since, until
        self.outcomes: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self.placements: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self.deliveries: dict[str, dict[Cell, Share]] = defaultdict(lambda: defaultdict(Share))
        self.costs: Counter[tuple[int, str, str, str]] = Counter()
        inside = self.profile.municipalities
        self.inside = Weighted([m.code for m in inside], [m.youths for m in inside])

    def add(self, found: Trajectory) -> None:
        start, stop = found.start, found.stop
        if found.product.stays and start is not None and start <= self.until:
            self._place(found, start)
        if start is not None and self.since <= start <= self.until:
            self._started(found, start)
        if stop is not None and stop <= self.until and found.reason not in NO_OUTFLOW:
            self._ended(found, stop)

    def cost(self, line: Line, month: int) -> None:
        """Care of a task-based segment: no line is sent, the instalments follow the effort."""
        found = line.trajectory
        quarter = month // 3
        cell = (quarter, found.product.segment, found.provider.agb, found.municipality)
        self.costs[cell] += line.signed

    def instalments(self) -> list[tuple[int, str, str, str, int]]:
        """(quarter, segment, provider, municipality, euros): mean of at most four quarters."""
        found = []
        for (quarter, segment, agb, place), _ in sorted(self.costs.items()):
            cells = [
                self.costs.get((q, segment, agb, place)) for q in range(quarter - 3, quarter + 1)
            ]
            known = [cents for cents in cells if cents is not None]
            euros = max(500, round(sum(known) / len(known) / 50_000) * 500)
            found.append((quarter, segment, agb, place, euros))
        return found

    def _place(self, found: Trajectory, start: int) -> None:
        dice = self.dice
        if not dice.hits(PLACE_KNOWN):
            return
        inside = dice.hits(PLACE_INSIDE) or not self.profile.outside
        place = self.inside.draw(dice) if inside else dice.choice(self.profile.outside)
        self.placements[half_of(max(start, self.since))].append((*_key(found), place))

    def _started(self, found: Trajectory, start: int) -> None:
        wait = max(0, start - found.granted)
        self._deliver(found, start, "wait_within_norm", wait <= NORM_DAYS)
        if found.product.crisis:
            self._deliver(found, start, "crisis_within_24h", wait <= 1)

    def _ended(self, found: Trajectory, stop: int) -> None:
        dropout = found.reason in DROPOUTS.things
        if stop >= self.since:
            self._deliver(found, stop, "dropout_rate", dropout)
        on = min(self.until, max(found.start or 0, stop + self.dice.between(-20, 25)))
        if self.dice.hits(found.provider.response) and on >= self.since:
            self._measure(found, on, dropout)

    def _measure(self, found: Trajectory, on: int, dropout: bool) -> None:
        dice = self.dice
        worse = self.providers.factor(
            found.provider, "outcome", day=on, municipality=found.municipality
        )
        old_enough = on - found.child.born > 12 * 365
        informants = ["jeugdige"] if old_enough and dice.hits(0.7) else []
        informants += ["ouder"] if not informants or dice.hits(0.3) else []
        after = (AFTER_OTHER if dropout else AFTER_PLAN).draw(dice)
        reached = dice.hits((0.3 if dropout else 0.78) / worse)
        self._deliver(found, on, "goal_attainment", reached)
        for informant in informants:
            mark = round(dice.gauss(6.0 if dropout else 7.5, 1.3) - (worse - 1))
            self.outcomes[half_of(on)].append(
                (
                    *_key(found), iso(on), informant,
                    "" if dice.hits(0.04) else str(min(10, max(1, mark))),
                    "" if dice.hits(0.06) else after,
                    "" if dice.hits(0.12) else "ja" if reached else "nee",
                )
            )  # fmt: skip

    def _deliver(self, found: Trajectory, day: int, indicator: str, hit: bool) -> None:
        cell = (found.product.segment, found.provider.agb, found.municipality, indicator)
        self.deliveries[half_of(day)][cell].count(hit)


def _key(found: Trajectory) -> tuple[str, str, str, str]:
    return found.municipality, found.provider.agb, str(found.number), found.child.bsn
