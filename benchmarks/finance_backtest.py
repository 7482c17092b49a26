"""How near the forecast of a full year is, on regions whose future is known.

Usage: DATABASE_URL=... python -m benchmarks.finance_backtest [--seeds 6] [--first 0] [--kinds cl]

Per kind of region (c: children simulated one by one; l: a ledger with mishaps) and with 3, 6 and 9
months of the year known: the mean absolute percentage error of the whole region's year, beside
simple rivals that use what was known then, and how often the 80 % interval held what it became.
Goals: below the best rival, and 75 to 85 %. The generators share nothing with the estimator.
"""

import argparse
import os
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from benchmarks.finance_regions import (  # noqa: E402
    KnownRegion,
    ledger_region,
    region_of_children,
)
from finance.domain.backtest import (  # noqa: E402
    MILESTONES,
    Attempt,
    milestones,
    rivals,
    seen_at,
)
from finance.domain.projection import project  # noqa: E402
from finance.domain.projection_inputs import (  # noqa: E402
    CellInputs,
    IndexYear,
    Movement,
    ProjectionInputs,
)
from finance.domain.silence import Sent  # noqa: E402

MAKERS = {"c": region_of_children, "l": ledger_region}
NAMES = ("last year + index", "last 12 months", "straight line", "straight line - 2")
YEARS = 6
PATHS = 500


def inputs_of(region: KnownRegion) -> ProjectionInputs:
    """Everything that ever became known; `seen_at` takes away what was not known yet."""
    cells: dict[tuple[str, str], list[Movement]] = defaultdict(list)
    for (municipality, segment, care, known), cents in sorted(region.moved.items()):
        cells[municipality, segment].append(Movement(care, known, cents))
    return ProjectionInputs(
        first=region.first,
        as_of=region.last,
        last=region.last + 1,
        cells=tuple(CellInputs(*key, tuple(moves)) for key, moves in sorted(cells.items())),
        indexation=tuple(
            IndexYear(year, round(rise * 10_000)) for year, rise in sorted(region.index.items())
        ),
        paths=PATHS,
        chosen=True,
    )


def attempts_of(asked: tuple[str, int]) -> list[Attempt]:
    kind, seed = asked
    region = MAKERS[kind](seed, years=YEARS)
    return list(_attempts(region))


def _attempts(region: KnownRegion) -> Iterator[Attempt]:
    whole = inputs_of(region)
    sent = [Sent(*key, cents) for key, cents in region.sent.items()]
    first_year = region.first // 12
    for year in range(first_year + 2, region.last // 12 + 1):
        for months in MILESTONES:
            origin = year * 12 + months - 1
            yield _attempt(region, seen_at(whole, origin, sent), origin, year)


def _attempt(region: KnownRegion, then: ProjectionInputs, origin: int, year: int) -> Attempt:
    said = project(replace(then, last=year * 12 + 11))
    series, place = said.find(), list(said.years).index(year)
    if series is None:
        raise ValueError("a projection has its region")
    known = [0] * (origin - region.first + 1)
    for (_, _, care, on), cents in region.moved.items():
        if region.first <= care <= origin and on <= origin:
            known[care - region.first] += cents
    return Attempt(
        municipality="",
        segment="",
        origin=origin,
        year=year,
        known=(origin + 1) % 12,
        said=series.year_expected[place],
        low80=series.years.low80[place],
        high80=series.years.high80[place],
        rivals=rivals(np.array(known), region.first, origin, region.index.get(year, 0.0)),
        became=round(region.year(year) * 100),
    )


def tell(name: str, attempts: list[Attempt]) -> None:
    for one in milestones(attempts):
        others = "  ".join(
            f"{rival} {100 * miss:.2f} %"
            for rival, miss in zip(NAMES, one.rivals, strict=True)
            if miss is not None
        )
        best = one.best_rival or 0.0
        print(
            f"{name} {one.known} months: {100 * one.own:.2f} % (best rival {100 * best:.2f} %), "
            f"80 % interval held {one.held}/{one.count} = {one.held / one.count:.0%}  [{others}]"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--kinds", default="cl")
    options = parser.parse_args()
    asked = [
        (kind, seed)
        for kind in options.kinds
        for seed in range(options.first, options.first + options.seeds)
    ]
    everything: list[Attempt] = []
    with ProcessPoolExecutor(max_workers=2) as pool:
        found = dict(zip(asked, pool.map(attempts_of, asked), strict=True))
    for kind in options.kinds:
        rows = [one for (k, _), made in found.items() if k == kind for one in made]
        tell("children" if kind == "c" else "ledger", rows)
        everything += rows
    tell("all", everything)
    held = sum(one.held for one in everything)
    print(f"80 % interval held {held}/{len(everything)} = {held / len(everything):.0%}")


if __name__ == "__main__":
    main()
