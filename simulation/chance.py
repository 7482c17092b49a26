"""Chance, repeatable: one stream per subject, so that a change in one leaves the others alone."""

import math
import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """A stream of random numbers for one subject of one run."""

    def __new__(cls, seed: int, subject: str) -> "Dice":
        return super().__new__(cls)

    def __init__(self, seed: int, subject: str) -> None:
        super().__init__(f"{seed}:{subject}")

    def hits(self, chance: float) -> bool:
        return self.random() < chance

    def lognormal(self, median: float, sigma: float) -> float:
        return median * math.exp(sigma * self.gauss(0.0, 1.0))

    def days(self, median: float, sigma: float) -> int:
        return int(self.lognormal(median, sigma))

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included; quicker than randint."""
        return low + int(self.random() * (high - low + 1))

    def poisson(self, mean: float) -> int:
        """A count; above 60 by the normal curve, which is close enough and constant in time."""
        if mean > 60:
            return max(0, round(self.gauss(mean, math.sqrt(mean))))
        limit, product, count = math.exp(-mean), self.random(), 0
        while product > limit:
            product *= self.random()
            count += 1
        return count


class Weighted(Generic[T]):
    """Things with a weight each, to draw from."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self.things = things
        self.edges = list(accumulate(weights))
        self.total = self.edges[-1] if self.edges else 0.0

    def draw(self, dice: Dice) -> T:
        place = bisect(self.edges, dice.random() * self.total)
        return self.things[min(place, len(self.things) - 1)]
