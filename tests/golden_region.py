"""The hand-worked region beside the checkout, set up as a user would and filled by two runs.

Tests of `care` and of `monitoring` share it: the fixture `golden` in their conftest.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from django.db import transaction

from core.intake import api as intake
from core.intake.models import IntakeRun
from core.jobs import api as jobs
from regions.enums import OrganisationKind
from regions.models import Municipality, Organisation, Region, RegionMembership
from segments.models import Segment, SegmentScheme

BEGIN = date(2015, 1, 1)
# Product 45A49 moves on this day: two schemes.
MOVE = date(2025, 7, 1)
SETUP = {
    "aanbieders": "providers.csv",
    "producten": "products.csv",
    "tarieven": "tariffs.csv",
    "jeugdigen": "youth.csv",
    "begrotingen": "budgets.csv",
}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def organisation(name: str, kind: str) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind)


def make_region(slug: str, name: str) -> Region:
    return Region.objects.create(
        slug=slug, name=name, organisation=organisation(name, OrganisationKind.REGIONAL)
    )


def add_municipality(region: Region, *, gm_code: str, name: str) -> Municipality:
    municipality = Municipality.objects.filter(gm_code=gm_code).first()
    if municipality is None:
        municipality = Municipality.objects.create(
            gm_code=gm_code,
            name=name,
            organisation=organisation(name, OrganisationKind.MUNICIPALITY),
        )
    RegionMembership.objects.create(region=region, municipality=municipality, valid_from=BEGIN)
    return municipality


def make_golden_region(folder: Path) -> Region:
    """Region, municipalities and two schemes; the rest comes in by the forms."""
    region = make_region("golden", "Gouden regio")
    for row in rows(folder / "municipalities.csv"):
        add_municipality(region, gm_code=row["gemeente"], name=row["naam"])
    for code, first, end in (("een", BEGIN, MOVE), ("twee", MOVE, None)):
        scheme = SegmentScheme.objects.create(
            region=region, code=code, name=f"Indeling {code}", valid_from=first, valid_to=end
        )
        for order, row in enumerate(rows(folder / "segments.csv")):
            Segment.objects.create(
                scheme=scheme,
                code=row["segment"],
                name=row["naam"],
                order=order,
                wait_norm_days=int(row["norm_dagen"]) if row["norm_dagen"] else None,
            )
    for form_code, name in SETUP.items():
        deliver(region, form_code, folder / name)
    return region


@dataclass(frozen=True)
class Golden:
    """The region with both deliveries in it. `runs` maps a cut-off of expected.csv to a run."""

    region: Region
    folder: Path
    runs: dict[int, int]


def deliver(region: Region, form_code: str, *paths: Path) -> IntakeRun:
    """Take files in as a user would, and merge them."""
    files = [(path.name, io.BytesIO(path.read_bytes())) for path in paths]
    return deliver_files(region, form_code, files)


def deliver_files(
    region: Region, form_code: str, files: Iterable[tuple[str, BinaryIO]], *, by: Any = None
) -> IntakeRun:
    run = intake.receive(form=intake.form(form_code), tenant_id=region.pk, by=by, files=files)
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert run.state == intake.RunState.DONE, run.error
    return run


def load_golden(folder: Path) -> Golden:
    region = make_golden_region(folder)
    deliver(region, "uitkomsten", folder / "outcome.csv")
    deliver(region, "verblijfplaatsen", folder / "placements.csv")
    first = deliver(region, "ijw", folder / "run1.zip")
    second = deliver(region, "ijw", folder / "run2.zip")
    return Golden(region, folder, {1: first.number, 2: second.number})


@pytest.fixture(scope="module")
def golden(django_db_setup: None, django_db_blocker: Any, shared_data: Path) -> Iterator[Golden]:
    """The golden region, once per module; tests still need the `db` fixture or mark.

    It lives in a transaction around those of the tests, so that it is gone with the module.
    """
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            yield load_golden(shared_data / "golden")
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
