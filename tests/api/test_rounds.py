"""Asking for figures through the API: announced, adapted, opened, answered, taken back."""

import pytest

from tests.factories import IndicatorDefinitionFactory

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world):
    """What a request to announce a round says: two questions to one provider."""
    IndicatorDefinitionFactory(region=world.region, code="quiet", is_computed=False)
    return {
        "regio": world.region.slug, "halfjaar": "2024-H2", "uiterlijk": "2099-01-31",
        "minutenPerVraag": 30, "vragen": ["employees", "quiet"],
        "aanbieders": [world.made.provider.agb_code],
    }  # fmt: skip


def patch(api, path, body, **headers):
    return api.client.patch(f"/api/v1/{path}", body, format="json", headers=headers)


def test_a_round_goes_from_announced_to_answered(world, asked):
    manager, provider = (api_of(world.user(r)) for r in ("contract_manager", "provider"))
    made = manager.post("uitvragen", asked)
    assert made.status_code == 201, made.content
    here = f"uitvragen/{made.json()['id']}"
    assert (made["Location"], made.json()["stand"]) == (f"/api/v1/{here}", "aangekondigd")
    assert made.json()["last"] == {"antwoorden": 2, "aanbieders": 1, "uren": 1.0}
    seen = provider.get(here).json()
    assert (seen["vragen"], seen["last"]) == (["employees", "quiet"], None)
    [line] = provider.get(f"{here}/verdeling").json()
    assert {q["waarom"] for q in line["vragen"]} == {"geldt voor alle aanbieders"}

    delivery = f"aanleverrondes/{line['aanlevering']}"
    figures = {"cijfers": [{"indicator": "employees", "teller": "30", "noemer": "40"}]}
    early = is_problem(provider.post(f"{delivery}/cijfers", figures), 409)
    assert early["code"] == "ronde-niet-open"
    before = manager.get(delivery)["ETag"]
    is_problem(patch(provider, delivery, {"vragen": ["employees"]}), 403)
    is_problem(patch(manager, delivery, {"vragen": ["noise"]}), 400)
    fewer = patch(manager, delivery, {"vragen": ["employees"]}, **{"If-Match": before})
    assert fewer.json()["vragen"] == ["employees"]
    is_problem(patch(manager, delivery, {"vragen": []}, **{"If-Match": before}), 412)

    is_problem(provider.post(f"{here}/stap", {"stap": "open"}), 403)
    assert manager.post(f"{here}/stap", {"stap": "open"}).json()["stand"] == "opengesteld"
    for refused in (
        manager.post(f"{here}/stap", {"stap": "open"}),
        manager.client.delete(f"/api/v1/{here}"),
        patch(manager, delivery, {"vragen": ["quiet"]}),
    ):
        is_problem(refused, 409)
    assert provider.post(f"{delivery}/cijfers", figures).json()["stand"] == "aangeleverd"


def test_what_may_not_be_asked_and_by_whom(world, asked):
    manager = api_of(world.user("contract_manager"))
    for role in ("provider", "controller"):
        is_problem(api_of(world.user(role)).post("uitvragen", asked), 403)
    for wrong, status in (
        ({"vragen": ["dropout_rate"]}, 409),
        ({"vragen": ["nothing"]}, 400),
        ({"vragen": ["quiet:S99"]}, 400),
        ({"aanbieders": ["00000000"]}, 400),
        ({"halfjaar": "2025-H1"}, 409),
        ({"uiterlijk": "2020-01-01"}, 409),
    ):
        is_problem(manager.post("uitvragen", asked | wrong), status)
    is_problem(api_of(world.user("access_team")).get("uitvragen"), 403)


def test_an_announced_round_is_taken_back(world, asked):
    manager = api_of(world.user("contract_manager"))
    made = manager.post("uitvragen", asked).json()
    here, delivery = f"uitvragen/{made['id']}", made["aanbieders"][0]["aanlevering"]
    assert patch(manager, f"aanleverrondes/{delivery}", {"vragen": []}).status_code == 204
    empty = is_problem(manager.post(f"{here}/stap", {"stap": "open"}), 409)
    assert empty["code"] == "niets-gevraagd"
    assert manager.client.delete(f"/api/v1/{here}").status_code == 204
    assert manager.get(here).status_code == 404
