import pytest

from core.jobs.api import run as do_job
from finance.models import Scenario

from .test_api import _no_second_factor, api, get, run  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
MEASURE = {
    "regio": "haaglanden", "code": "prijs", "naam": "Lagere prijs", "verandert": "prijs",
    "richting": "verlaagt-de-kosten", "vanaf": "2026-01-01", "zekerheid": "aanname",
    "effectLaag": "-12", "effectMidden": "-10", "effectHoog": "-8",
}  # fmt: skip


def post(user, path, body=None):
    return api(user).post(f"{ROOT}/{path}", body or {}, format="json")


def test_a_program_keeps_measures(controller, councillor, spend):
    answer = post(controller, "maatregelen", MEASURE)
    assert answer.status_code == 201, answer.json()
    row = get(controller, f"maatregelen/{answer.json()['id']}").json()
    assert (row["effectMidden"], row["richting"]) == ("-10", "verlaagt-de-kosten")
    wrong = post(controller, "maatregelen", {**MEASURE, "code": "x", "effectLaag": "5"})
    assert wrong.status_code == 400
    assert post(councillor, "maatregelen", {**MEASURE, "code": "y"}).status_code == 403


def test_a_program_computes_a_scenario_and_reads_what_it_says(controller, run):  # noqa: F811
    post(controller, "maatregelen", MEASURE)
    made = post(
        controller,
        "scenarios",
        {
            "regio": "haaglanden", "naam": "Besparen", "prognose": run.pk,
            "maatregelen": [{"maatregel": "prijs"}],
        },
    )  # fmt: skip
    assert made.status_code == 201, made.json()
    pk = made.json()["id"]
    assert post(controller, f"scenarios/{pk}/doorrekenen").status_code == 202
    do_job(Scenario.objects.get(pk=pk).job_id)
    found = get(controller, f"scenarios/{pk}/uitkomst").json()
    year = next(one for one in found["samen"] if one["jaar"] == 2027)
    assert year["samen"] == "-4800.00"
    assert year["overlap"] == "0.00"
    assert post(controller, f"scenarios/{pk}/narekenen").json() == {"gelijk": True}
    copy = post(controller, f"scenarios/{pk}/kopie")
    assert (copy.status_code, copy.json()["versie"]) == (201, 2)
    moved = post(controller, f"scenarios/{pk}/stap", {"stap": "adopt", "reden": "Besluit"})
    assert moved.json()["stand"] == "vastgesteld"
    changed = api(controller).patch(f"{ROOT}/scenarios/{pk}", {"naam": "Anders"}, format="json")
    assert changed.status_code == 409


def test_unknown_measures_and_projections_are_named(controller, outsider, run):  # noqa: F811
    body = {"regio": "haaglanden", "naam": "x", "prognose": run.pk}
    wrong = post(controller, "scenarios", {**body, "maatregelen": [{"maatregel": "nergens"}]})
    assert "nergens" in wrong.content.decode()
    assert post(controller, "scenarios", {**body, "prognose": 0}).status_code == 400
    assert post(outsider, "scenarios", body).status_code in (400, 404)
