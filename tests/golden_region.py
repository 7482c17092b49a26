"""The hand-worked region beside the checkout, set up as a user would and filled by two runs.

Tests of `care` and of `monitoring` share it: the fixture `golden` in their conftest.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from django.db import transaction

from core.intake import api as intake
from core.intake.models import IntakeRun
from core.jobs import api as jobs
from procurement.models import Tariff
from providers.models import Provider
from regions.enums import OrganisationKind
from regions.models import Municipality, Organisation, Region, RegionMembership, YouthPopulation
from segments.models import Product, ProductPlacement, Segment, SegmentScheme

BEGIN = date(2015, 1, 1)
# Product 45A49 moves on this day: two schemes.
MOVE = date(2025, 7, 1)


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
    """Region, municipalities, providers, two schemes, products, tariffs and youth counts."""
    region = make_region("golden", "Gouden regio")
    for row in rows(folder / "municipalities.csv"):
        add_municipality(region, gm_code=row["gemeente"], name=row["naam"])
    for row in rows(folder / "providers.csv"):
        Provider.objects.create(
            region=region,
            agb_code=row["agb"],
            name=row["naam"],
            organisation=organisation(row["naam"], OrganisationKind.PROVIDER),
        )
    add_schemes(region, folder)
    add_tariffs_and_youth(region, folder)
    return region


def add_schemes(region: Region, folder: Path) -> None:
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
        for row in rows(folder / "products.csv"):
            place_product(scheme, row)


def place_product(scheme: SegmentScheme, row: dict[str, str]) -> None:
    """Every scheme places a product once: as it holds on the scheme's first or last day."""
    Product.objects.get_or_create(
        region=scheme.region,
        code=row["productcode"],
        defaults={"category": row["productcategorie"]},
    )
    valid_from = date.fromisoformat(row["geldig_van"])
    valid_to = day_after(row["geldig_tot"])
    held_on = scheme.valid_to - timedelta(days=1) if scheme.valid_to else MOVE
    if valid_from <= held_on and (valid_to is None or valid_to > held_on):
        ProductPlacement.objects.create(
            scheme=scheme,
            product_code=row["productcode"],
            segment=scheme.segments.get(code=row["segment"]),
            is_stay=row["verblijf"] == "1",
            direction=row["richting"],
            valid_from=BEGIN,
        )


def add_tariffs_and_youth(region: Region, folder: Path) -> None:
    for row in rows(folder / "tariffs.csv"):
        Tariff.objects.create(
            region=region,
            product_code=row["productcode"],
            unit=row["eenheid"],
            valid_from=date.fromisoformat(row["geldig_van"]),
            valid_to=day_after(row["geldig_tot"]),
            amount=int(row["tarief_cent"]) / 100,
        )
    for row in rows(folder / "youth.csv"):
        YouthPopulation.objects.create(
            region=region,
            municipality=row["gemeente"],
            counted_on=date.fromisoformat(row["peildatum"]),
            count=int(row["aantal"]),
        )


def day_after(last_day: str) -> date | None:
    return date.fromisoformat(last_day) + timedelta(days=1) if last_day else None


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
