from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from core.jobs.api import run as do_job
from finance.models import Budget, IndexRule, ProjectionRun, SavingsSeries, SavingsYear

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def get(user, path, **query):
    return api(user).get(f"{ROOT}/{path}", query)


def ask(user, **body):
    return api(user).post(f"{ROOT}/prognoses", {"regio": "haaglanden", **body}, format="json")


@pytest.fixture
def run(spend, controller):
    answer = ask(controller, totEnMet="2027-12-31", startgetal=7, doorrekeningen=200)
    assert answer.status_code == 202
    made = ProjectionRun.objects.get()
    do_job(made.job_id)
    return made


def test_a_projection_is_asked_for_followed_and_read(controller, run):
    job = get(controller, f"taken/{run.job_id}").json()
    assert job["stand"] == "klaar"
    assert job["resultaten"] == [f"{ROOT}/prognoses/{run.pk}"]
    row = get(controller, f"prognoses/{run.pk}").json()
    assert (row["bekendTotEnMet"], row["totEnMet"]) == ("2025-06-30", "2027-12-31")
    years = get(controller, f"prognoses/{run.pk}/jaren").json()
    region = [y for y in years if (y["gemeente"], y["segment"], y["jaar"]) == ("*", "*", 2024)]
    assert [y["verwacht"] for y in region] == ["48000.00"]
    assert len(get(controller, f"prognoses/{run.pk}/maanden").json()) == 9 * 60
    point = get(controller, f"prognoses/{run.pk}/omslagpunt").json()
    assert point["omslagjaar"] == point["omslagjaarZonderBesparing"]


def test_years_come_as_csv_too(controller, run):
    answer = api(controller).get(f"{ROOT}/prognoses/{run.pk}/jaren", HTTP_ACCEPT="text/csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert b"2024;*;*;ja;48000,00" in b"".join(answer.streaming_content)


def test_a_councillor_gets_the_region_and_the_own_municipality(councillor, run):
    years = get(councillor, f"prognoses/{run.pk}/jaren").json()
    assert {(y["gemeente"], y["segment"]) for y in years} == {
        ("*", "*"),
        ("0503", "*"),
        ("0503", "S1"),
        ("0503", "S2"),
    }
    assert ask(councillor).status_code == 403


def test_another_region_finds_nothing(outsider, run):
    assert get(outsider, "prognoses").json()["resultaten"] == []
    for path in ("", "/jaren", "/maanden", "/omslagpunt"):
        assert get(outsider, f"prognoses/{run.pk}{path}").status_code == 404
    assert ask(outsider).status_code == 400


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"totEnMet": "2027-12-30"}, "totEnMet"),
        ({"indeling": "weg"}, "indeling"),
        ({"besparingsreeks": "weg"}, "besparingsreeks"),
        ({"startgetal": -1}, "startgetal"),
        ({"kleur": "rood"}, "kleur"),
    ],
)
def test_what_cannot_be_is_refused_by_field(spend, controller, body, field):
    answer = ask(controller, **body)
    assert answer.status_code == 400
    assert field in answer.content.decode()


def test_an_unfinished_projection_has_no_figures_yet(spend, controller):
    ask(controller)
    made = ProjectionRun.objects.get()
    assert get(controller, f"prognoses/{made.pk}/jaren").status_code == 404


def test_budgets_savings_and_index_are_read_with_dutch_names(place, controller):
    Budget.objects.create(
        region=place.region,
        municipality=place.delft,
        segment="S1",
        year=2025,
        status="adopted",
        amount=Decimal("1000.50"),
        fictitious=True,
    )
    series = SavingsSeries.objects.create(region=place.region, code="r", name="Reeks")
    SavingsYear.objects.create(series=series, year=2027, amount=Decimal("-11.3"))
    IndexRule.objects.create(
        region=place.region, year=2026, percentage=Decimal("4.96"), certainty="stated"
    )
    [budget] = get(controller, "begrotingen", jaar=2025, gemeente="0503").json()["resultaten"]
    assert (budget["bedrag"], budget["stand"], budget["fictief"]) == (
        "1000.50",
        "vastgesteld",
        True,
    )
    assert get(controller, "begrotingen", jaar=2024).json()["aantal"] == 0
    [savings] = get(controller, "besparingsreeksen").json()["resultaten"]
    assert savings["jaren"] == [{"jaar": 2027, "bedrag": "-11.3"}]
    [index] = get(controller, "indexeringen", regio="haaglanden").json()["resultaten"]
    assert (index["jaar"], index["percentage"]) == (2026, "4.96")


def test_lists_take_as_many_queries_for_thirty_rows_as_for_one(
    place, controller, django_assert_max_num_queries
):
    for year in range(2000, 2030):
        Budget.objects.create(region=place.region, year=year, status="adopted", amount=year)
    with django_assert_max_num_queries(4):
        assert len(get(controller, "begrotingen").json()["resultaten"]) == 30
