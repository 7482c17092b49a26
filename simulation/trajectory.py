"""The nouns of care: a decision that care is needed, and the trajectory that comes of it."""

from dataclasses import dataclass, field

from simulation.chance import Weighted
from simulation.market import Provider
from simulation.people import Child
from simulation.profile import Product

ADULT, LEAVES_HOME = 6574, 7670
DROPOUTS = Weighted(("32", "33", "34"), (0.55, 0.2, 0.25))


@dataclass(slots=True)
class Trajectory:
    """One allocation and the care under it.

    `extensions`: (old last day, new last day) of validities that a later JW301 replaced.
    `pauses`: (last day before, first day after or None when nothing follows).
    """

    child: Child
    municipality: str
    product: Product
    provider: Provider
    number: int
    granted: int
    valid_from: int
    valid_to: int | None
    start: int | None
    stop: int | None
    reason: str
    volume: float
    forced: bool
    extensions: list[tuple[int, int]] = field(default_factory=list)
    pauses: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def last_valid(self) -> int | None:
        return self.extensions[-1][1] if self.extensions else self.valid_to


@dataclass(slots=True)
class Order:
    """Care that somebody decided on; what it does not name is still to be drawn."""

    day: int
    child: Child
    product: Product
    provider: Provider | None = None
    start: int | None = None
    remaining: int | None = None
    reason: str | None = None
    forced: bool | None = None
    fresh: bool = False


def last_day_young(trajectory: Trajectory) -> int:
    """The day before the 18th birthday; who lives in care may stay to the 21st."""
    age = LEAVES_HOME if trajectory.product.stays else ADULT
    return trajectory.child.born + age - 1
