"""What the search for patterns finds, and how often it cries wolf: simulated, without a database.

    python -m benchmarks.patterns [--runs 100] [--seed 20261201]

The seeds of a run are (seed, number of the run); settings were chosen on seeds 1 to 9999.

Half-years without true differences: 160 providers of uneven size (lognormal) over 4 segments, 12
shares between 0.05 and 0.60, eight or twelve half-years of 8,000 or 16,000 outflows each, a modest
spread between providers (beta distributions) and from half-year to half-year. Then the same with
one provider of which one share becomes 1.5 times as high in the last two half-years, 1.6 times in
the last one only, or 1.6 times slowly, over ten half-years.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from monitoring.domain.patterns.panel import Panel
from monitoring.domain.patterns.run import judge

PROVIDERS, SEGMENTS = 160, 4
SLOW = 10
SHARES = (0.05, 0.08, 0.10, 0.12, 0.15, 0.18, 0.20, 0.25, 0.30, 0.35, 0.45, 0.60)


@dataclass(frozen=True)
class World:
    """How a simulated region is made; a spread is the precision phi of a beta distribution."""

    outflows: int = 8000
    between: float | None = None
    within: float | None = None
    planted: int = 0
    share: float = 0.15
    factor: float = 1.5
    halves: int = 8
    course: str = "shift"

    def factors(self) -> np.ndarray:
        """By what the planted share is multiplied, per half-year; one more than `halves`."""
        times = np.ones(self.halves + 1)
        if self.course == "slow":
            times[-SLOW:] = np.linspace(1, self.factor, SLOW)
        else:
            times[-1 if self.course == "last" else -2 :] = self.factor
        return times


def beta(rng: np.random.Generator, mean: np.ndarray, phi: float | None) -> np.ndarray:
    if phi is None:
        return mean
    safe = np.clip(mean, 1e-4, 1 - 1e-4)
    return rng.beta(safe * phi, (1 - safe) * phi)


def panels(rng: np.random.Generator, world: World) -> tuple[list[Panel], int]:
    """The shares of a region, one half-year more than is looked at, and the first column at which
    the planted one is looked for."""
    wide = world.halves + 1
    sizes = rng.lognormal(0, 1, PROVIDERS)
    sizes *= world.outflows / sizes.sum()
    cases = rng.poisson(sizes[:, None], (PROVIDERS, wide)).astype(float)
    if world.planted:
        cases[0] = world.planted
    groups = np.arange(PROVIDERS) % SEGMENTS
    made = []
    for number, share in enumerate(SHARES):
        centre = world.share if world.planted and number == 0 else share
        level = beta(rng, np.full(PROVIDERS, centre), world.between)
        rates = beta(rng, np.repeat(level[:, None], wide, axis=1), world.within)
        if world.planted and number == 0:
            rates[0] = centre * world.factors()
        counts = rng.binomial(cases.astype(int), np.clip(rates, 0, 1)).astype(float)
        made.append(Panel(tuple(map(str, range(PROVIDERS))), groups, counts, cases))
    return made, world.halves - (world.course != "last")


def until(every: list[Panel], column: int, halves: int) -> list[Panel]:
    """As it was known at the end of a half-year, with so many up to and including it."""
    part = slice(max(column + 1 - halves, 0), column + 1)
    return [Panel(p.keys, p.groups, p.numerators[:, part], p.denominators[:, part]) for p in every]


def false_alarms(world: World, runs: int, seed: int) -> Iterator[int]:
    for run in range(runs):
        every, _ = panels(np.random.default_rng([seed, run]), world)
        yield sum(int(one.found.sum()) for one in judge(until(every, world.halves, world.halves)))


def one_by_one(world: World, runs: int, seed: int) -> Iterator[int]:
    """What would be said of the same half-years if every share were held beside its own of a year
    ago by itself, at 95 %."""
    for run in range(runs):
        every, _ = panels(np.random.default_rng([seed, run]), world)
        yield sum(int(_differs(one).sum()) for one in until(every, world.halves, world.halves))


def _differs(one: Panel) -> np.ndarray:
    (x, n), (y, m) = ((one.numerators[:, -k], one.denominators[:, -k]) for k in (1, 3))
    with np.errstate(invalid="ignore", divide="ignore"):
        share, both = x / n - y / m, (x + y) / (n + m)
        z = np.abs(share) / np.sqrt(both * (1 - both) * (1 / n + 1 / m))
    return np.nan_to_num(z) > 1.96


def found_in(world: World, runs: int, seed: int) -> Iterator[int]:
    """Per run the half-year (1 or 2) in which the planted shift was found; 0 when it was not."""
    for run in range(runs):
        every, first = panels(np.random.default_rng([seed, run]), world)
        yield next(
            (
                number
                for number, column in enumerate(range(first, world.halves + 1), start=1)
                if _is_found(judge(until(every, column, world.halves))[0])
            ),
            0,
        )


def _is_found(one: object) -> bool:
    return bool(one.found[0] and one.sign[0] > 0)  # type: ignore[attr-defined]


QUIET = (
    ("8,000 outflows, no spread", World(8000)),
    ("8,000 outflows, phi 200", World(8000, 200)),
    ("8,000 outflows, phi 60", World(8000, 60)),
    ("16,000 outflows, no spread", World(16000)),
    ("16,000 outflows, phi 200", World(16000, 200)),
    ("16,000 outflows, phi 60", World(16000, 60)),
    ("16,000 outflows, phi 200, half-years 400", World(16000, 200, 400)),
    ("16,000 outflows, phi 60, half-years 200", World(16000, 60, 200)),
    ("8,000 outflows, no spread, 12 half-years", World(8000, halves=12)),
    ("16,000 outflows, phi 60, 12 half-years", World(16000, 60, halves=12)),
    ("16,000, phi 60, half-years 200, 12 half-years", World(16000, 60, 200, halves=12)),
)


def late(course: str, between: float | None) -> World:
    return World(11000, between, planted=400, factor=1.6, halves=12, course=course)


# The slow and the late, for which no limit is set.
LATE = (
    ("1.6 x slowly, over ten half-years, 400 cases, no spread", late("slow", None)),
    ("1.6 x slowly, over ten half-years, 400 cases, phi 120", late("slow", 120)),
    ("1.6 x in the last half-year only, 400 cases, no spread", late("last", None)),
    ("1.6 x in the last half-year only, 400 cases, phi 120", late("last", 120)),
)
SHIFTED = (
    ("250 cases, no spread, 0.15", World(8000, planted=250)),
    ("250 cases, no spread, 0.15, 16,000", World(16000, planted=250)),
    ("250 cases, no spread, 0.25", World(8000, planted=250, share=0.25)),
    ("600 cases, phi 60, 0.15", World(8000, 60, planted=600)),
    ("600 cases, phi 60, 0.15, 16,000", World(16000, 60, planted=600)),
    ("600 cases, phi 60, 0.25", World(16000, 60, planted=600, share=0.25)),
)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=100)
    asked.add_argument("--seed", type=int, default=20261201)
    options = asked.parse_args()
    print(f"seeds ({options.seed}, 0) to ({options.seed}, {options.runs - 1})")
    print(f"one run over 160 providers and 12 shares: {seconds_of_a_run(options.seed):.2f} s")
    holds = True
    for name, world in QUIET:
        alarms = np.array(list(false_alarms(world, options.runs, options.seed)))
        holds &= bool(alarms.mean() < 1)
        margin = 2 * alarms.std() / np.sqrt(len(alarms))
        print(
            f"no differences: {name}: {alarms.mean():.2f} (+- {margin:.2f}) false alarms; "
            f"one by one {np.mean(list(one_by_one(world, options.runs, options.seed))):.1f}",
            flush=True,
        )
    for name, world in SHIFTED:
        holds &= told(f"shift of 1.5: {name}", world, options.runs, options.seed) >= 0.8
    for name, world in LATE:
        told(name, world, options.runs, options.seed)
    print("holds" if holds else "DOES NOT HOLD")
    return 0 if holds else 1


def told(name: str, world: World, runs: int, seed: int) -> float:
    """The part that was found within two half-years."""
    when = np.array(list(found_in(world, runs, seed)))
    found = float((when > 0).mean())
    print(f"{name}: {(when == 1).mean():.0%} at once, {found:.0%} within two", flush=True)
    return found


def seconds_of_a_run(seed: int) -> float:
    world = World(16000, 60, halves=12)
    every, _ = panels(np.random.default_rng([seed, 0]), world)
    now = time.process_time()
    judge(until(every, world.halves, world.halves))
    return time.process_time() - now


if __name__ == "__main__":
    sys.exit(main())
