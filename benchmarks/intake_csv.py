"""Intake of declaration lines from CSV against a bare COPY of the same lines, same indexes.

    python -m benchmarks.intake_csv [--lines 1000000] [--rounds 3]

Works in a database of its own beside DATABASE_URL and drops it. The lines come from the generator
with 1 % faulty ones; their trajectories are taken in first. The ratio is of medians, measured
alternately; the goal is 5, the aim 3.
"""

import argparse
import csv
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import django

FAULTS = 0.01
GOAL = 5.0


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    wanted = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    with tempfile.TemporaryDirectory() as folder, own_database():
        print(json.dumps(measure(Path(folder), wanted.lines, wanted.rounds), indent=1))


def measure(folder: Path, lines: int, rounds: int) -> dict[str, Any]:
    from simulation import load_profile, write_lines  # noqa: PLC0415 -- needs Django

    written = write_lines(
        load_profile("alkmaar"), seed=3, until=date(2026, 11, 1), lines=lines, out=folder,
        faults=FAULTS,
    )  # fmt: skip
    region = make_region(municipalities_in(written.trajectories))
    take_in(region, "trajecten", written.trajectories)
    copied = folder / "lines.copy"
    intake, bare = [], []
    for _ in range(rounds):
        seconds, run = timed(lambda: take_in(region, "declaraties", written.path))
        check_counts(run, lines, sum(written.faults.values()))
        intake.append(seconds)
        if not copied.exists():
            keep_for_copy(region, copied)
        undo(run)
        bare.append(timed(lambda: copy_bare(copied))[0])
    ratio = median(intake) / median(bare)
    return {
        "lines": lines,
        "intake_seconds": [round(s, 2) for s in intake],
        "copy_seconds": [round(s, 2) for s in bare],
        "ratio": round(ratio, 2),
        "goal": GOAL,
        "reached": ratio <= GOAL,
    }


@contextmanager
def own_database() -> Iterator[None]:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    base = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{base}_benchmark_intake"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(base, verbosity=0)


def municipalities_in(path: Path) -> set[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["gemeente"] for row in csv.DictReader(file, delimiter=";")}


def make_region(codes: set[str]) -> Any:
    from regions.enums import OrganisationKind  # noqa: PLC0415 -- needs Django
    from regions.models import (  # noqa: PLC0415
        Municipality,
        Organisation,
        Region,
        RegionMembership,
    )

    def party(name: str, kind: str) -> Organisation:
        return Organisation.objects.create(name=name, kind=kind)

    region = Region.objects.create(
        slug="meting", name="Meting", organisation=party("Meting", OrganisationKind.REGIONAL)
    )
    for code in sorted(codes):
        municipality = Municipality.objects.create(
            gm_code=code, name=code, organisation=party(code, OrganisationKind.MUNICIPALITY)
        )
        RegionMembership.objects.create(
            region=region, municipality=municipality, valid_from=date(2015, 1, 1)
        )
    return region


def take_in(region: Any, form_code: str, path: Path) -> Any:
    """From the upload to the merged run, as a user would; the eager worker merges at once."""
    from core.intake import api as intake  # noqa: PLC0415 -- needs Django

    with path.open("rb") as stream:
        run = intake.receive(
            form=intake.form(form_code), tenant_id=region.pk, by=None, files=[(path.name, stream)]
        )
    run.refresh_from_db()
    if run.state != intake.RunState.DONE:
        raise SystemExit(f"the intake did not succeed: {run.error}")
    return run


def check_counts(run: Any, lines: int, faulty: int) -> None:
    five = run.accepted + run.changed + run.unchanged + run.waiting + run.rejected
    if (run.offered, five, run.rejected) != (lines, lines, faulty):
        raise SystemExit(f"counts differ: {run.offered}, {five}, {run.rejected}")


def keep_for_copy(region: Any, path: Path) -> None:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    with connection.cursor() as cursor, path.open("wb") as file:
        cursor.execute("CREATE TABLE bare_line (LIKE care_declarationline INCLUDING ALL)")
        source = f"SELECT * FROM care_declarationline WHERE region_id = {int(region.pk)}"
        with cursor.copy(f"COPY ({source}) TO STDOUT") as copy:
            for block in copy:
                file.write(block)


def undo(run: Any) -> None:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    from core.intake import api as intake  # noqa: PLC0415

    intake.undo_run(run=run, by=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE care_declarationline")


def copy_bare(path: Path) -> None:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    with connection.cursor() as cursor, path.open("rb") as file:
        cursor.execute("TRUNCATE bare_line")
        with cursor.copy("COPY bare_line FROM STDIN") as copy:
            while block := file.read(1 << 20):
                copy.write(block)


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = action()
    return time.perf_counter() - begin, result


if __name__ == "__main__":
    main()
