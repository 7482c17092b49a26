"""From messages to a pattern: does the search find a provider that does worse in simulated traffic?

    python -m benchmarks.planted [--seeds 8] [--seed 20261122] [--lines 24000]

Per seed a region's care of 31 months is written as iJw messages, once with one large provider of
which more children drop out (x 2.2) in the last two half-years and once without, taken in through
the intake, and searched by the jobs. Everything is undone afterwards: run it on a migrated
database of its own.
"""

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import django

from simulation import load_profile, write_region
from simulation.profile import Worse

SINCE, UNTIL, LAST = date(2023, 7, 1), date(2026, 1, 31), "2025-H2"
PLANTED = Worse(provider=2, measure="dropout", factor=2.2, since=date(2025, 1, 1))
CODE = "dropout_rate"


@dataclass(frozen=True)
class Searched:
    """What a search says: the providers with more drop-out, how many cells stand out otherwise,
    and who was planted, with how many ends of care in the two half-years."""

    blamed: frozenset[str]
    others: int
    comparisons: int
    planted: str
    cases: int


def search(folder: Path, *, seed: int, factor: float, lines: int) -> Searched:
    """Write messages with drop-out times `factor` at one provider, take them in, compute and
    search; in the transaction of the caller."""
    from core.jobs.api import Job  # noqa: PLC0415 -- after django.setup
    from core.packs import load_pack  # noqa: PLC0415 -- after django.setup
    from core.periods import HalfYear  # noqa: PLC0415 -- after django.setup
    from monitoring.domain.figures import compute_with_comparisons  # noqa: PLC0415 -- after django.setup
    from monitoring.domain.patterns.asking import PATTERNS_JOB, ask_for_patterns  # noqa: PLC0415 -- after django.setup
    from monitoring.models import PatternRun  # noqa: PLC0415 -- after django.setup
    from regions.models import Region  # noqa: PLC0415 -- after django.setup

    profile = replace(
        load_profile("alkmaar"), since=SINCE, shifts=(), worse=(replace(PLANTED, factor=factor),)
    )
    summary = write_region(profile, seed=seed, until=UNTIL, out=folder, lines=lines)
    load_pack(path=Path(__file__).parent.parent / "region_packs" / "alkmaar-2023.yaml")
    region = Region.objects.get(slug="alkmaar")
    _take_in(region, [one.path for one in summary.files if one.form == "ijw"])
    now, *_ = compute_with_comparisons(region=region, half_year=HalfYear.parse(LAST))
    _compute_before(now)
    _do(ask_for_patterns(now))
    assert Job.objects.get(kind=PATTERNS_JOB).state == "done"
    run = PatternRun.objects.get(region=region)
    asking = run.patterns.filter(finding="conversation")
    return Searched(
        frozenset(asking.filter(code=CODE).exclude(provider="").values_list("provider", flat=True)),
        asking.exclude(code=CODE).count(),
        run.comparisons,
        planted_agb(),
        _cases(region),
    )


def _cases(region: Any) -> int:
    from monitoring.models import IndicatorValue  # noqa: PLC0415 -- after django.setup

    rows = IndicatorValue.objects.filter(
        figure_set__region=region, figure_set__half_year__in=("2025-H1", LAST), code=CODE,
        provider=planted_agb(), municipality="", category="",
    ).exclude(segment="")  # fmt: skip
    per_segment: dict[str, int] = {}
    for segment, cases in rows.values_list("segment", "denominator"):
        per_segment[segment] = per_segment.get(segment, 0) + int(cases or 0)
    return max(per_segment.values(), default=0)


def _compute_before(now: Any) -> None:
    """The earlier half-years, so that the job has only to search: no protection for councils."""
    from monitoring.domain.figures import compute_figures  # noqa: PLC0415 -- after django.setup
    from monitoring.queries.figures import LONGEST_HISTORY  # noqa: PLC0415 -- after django.setup

    for step in range(3, LONGEST_HISTORY):
        compute_figures(
            region=now.region, half_year=now.period.shift(-step), scheme=now.scheme,
            scheme_on=now.scheme_on, known_on=now.known_on, cutoff_run=now.cutoff_run,
        )  # fmt: skip


def planted_agb() -> str:
    """The AGB code of the provider that was planted, as the simulation numbers them."""
    from simulation.market import agb_code  # noqa: PLC0415 -- after django.setup

    return agb_code(names_from=load_profile("alkmaar").names_from, number=PLANTED.provider)


def _take_in(region: Any, paths: list[Path]) -> None:
    from core.intake.api import form, receive  # noqa: PLC0415 -- after django.setup

    files = [(path.name, io.BytesIO(path.read_bytes())) for path in paths]
    _do(receive(form=form("ijw"), tenant_id=region.pk, by=None, files=files).job)


def _do(job: Any) -> None:
    from core.jobs.api import run  # noqa: PLC0415 -- after django.setup

    run(job.pk)


def each(seeds: Iterable[int], factor: float, lines: int) -> Iterator[Searched]:
    from django.db import transaction  # noqa: PLC0415 -- after django.setup

    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder, transaction.atomic():
            yield search(Path(folder), seed=seed, factor=factor, lines=lines)
            transaction.set_rollback(True)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=8)
    asked.add_argument("--seed", type=int, default=20261122)
    asked.add_argument("--lines", type=int, default=24_000)
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.environ.setdefault("CLOCK_TODAY", UNTIL.isoformat())
    django.setup()
    seeds = range(options.seed, options.seed + options.seeds)
    hit = wrong = quiet = 0
    for seed, one in zip(seeds, each(seeds, PLANTED.factor, options.lines), strict=True):
        found, others = one.planted in one.blamed, len(one.blamed - {one.planted})
        hit, wrong = hit + found, wrong + others
        print(
            f"seed {seed}: {one.cases} ends of care, found {found}, others blamed {others}, "
            f"{one.comparisons} cells",
            flush=True,
        )
    for seed, one in zip(seeds, each(seeds, 1, options.lines), strict=True):
        quiet += len(one.blamed)
        print(f"seed {seed}: nothing planted, blamed {len(one.blamed)}", flush=True)
    print(f"found {hit} of {len(seeds)}; others blamed {wrong}; without a plant {quiet}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
