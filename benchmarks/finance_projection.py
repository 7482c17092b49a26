"""A projection of a whole region beside its bare array arithmetic, and beside its draws alone.

Usage: python -m benchmarks.finance_projection [--cells 45] [--months 96] [--paths 10000] [--runs 3]

The projection: 45 cells (9 municipalities, 5 segments) with three years of declarations behind and
96 months ahead, a tariff that rises in every cell and a product that changes segment; everything
from stored inputs to a stored result. Bare: the same draws, walks, sums and limits written out in
numpy, with no completion, no fitting, no steps and no bookkeeping. Normals: only the draws. On one
thread, turn by turn, in processor time. Limits: 2 x bare, 3 x the normals. They are about the paths
of a whole region: with fewer (--paths 1000 takes seconds) fitting and bookkeeping, which cost the
same for any number of paths, weigh too much, and the figures are shown without a verdict.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import Any

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from benchmarks.finance_scenario import (  # noqa: E402
    CELLS,
    FIRST,
    HISTORY,
    MONTHS,
    OPEN,
    PATHS,
    SEGMENTS,
    region,
    shared_courses,
    walked,
)
from finance.domain.known_steps import (  # noqa: E402
    PLACEMENT,
    PRICE,
    WHOLE,
    KnownStep,
    Rate,
    Shift,
)
from finance.domain.projection import project  # noqa: E402
from finance.domain.projection_inputs import ProjectionInputs  # noqa: E402

LIMIT_BARE, LIMIT_NORMALS = 2.0, 3.0
YEARS = 8


def with_steps(inputs: ProjectionInputs) -> ProjectionInputs:
    """A tariff of all cells, and a tenth of one segment in one municipality that moves."""
    first = FIRST + HISTORY + 6
    rates = tuple(
        Rate(cell.municipality, cell.segment, first, WHOLE // 50) for cell in inputs.cells
    )
    shift = Shift(inputs.cells[0].municipality, "S1", "S2", first, WHOLE // 10)
    return replace(
        inputs,
        steps=(
            KnownStep(PRICE, "", "tarieven", "2027-07-01", rates=rates),
            KnownStep(PLACEMENT, "", "product", "2027-07-01", shifts=(shift,)),
        ),
    )


def draws(cells: int, months: int, paths: int) -> float:
    """As many normals as the paths need, and nothing else."""
    dice = np.random.Generator(np.random.SFC64(1))
    found = 0.0
    for _ in range(1 + SEGMENTS):
        found += float(dice.standard_normal((3 * months, paths), dtype=np.float32)[0, 0])
    for _ in range(cells):
        found += float(dice.standard_normal((months + OPEN, paths), dtype=np.float32)[0, 0])
    return found


def bare(cells: int, months: int, paths: int) -> float:
    """One number, so that nothing can be left out: draw, walk, scale, add up, sort."""
    dice = np.random.Generator(np.random.SFC64(1))
    courses = shared_courses(dice, months, paths)
    totals = np.zeros((1 + cells // SEGMENTS + SEGMENTS, months, paths), dtype=np.float32)
    limits = 0.0
    for cell in range(cells):
        amounts = walked(dice, courses[cell % SEGMENTS])
        for place in (0, 1 + cell // SEGMENTS, 1 + cells // SEGMENTS + cell % SEGMENTS):
            totals[place] += amounts
        limits += _limits(amounts)
    return limits + sum(_limits(one) for one in totals)


def _limits(amounts: Any) -> float:
    """Limits per month and per year, as every series of a projection has."""
    years = amounts.reshape(YEARS, -1, amounts.shape[1]).sum(axis=1)
    return float(np.sort(amounts, axis=1)[0, 0]) + float(np.sort(years, axis=1)[0, 0])


def timed(action: Callable[[], Any]) -> float:
    begin = time.process_time()
    action()
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("cells", CELLS), ("months", MONTHS), ("paths", PATHS), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    size = (asked.cells, asked.months, asked.paths)
    inputs = with_steps(region(*size)[0])
    ours, theirs, normals = [], [], []
    for _ in range(asked.runs):
        ours.append(timed(lambda: project(inputs, workers=1)))
        theirs.append(timed(lambda: bare(*size)))
        normals.append(timed(lambda: draws(*size)))
    by_bare, by_normals = median(ours) / median(theirs), median(ours) / median(normals)
    print(
        f"{asked.cells} cells, {asked.months} months, {asked.paths} paths: projection "
        f"{median(ours):.2f} s, bare {median(theirs):.2f} s: {by_bare:.2f} x (limit {LIMIT_BARE}); "
        f"normals {median(normals):.2f} s: {by_normals:.2f} x (limit {LIMIT_NORMALS})"
    )
    if asked.cells * asked.months * asked.paths < CELLS * MONTHS * PATHS:
        print("too few paths to hold against the limits")
        return
    sys.exit(by_bare > LIMIT_BARE or by_normals > LIMIT_NORMALS)


if __name__ == "__main__":
    main()
