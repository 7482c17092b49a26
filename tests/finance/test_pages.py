import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db.models import F
from django.urls import reverse
from openpyxl.utils import get_column_letter
from rest_framework.test import APIClient

from care.models import SpendTotal
from core import clock
from core.jobs.api import run as do_job
from finance.domain.projecting import start_projection
from finance.models import Budget, IndexRule, ProjectionRun, SavingsSeries, SavingsYear
from regions.enums import Role
from segments.models import SegmentScheme

from .conftest import DE, DH, make_user, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


@pytest.fixture
def run(spend, controller):
    started = start_projection(
        region=spend.region,
        scheme=spend.scheme,
        by=controller,
        until=date(2028, 1, 1),
        seed=7,
        paths=200,
    )
    do_job(started.job.pk)
    return ProjectionRun.objects.get(pk=started.pk)


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=["haaglanden", *args]), query)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_projection_says_what_it_expects_and_where_it_comes_from(client, controller, run):
    html = text(page(client, controller, "projection", run.pk))
    assert "In 2025 kost de jeugdhulp naar verwachting" in html
    assert "Waar komt dit vandaan?" in html
    assert run.result_checksum[:16] in html
    assert "48.000" in html
    assert "style=" not in html


def test_the_turning_point_of_the_documents_is_told_and_kept(client, controller, councillor, run):
    client.force_login(controller)
    add = reverse("row-add", args=["haaglanden", "omslagverwachting"])
    answer = client.post(add, {"year": 2025, "note": "Zo staat het er.", "source": "002:L1163"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert "Zo staat het er." in text(page(client, councillor, "savings"))
    html = text(page(client, councillor, "projection", run.pk))
    assert "De documenten verwachten het omslagpunt in 2025." in html
    assert "002:L1163" in html
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(page(client, controller, "projection-xlsx", run.pk).streaming_content))
    )
    rows = [row for row in book["Uitgangspunten"].values if row[0]]
    assert ("Omslagpunt volgens de documenten", "2025 (002:L1163)") in [row[:2] for row in rows]
    api = APIClient()
    api.force_authenticate(controller)
    told = api.get(f"/api/v1/prognoses/{run.pk}/omslagpunt").json()["volgensDocumenten"]
    assert told == [
        {"jaar": 2025, "toelichting": "Zo staat het er.", "bron": "002:L1163", "fictief": False}
    ]


def test_what_came_in_since_is_told_where_spend_shows_more(client, controller, councillor, run):
    assert "Op de pagina Uitgaven" not in text(page(client, controller, "projection", run.pk))
    later = SpendTotal.objects.filter(
        kind="product", care_month=date(2025, 6, 1), municipality=DH, product="45A01"
    )
    later.update(amount_cents=F("amount_cents") + 12_345)
    for asked in ({}, {"gemeente": DH}, {"segment": "S1"}):
        html = text(page(client, controller, "projection", run.pk, **asked))
        assert "€ 123,45 meer dan hier bij bekend" in html, asked
    for asked in ({"gemeente": DE}, {"segment": "S2"}):
        html = text(page(client, controller, "projection", run.pk, **asked))
        assert "Op de pagina Uitgaven" not in html, asked
    # What a councillor sees of spend is the own municipality; there is nothing to compare.
    html = text(page(client, councillor, "projection", run.pk))
    assert "Op de pagina Uitgaven" not in html


def test_a_fictitious_budget_says_so(client, controller, run, place):
    assert "fictief" not in text(page(client, controller, "projection", run.pk))
    Budget.objects.create(
        region=place.region, year=2026, status="adopted", amount=50_000, fictitious=True
    )
    html = text(page(client, controller, "projection", run.pk))
    assert "fictief" in html
    assert "50.000" in html


def test_a_municipality_and_segment_can_be_chosen(client, controller, run):
    html = text(page(client, controller, "projection", run.pk, gemeente="0503", segment="S1"))
    assert "Delft, S1 Wonen" in html
    assert "12.000" in html


