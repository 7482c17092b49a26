"""What others wait for: the tables, the list of contracts, and the release package."""

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from core.periods import HalfYear
from procurement.models import Procedure
from regions.enums import Role
from reports.domain.ocds import Agreement, Package, Party, Tender, release_package
from reports.queries.deliveries import (
    METHODS,
    STATUSES,
    contracted,
    half_year_table,
    package_of,
    years_of,
)
from tests.factories import ContractFactory, a_region, user_with

BUYER, SUPPLIER = Party("noord", "Regio Noord"), Party("22000001", "Zorghuis", "12345678")
# The words that the standard knows, from its closed code lists.
TENDER_STATUS = {
    "planning",
    "planned",
    "active",
    "cancelled",
    "unsuccessful",
    "complete",
    "withdrawn",
}
METHOD = {"open", "selective", "limited", "direct"}


def a_package(**fields):
    given = {
        "address": "https://voorbeeld.example/ocds.json",
        "prefix": "ocds-000000",
        "buyer": BUYER,
        "published": datetime(2026, 10, 1, 12, tzinfo=ZoneInfo("UTC")),
        "tenders": (
            Tender("p1", "Open huis", "", "active", "open", date(2026, 2, 3), Decimal("1000000")),
        ),
        "agreements": (
            Agreement(
                "c1", "Ambulant", "active", SUPPLIER, date(2023, 1, 1), date(2025, 12, 31),
                (("45A01", "Ambulante hulp"),),
            ),
        ),
    }  # fmt: skip
    return release_package(Package(**{**given, **fields}))


# From the schema of release packages 1.1.5, which is in no package: what each object must have,
# and the words of closed lists.
REQUIRED = {
    "package": {"uri", "publisher", "publishedDate", "releases", "version"},
    "publisher": {"name"},
    "releases": {"ocid", "id", "date", "tag", "initiationType"},
    "tender": {"id"},
    "awards": {"id"},
    "contracts": {"id", "awardID"},
    "items": {"id"},
}
WORDS = {
    ("releases", "tag"): {"planning", "tender", "contract"},
    ("releases", "initiationType"): {"tender"},
    ("parties", "roles"): {"buyer", "procuringEntity", "supplier"},
    ("tender", "status"): TENDER_STATUS,
    ("tender", "procurementMethod"): METHOD,
    ("tender", "mainProcurementCategory"): {"goods", "works", "services"},
    ("awards", "status"): {"pending", "active", "cancelled", "unsuccessful"},
    ("contracts", "status"): {"pending", "active", "cancelled", "terminated"},
    ("value", "currency"): {"EUR"},
}
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)"


def faults_of(node, name="package"):
    """Where an object is not as the schema has it."""
    found = [f"{name} without {key}" for key in REQUIRED.get(name, set()) - node.keys()]
    for key, value in node.items():
        ones = value if isinstance(value, list) else [value]
        if value in ("", None, []):
            found.append(f"{name}.{key} is empty")
        if key.lower().endswith("date") and not re.fullmatch(MOMENT, value):
            found.append(f"{name}.{key} is no moment")
        if not set(WORDS.get((name, key), ())) >= {w for w in ones if (name, key) in WORDS}:
            found.append(f"{name}.{key} has another word")
        found += [fault for one in ones if isinstance(one, dict) for fault in faults_of(one, key)]
    return found


def unknown_parties(release):
    """References to parties and awards that are not in the release."""
    known = {party["id"] for party in release["parties"]}
    awards = release.get("awards", [])
    named = [release["buyer"], *(s for a in awards for s in a["suppliers"])]
    named += [release["tender"]["procuringEntity"]] if "tender" in release else []
    loose = {c["awardID"] for c in release.get("contracts", [])} - {a["id"] for a in awards}
    return {one["id"] for one in named} - known | loose


def test_a_package_is_as_the_standard_has_it():
    package = a_package()
    assert package["version"] == "1.1"
    assert faults_of(package) == []
    assert [unknown_parties(release) for release in package["releases"]] == [set(), set()]
    assert len({r["ocid"] for r in package["releases"]}) == 2
    assert all(r["ocid"].startswith("ocds-000000-") for r in package["releases"])
    tender, contract = package["releases"]
    tender["date"], tender["tag"] = "2026-02-03", ["soon"]
    del contract["contracts"][0]["awardID"]
    assert set(faults_of(package)) == {
        "releases.date is no moment", "releases.tag has another word",
        "contracts without awardID",
    }  # fmt: skip


def test_a_contract_names_its_award_supplier_and_days_in_our_time():
    [release] = a_package(tenders=())["releases"]
    [contract], [award] = release["contracts"], release["awards"]
    assert contract["awardID"] == award["id"]
    assert award["suppliers"] == [{"id": "22000001", "name": "Zorghuis"}]
    # Winter time; the last day counts whole.
    assert contract["period"] == {
        "startDate": "2023-01-01T00:00:00+01:00",
        "endDate": "2025-12-31T23:59:59+01:00",
    }
    supplier = next(p for p in release["parties"] if p["roles"] == ["supplier"])
    assert supplier["identifier"]["id"] == "12345678"


def test_our_words_are_words_of_the_standard():
    assert set(STATUSES.values()) <= TENDER_STATUS
    assert set(METHODS.values()) <= METHOD
    assert a_package()["releases"][0]["tender"]["value"] == {"amount": 1e6, "currency": "EUR"}


@pytest.fixture
def made(db):
    return a_region()


def test_a_package_leaves_out_what_was_not_agreed(made):
    ContractFactory(region=made.region, status="draft")
    Procedure.objects.create(region=made.region, name="Open huis 2027", kind="open_house")
    package = package_of(made.region, "https://voorbeeld.example")
    released = release_package(package)
    assert faults_of(released) == []
    assert [unknown_parties(release) for release in released["releases"]] == [set(), set()]
    assert [a.id for a in package.agreements] == [f"noord-contract-{made.contract.pk}"]
    assert [(t.title, t.method, t.status) for t in package.tenders] == [
        ("Open huis 2027", "open", "planning")
    ]


def test_the_list_of_a_year_has_each_product_of_each_contract(made):
    rows = [
        dict(zip(("year", "name", "agb"), row, strict=False))
        for row in contracted(made.region, 2023)
    ]
    assert [(r["year"], r["agb"]) for r in rows] == [(2023, made.provider.agb_code)]
    assert list(contracted(made.region, 2022)) == []
    assert years_of(made.region)[-1] == 2023


def test_a_half_year_without_figures_has_no_table(made):

    assert list(half_year_table(made.region, HalfYear(2025, 1))) == []


def test_the_files_are_for_staff(made):
    address = reverse("deliveries-contracts", args=[made.region.slug, 2023])
    client = Client()
    client.force_login(user_with(Role.CONTROLLER, made.region))
    text = client.get(address).content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["productcode"], row["begin"]) == ("45A01", "2023-01-01")
    client.force_login(user_with(Role.COUNCIL_MEMBER, made.region, made.municipalities[0]))
    assert client.get(address).status_code == 403
