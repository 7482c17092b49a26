"""What others wait for: the tables, the list of contracts, and the release package."""

import csv
import io
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


def test_each_release_has_what_the_standard_asks():
    package = a_package()
    assert package["version"] == "1.1"
    for release in package["releases"]:
        assert {"ocid", "id", "date", "tag", "initiationType"} <= set(release)
        assert release["ocid"].startswith("ocds-000000-")
        known = {party["id"] for party in release["parties"]}
        assert release["buyer"]["id"] in known
    assert len({r["ocid"] for r in package["releases"]}) == 2


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