def test_a_councillor_sees_the_region_and_the_own_municipality_only(client, councillor, run):
    text(page(client, councillor, "projection", run.pk))
    text(page(client, councillor, "projection", run.pk, gemeente="0503"))
    for query in ({"gemeente": "0518"}, {"segment": "S1"}, {"gemeente": "0518", "segment": "S1"}):
        assert page(client, councillor, "projection", run.pk, **query).status_code == 404
    file = page(client, councillor, "projection-csv", run.pk).getvalue().decode("utf-8-sig")
    places = {tuple(line.split(";")[1:3]) for line in file.splitlines()[1:]}
    assert places == {("*", "*"), ("0503", "*"), ("0503", "S1"), ("0503", "S2")}


def test_another_region_and_a_provider_find_nothing(client, outsider, place, run):
    assert page(client, outsider, "projection", run.pk).status_code == 404
    provider = make_user(
        "aanbieder", Role.PROVIDER, place.region, provider=organisation("Zorg", "provider")
    )
    assert page(client, provider, "projection", run.pk).status_code == 404
    assert "Prognoses" not in client.get(reverse("home", args=["haaglanden"])).content.decode()


def test_the_table_adds_up_to_the_cent_in_the_file(client, controller, run):
    file = page(client, controller, "projection-months-csv", run.pk)
    lines = [line.split(";") for line in file.getvalue().decode("utf-8-sig").splitlines()]
    assert lines[0][:5] == ["Maand", "Gemeente", "Segment", "Bekend", "Verwacht"]
    cents = {
        key: sum(
            Decimal(line[4].replace(",", ".")) for line in lines[1:] if tuple(line[1:3]) in key
        )
        for key in (
            (("*", "*"),),
            (("0503", "S1"), ("0503", "S2"), ("0518", "S1"), ("0518", "S2")),
        )
    }
    assert len(set(cents.values())) == 1


def test_the_workbook_has_typed_cells_and_its_source(client, controller, run):
    file = page(client, controller, "projection-xlsx", run.pk)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    assert book.sheetnames == [
        "Per jaar", "Opgeteld", "Per maand", "Uitgangspunten", "Toelichting",
    ]  # fmt: skip
    units = {row[1]: row[3] for row in book["Toelichting"].iter_rows(values_only=True)}
    assert (units["Verwacht"], units["Begroting"], units["Jaar"]) == ("euro", "euro", None)
    headers, *cells, total = book["Opgeteld"].iter_rows(values_only=True)
    at = headers.index("2024")
    assert total[at] == f"=SUBTOTAL(109,{get_column_letter(at + 1)}2:{get_column_letter(at + 1)}5)"
    assert (len(cells), sum(row[at] for row in cells)) == (4, 48_000)
    year = next(row for row in book["Per jaar"].iter_rows(values_only=True) if row[0] == 2024)
    assert year[5] == 48_000
    inputs = dict(book["Uitgangspunten"].iter_rows(min_row=2, values_only=True))
    assert (inputs["Startgetal"], inputs["Doorrekeningen"]) == (run.seed, run.paths)
    notes = [row[2] for row in book["Toelichting"].iter_rows(values_only=True)]
    assert any(run.result_checksum in (note or "") for note in notes)


def test_a_controller_asks_for_a_projection(client, controller, spend):
    client.force_login(controller)
    address = reverse("projection-start", args=["haaglanden"])
    html = text(client.get(address))
    assert "juni 2025" in html
    answer = client.post(
        address, {"scheme": spend.scheme.pk, "as_of": "2025-03-31", "until": "2027-01-01"}
    )
    made = ProjectionRun.objects.get()
    assert answer.status_code == 302
    assert (made.as_of, made.until) == (date(2025, 3, 31), date(2027, 1, 1))
    assert made.title == "Prognose maart 2025"
    assert "ververst zichzelf" in text(client.get(answer.url))
    # Between an old division and one that is coming, the page offers what the region shows.
    spend.scheme.valid_from = clock.today() + timedelta(days=9)
    spend.scheme.save()
    SegmentScheme.objects.create(
        region=spend.region, code="oud", name="Oud", valid_from=date(2016, 1, 1),
        valid_to=date(2018, 1, 1),
    )  # fmt: skip
    offered = client.get(address).context["form"]["scheme"].initial
    assert offered == spend.scheme


