"""Registers: files as on screen, kept filters, and many rows at once."""

import io
from datetime import date
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from core.errors import DomainError
from core.ui import bulk
from core.ui.bulk import BulkAction
from core.ui.models import SavedFilter
from providers.models import Provider
from regions.enums import Role
from tests.factories import ContractFactory, ProviderFactory, a_region, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return a_region()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(made, settings):
    settings.MFA_REQUIRED = False
    return signed_in(user_with(Role.CONTRACT_MANAGER, made.region))


@pytest.fixture
def contracts(made):
    return reverse("contracts", args=[made.region.slug])


def content(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_the_csv_holds_what_is_on_screen_filtered_and_sorted(client, contracts, made):
    for number in ("A-1", "A-2", "B-1"):
        ContractFactory(region=made.region, provider=made.provider, number=number)
    answer = client.get(f"{contracts}?zoek=A-&sorteer=-nummer&bestand=csv")
    lines = content(answer).splitlines()
    assert lines[0].startswith("Nummer;Naam;Aanbieder")
    assert [line.split(";")[0] for line in lines[1:]] == ["A-2", "A-1"]
    assert "attachment" in answer["Content-Disposition"]


def test_the_workbook_has_typed_cells_and_its_definitions(client, contracts, made):
    made.contract.end_date = date(2027, 1, 1)
    made.contract.save()
    book = load_workbook(io.BytesIO(client.get(f"{contracts}?bestand=xlsx").content))
    header = [cell.value for cell in book["Contracten"][1]]
    row = [cell.value for cell in book["Contracten"][2]]
    assert row[header.index("Begin")].date() == made.contract.start_date
    assert row[header.index("Laatste dag")].date() == date(2026, 12, 31)
    assert "Toelichting" in book.sheetnames


def test_every_register_comes_as_a_file(client, made):
    here, scheme = made.region.slug, made.scheme.pk
    lists = ("providers", "contracts", "tariffs", "products", "my-tasks")
    addresses = [reverse(name, args=[here]) for name in lists]
    addresses += [reverse(name, args=[here, scheme]) for name in ("placements", "goals", "shares")]
    for address in addresses:
        for kind in ("csv", "xlsx"):
            answer = client.get(address, {"bestand": kind})
            assert answer.status_code == 200, address
            assert f".{kind}" in answer["Content-Disposition"], address


def keep(client, made, **values):
    filled = {"register": "contracts", "name": "Lopend", "query": "stand=active", "team": ""}
    page = reverse("contracts", args=[made.region.slug])
    return client.post(
        reverse("filter-save", args=[made.region.slug]), {"page": page} | filled | values
    )


def test_a_kept_filter_leads_back_to_the_list_and_stands_under_it(client, contracts, made):
    answer = keep(client, made)
    assert answer.url == f"{contracts}?stand=active"
    assert "Lopend" in client.get(f"{contracts}?alles=ja").content.decode()


def test_the_default_filter_opens_the_list_and_can_be_left(client, contracts, made):
    keep(client, made, is_default="on")
    assert client.get(contracts).url == f"{contracts}?stand=active"
    assert client.get(f"{contracts}?alles=ja").status_code == 200
    keep(client, made, name="Anders", query="sorteer=einde", is_default="on")
    assert SavedFilter.objects.filter(is_default=True).count() == 1


def test_only_the_team_sees_a_shared_filter(client, contracts, made):
    keep(client, made, team="contract_manager")
    colleague = signed_in(user_with(Role.CONTRACT_MANAGER, made.region))
    controller = signed_in(user_with(Role.CONTROLLER, made.region))
    assert "Lopend" in colleague.get(f"{contracts}?alles=ja").content.decode()
    assert ">Lopend<" not in controller.get(f"{contracts}?alles=ja").content.decode()
    row = SavedFilter.objects.get()
    remove = reverse("filter-remove", args=[made.region.slug, row.pk])
    assert colleague.post(remove).status_code == 404
    assert client.post(remove, {"page": contracts}).status_code == 302


def test_a_filter_is_shared_with_ones_own_team_only(client, made):
    assert keep(client, made, team="controller").status_code == 409


def test_the_way_back_never_leaves_the_site(client, made):
    assert keep(client, made, page="//elders.example/").url == "/"


def rename(row, request, values):
    if row.name == "Nee":
        raise DomainError("Deze naam blijft.", code="blijft")
    row.name = f"{row.name}!"
    row.save()
    return f"heet dan {row.name}"


ACTION = BulkAction("rename", "Hernoemen", rename)


@pytest.fixture
def providers(made):
    for name in ("Een", "Twee", "Nee"):
        ProviderFactory(region=made.region, name=name)
    return Provider.objects.filter(name__in=("Een", "Twee", "Nee")).order_by("pk")


def test_trying_keeps_nothing_and_tells_of_every_row(providers):
    outcomes = bulk.tried(ACTION, list(providers), None, {})
    assert [(o.row.name, o.refused) for o in outcomes] == [
        ("Een", False), ("Twee", False), ("Nee", True),
    ]  # fmt: skip
    assert sorted(p.name for p in providers.all()) == ["Een", "Nee", "Twee"]


def test_one_refusal_keeps_all_as_it_was(providers):
    outcomes, kept = bulk.done(ACTION, list(providers), None, {})
    assert (kept, sum(o.refused for o in outcomes)) == (False, 1)
    assert providers.all().count() == 3


def test_without_refusal_all_is_done(providers):
    outcomes, kept = bulk.done(ACTION, list(providers.exclude(name="Nee")), None, {})
    assert (kept, len(outcomes)) == (True, 2)
    assert set(Provider.objects.filter(name__endswith="!").values_list("name", flat=True)) == {
        "Een!", "Twee!",
    }  # fmt: skip


def test_choosing_takes_the_ticked_rows_that_the_filter_gives(rf, providers):
    one, other = providers[0], providers[1]
    request = rf.post("/", {"_rows": [one.pk, other.pk]})
    assert bulk.chosen(request, providers.filter(name="Een")) == [one]
    request = rf.post("/", {"_all": "1"})
    assert len(bulk.chosen(request, providers)) == 3
    with pytest.raises(DomainError, match="Kies eerst"):
        bulk.chosen(rf.post("/"), providers)


def test_the_query_of_a_kept_filter_is_what_is_on_screen(client, contracts, made):
    page = client.get(f"{contracts}?stand=active&pagina=1&sorteer=-einde").content.decode()
    kept = page.split('name="query" value="')[1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(kept) == {"stand": ["active"], "sorteer": ["-einde"]}
