"""A scenario of a whole region beside its bare array arithmetic.

Usage: python -m benchmarks.finance_scenario [--cells 45] [--months 96] [--paths 10000] [--runs 3]

The scenario: 45 cells (9 municipalities, 5 segments) with three years of declarations behind and
96 months ahead, ten measures, 10,000 paths; everything from stored inputs to stored figures. Bare:
the same draws and the same sums written out in numpy for one path after another of the model, with
no completion, no fitting, no decomposition and no bookkeeping. Both on one thread, turn by turn,
in processor time. Limit: 2 x, for the paths of a whole region; with fewer (--paths 1000 takes
seconds) what costs the same for any number of paths weighs too much, and there is no verdict.
"""

import argparse
import os
import sys
import time
from statistics import median

import django
import numpy as np
from numpy.typing import NDArray

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from finance.domain.measures import MeasureInput, Scope, Slot  # noqa: E402
from finance.domain.projection_inputs import (  # noqa: E402
    CellInputs,
    IndexYear,
    Movement,
    ProjectionInputs,
)
from finance.domain.scenario import compute_scenario  # noqa: E402
from finance.domain.scenario_result import ScenarioInputs  # noqa: E402

Floats = NDArray[np.float32]
FIRST = 2024 * 12
HISTORY, SEGMENTS, LIMIT = 36, 5, 2.0
CELLS, MONTHS, PATHS = 45, 96, 10_000
OPEN = 25
DRIVERS = ("inflow", "duration", "intensity", "price", "mix")


def region(cells: int, months: int, paths: int) -> tuple[ProjectionInputs, ScenarioInputs]:
    """Invented declarations of three years, half known in the month and the rest in three more."""
    dice = np.random.default_rng(3)
    keys = [(f"{500 + n // SEGMENTS:04d}", f"S{n % SEGMENTS + 1}") for n in range(cells)]
    made = []
    for municipality, segment in keys:
        moves = []
        for month in range(HISTORY):
            cents = 1e7 * (1 + 0.05 * dice.standard_normal())
            for lag, share in enumerate((0.5, 0.3, 0.15, 0.05)):
                if month + lag < HISTORY:
                    care = FIRST + month
                    moves.append(Movement(care, care + lag, round(cents * share)))
        made.append(CellInputs(municipality, segment, tuple(moves)))
    inputs = ProjectionInputs(
        first=FIRST, as_of=FIRST + HISTORY - 1, last=FIRST + HISTORY + months - 1,
        cells=tuple(made), paths=paths,
        indexation=tuple(IndexYear(year, 300) for year in range(2025, 2036)),
    )  # fmt: skip
    measures = tuple(_measure(n) for n in range(10))
    slots = tuple(Slot(*key, form, form[:5], 5_000_000) for key in keys for form in FORMS)
    return inputs, ScenarioInputs(inputs.checksum, measures, slots=slots, paths=paths)


FORMS = ("verblijf", "ambulant")


def _measure(number: int) -> MeasureInput:
    driver = DRIVERS[number % len(DRIVERS)]
    mix = driver == "mix"
    central = 1000 if mix else -500
    return MeasureInput(
        f"m{number}", f"maatregel {number}", driver,
        Scope(category="verblijf") if mix else Scope(segment=f"S{number % SEGMENTS + 1}"),
        FIRST + HISTORY + 12, 3, 12, central - 400, central, central + 400,
        order=number, target=Scope(category="ambulant") if mix else Scope(), ratio=5000,
    )  # fmt: skip


def shared_courses(dice: np.random.Generator, months: int, paths: int) -> list[Floats]:
    """What all cells of a segment share, by month and path; the last is that of the region."""
    courses = []
    for _ in range(1 + SEGMENTS):
        up, bend, noise = dice.standard_normal((3, months, paths), dtype=np.float32)
        steps = np.cumsum(np.float32(0.001) * bend, axis=0) + np.float32(0.01) * up
        courses.append(1 + np.cumsum(steps, axis=0) + np.float32(0.02) * noise)
    for place in range(SEGMENTS):
        courses[place] *= courses[SEGMENTS]
    return courses


def walked(dice: np.random.Generator, course: Floats) -> Floats:
    """The amounts of one cell, by month and path: bare draws, level and slope."""
    months, paths = course.shape
    shocks = dice.standard_normal((months + OPEN, paths), dtype=np.float32)
    amounts = np.empty((months, paths), dtype=np.float32)
    level, slope = np.ones(paths, np.float32), np.zeros(paths, np.float32)
    for month in range(OPEN):
        level += np.float32(0.01) * shocks[month]
        slope += np.float32(0.001) * shocks[month]
    for month in range(months):
        slope *= np.float32(0.97)
        level += slope
        np.add(level, shocks[OPEN + month], out=amounts[month])
        np.maximum(amounts[month], 0, out=amounts[month])
        amounts[month] *= course[month]
        amounts[month] *= np.float32(1000)
        level += np.float32(0.1) * shocks[OPEN + month]
    return amounts


def bare(cells: int, months: int, paths: int, years: int = 8) -> float:
    """One number, so that nothing can be left out: draw, walk, scale, change, add up, sort."""
    dice = np.random.Generator(np.random.SFC64(1))
    courses = shared_courses(dice, months, paths)
    effects = 0.01 * dice.standard_normal((10, paths), dtype=np.float32)
    works = np.linspace(0, 1, months, dtype=np.float32)
    totals = np.zeros((1 + cells // SEGMENTS + SEGMENTS, years, paths), dtype=np.float32)
    limits = 0.0
    for cell in range(cells):
        amounts = walked(dice, courses[cell % SEGMENTS])
        before = amounts.reshape(years, -1, paths).sum(axis=1)
        for effect in (cell % 10, (cell + 3) % 10):
            amounts *= 1 + works[:, None] * effects[effect]
        sums = amounts.reshape(years, -1, paths).sum(axis=1)
        for place in (0, 1 + cell // SEGMENTS, 1 + cells // SEGMENTS + cell % SEGMENTS):
            totals[place] += sums
        limits += float(np.sort(sums, axis=1)[0, 0]) + float(before[0, 0])
    return limits + float(np.sort(totals, axis=2)[0, 0, 0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("cells", CELLS), ("months", MONTHS), ("paths", PATHS), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    inputs, scenario = region(asked.cells, asked.months, asked.paths)
    ours, theirs = [], []
    for _ in range(asked.runs):
        begin = time.process_time()
        compute_scenario(inputs, scenario, workers=1)
        ours.append(time.process_time() - begin)
        begin = time.process_time()
        bare(asked.cells, asked.months, asked.paths)
        theirs.append(time.process_time() - begin)
    ratio = median(ours) / median(theirs)
    print(
        f"{asked.cells} cells, {asked.months} months, {asked.paths} paths: scenario "
        f"{median(ours):.1f} s, bare {median(theirs):.1f} s of processor time: {ratio:.2f} x "
        f"(limit {LIMIT} x)"
    )
    if asked.cells * asked.months * asked.paths < CELLS * MONTHS * PATHS:
        print("too few paths to hold against the limit")
        return
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