def test_a_councillor_cannot_ask_for_one(client, councillor, spend):
    client.force_login(councillor)
    answer = client.get(reverse("projection-start", args=["haaglanden"]))
    assert answer.status_code == 403
    assert "regionale organisatie" in answer.content.decode()


def test_a_projection_is_computed_again_on_request(client, controller, run):
    client.force_login(controller)
    address = reverse("projection-recompute", args=["haaglanden", run.pk])
    assert "tot op de laatste cent" in client.post(address, follow=True).content.decode()


def test_another_outcome_is_told_apart_from_damage(client, controller, run):
    client.force_login(controller)
    address = reverse("projection-recompute", args=["haaglanden", run.pk])
    made = ProjectionRun.objects.filter(pk=run.pk)
    made.update(result_checksum="0" * 64)
    assert "beschadigd" in client.post(address, follow=True).content.decode()
    made.update(code_version="finance-1")
    html = client.post(address, follow=True).content.decode()
    assert "toen finance-1, nu finance-" in html
    assert "beschadigd" not in html


def test_the_list_needs_as_many_queries_for_one_run_as_for_three(
    client, controller, run, django_assert_max_num_queries
):
    for _ in range(2):
        run.pk = None
        run.save()
    client.force_login(controller)
    with django_assert_max_num_queries(12):
        text(client.get(reverse("projections", args=["haaglanden"])))


def test_a_controller_records_changes_and_adopts_a_budget(client, controller, place):
    client.force_login(controller)
    client.post(
        reverse("budget-add", args=["haaglanden"]),
        {
            "year": 2026,
            "segment": "S1",
            "subject": "Jeugdhulp",
            "kind": "in_kind",
            "status": "adopted",
            "amount": "1.000,50",
            "rounding": "exact",
            "municipality": place.delft.pk,
        },
    )
    first = Budget.objects.get()
    assert (first.amount, first.municipality, first.segment) == (
        Decimal("1000.50"),
        place.delft,
        "S1",
    )
    client.post(
        reverse("budget-change", args=["haaglanden", first.pk]),
        {"amount": "1200", "rounding": "exact", "source": "Voorjaarsnota"},
    )
    change = Budget.objects.get(version=2)
    assert change.status == "proposed"
    client.post(reverse("budget-adopt", args=["haaglanden", change.pk]))
    html = text(client.get(reverse("budgets", args=["haaglanden"])))
    assert "gewijzigd vastgesteld" in html
    assert "telt niet mee" in html
    assert "€ 1.000,50" in html


def test_a_double_budget_is_explained_in_the_form(client, controller, place):
    Budget.objects.create(region=place.region, year=2026, status="adopted", amount=1)
    client.force_login(controller)
    answer = client.post(
        reverse("budget-add", args=["haaglanden"]),
        {
            "year": 2026,
            "subject": "Jeugdhulp",
            "kind": "in_kind",
            "status": "proposed",
            "amount": "5",
            "rounding": "exact",
        },
    )
    assert answer.status_code == 422
    assert "al vastgelegd" in answer.content.decode()


def test_budgets_of_another_region_do_not_exist(client, outsider, place, controller):
    row = Budget.objects.create(region=place.region, year=2026, status="proposed", amount=1)
    client.force_login(outsider)
    elsewhere = reverse("budget-adopt", args=["elders", row.pk])
    assert client.post(elsewhere).status_code == 404


def test_savings_and_index_are_shown_and_the_index_is_kept(client, controller, place):
    series = SavingsSeries.objects.create(region=place.region, code="a", name="Opgave 2027")
    SavingsYear.objects.create(series=series, year=2027, amount=Decimal("-11.3"))
    client.force_login(controller)
    client.post(
        reverse("index-add", args=["haaglanden"]),
        {"year": 2026, "percentage": "4,96", "certainty": "stated", "source": "VNG"},
    )
    assert IndexRule.objects.get().percentage == Decimal("4.96")
    html = text(client.get(reverse("savings", args=["haaglanden"])))
    assert "-11,3" in html
    assert "4,96%" in html


def test_the_home_page_shows_the_newest_projection(client, controller, run):
    html = text(page(client, controller, "home"))
    assert "Prognose van de kosten" in html
