"""A small region with money in it: two municipalities, two segments, three years of months."""

from dataclasses import dataclass
from datetime import date

import pytest

from care.models import Instalment, ReceivedRun, SpendMovement, SpendTotal
from core.jobs.api import run as do_job
from core.periods import add_months
from core.users.models import User
from regions.enums import OrganisationKind, Role
from regions.models import Municipality, Organisation, Region, RegionMembership, RoleAssignment
from segments.models import ProductPlacement, Segment, SegmentScheme

START = date(2023, 1, 1)
AS_OF = date(2025, 6, 30)
MONTHS = 30
DH, DE = "0518", "0503"


def organisation(name, kind=OrganisationKind.REGIONAL):
    return Organisation.objects.create(name=name, kind=kind)


def make_region(slug="haaglanden", name="Haaglanden"):
    return Region.objects.create(slug=slug, name=name, organisation=organisation(name))


def add_municipality(region, code, name):
    place = Municipality.objects.create(
        gm_code=code, name=name, organisation=organisation(name, OrganisationKind.MUNICIPALITY)
    )
    RegionMembership.objects.create(region=region, municipality=place, valid_from=START)
    return place


def make_user(name, role, region, municipality=None, provider=None):
    user = User.objects.create_user(email=f"{name}@example.org", password="geheim-geheim")
    RoleAssignment.objects.create(
        user=user,
        role=role,
        region=region,
        municipality=municipality,
        provider_organisation=provider,
    )
    return user


@dataclass
class Place:
    region: Region
    scheme: SegmentScheme
    hague: Municipality
    delft: Municipality


@pytest.fixture
def place(db):
    region = make_region()
    scheme = SegmentScheme.objects.create(
        region=region, code="s2023", name="Segmenten 2023", valid_from=START
    )
    for order, (code, name, product, stay) in enumerate(
        [("S1", "Wonen", "45A01", True), ("S2", "Ambulant", "45A02", False)], 1
    ):
        segment = Segment.objects.create(scheme=scheme, code=code, name=name, order=order)
        ProductPlacement.objects.create(
            scheme=scheme,
            product_code=product,
            segment=segment,
            is_stay=stay,
            direction="herstel",
            valid_from=START,
        )
    return Place(
        region,
        scheme,
        add_municipality(region, DH, "Den Haag"),
        add_municipality(region, DE, "Delft"),
    )


def movement(region, care, known, cents, *, municipality=DH, product="45A01", run=1, **names):
    return SpendMovement(
        region_id=region.pk,
        run=run,
        care_month=care,
        known_month=known,
        municipality=municipality,
        provider=names.get("provider", "65650011"),
        category="45",
        product=product,
        unit="01",
        lines=1,
        volume=1,
        amount_cents=cents,
        submitted_cents=cents,
    )


def add_totals(movements):
    """The totals that a merge would have kept, of movements without origin."""
    sums = {}
    for one in movements:
        base = (one.region_id, one.care_month, one.municipality)
        for kind, rest in (
            ("cell", (one.provider, one.category, one.product, one.unit)),
            ("product", ("", one.category, one.product, "")),
            ("origin", (one.provider, "", "", "")),
        ):
            sums[base, kind, rest] = sums.get((base, kind, rest), 0) + one.amount_cents
    SpendTotal.objects.bulk_create(
        SpendTotal(
            region_id=region, care_month=month, municipality=place, kind=kind, provider=provider,
            category=category, product=product, unit=unit, lines=1, volume=1, amount_cents=cents,
        )
        for ((region, month, place), kind, (provider, category, product, unit)), cents
        in sums.items()
    )  # fmt: skip


@pytest.fixture
def spend(place):
    """Every month 1000 euros in each of four cells: 60 % known in the month, 40 % a month later."""
    rows = []
    for number in range(MONTHS):
        care = add_months(START, number)
        for municipality in (DH, DE):
            for product in ("45A01", "45A02"):
                for later, cents in ((0, 60_000), (1, 40_000)):
                    known = add_months(care, later)
                    if known <= AS_OF:
                        rows.append(
                            movement(
                                place.region,
                                care,
                                known,
                                cents,
                                municipality=municipality,
                                product=product,
                            )
                        )
    SpendMovement.objects.bulk_create(rows)
    add_totals(rows)
    ReceivedRun.objects.create(
        region_id=place.region.pk,
        run=1,
        form="ijw",
        first_dagtekening=START,
        last_dagtekening=AS_OF,
    )
    return place


def instalment(region, start, end, amount, **names):
    return Instalment.objects.create(
        region_id=region.pk,
        run=names.pop("run", 1),
        municipality=names.pop("municipality", DH),
        provider=names.pop("provider", "65650022"),
        segment=names.pop("segment", "S2"),
        category=names.pop("category", ""),
        period_from=start,
        period_to=end,
        amount=amount,
    )


_done = {}


def done(row, *of):
    """The row with its job done. Of the same rows a second time (`of` tells them apart) it gets
    what came out the first time."""
    names = ["result", "result_checksum", "finished_at"]
    names += ["inputs", "inputs_checksum"] if hasattr(row, "inputs") else []
    rows = type(row).objects.filter(pk=row.pk)
    if (type(row), of) in _done:
        rows.update(**_done[type(row), of])
    else:
        do_job(row.job.pk)
        _done[type(row), of] = rows.values(*names).get()
    return rows.get()


@pytest.fixture
def controller(place):
    return make_user("controller", Role.CONTROLLER, place.region)


@pytest.fixture
def councillor(place):
    return make_user("raad", Role.COUNCIL_MEMBER, place.region, municipality=place.delft)


@pytest.fixture
def outsider(db):
    return make_user("ander", Role.CONTROLLER, make_region("elders", "Elders"))
