"""Interpreting, judging and deciding through the API, by the same verbs as on the site."""

import pytest

from core import clock
from tests.monitoring.steering.build import HALF

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db
PERSPECTIVES = ("gemeente", "toegang", "aanbieder", "jeugdigen", "ouders", "verwijzer")


def kept(api, path, body, status=201):
    answer = api.post(path, body)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_session_is_read_judged_and_concluded(elsewhere):
    made = elsewhere.made
    region = api_of(made.users["policy_officer"])
    access = api_of(made.users["access_team"])
    second = made.segments[1]
    body = {"regio": made.region.slug, "segment": second.pk, "halfjaar": HALF}
    session = kept(region, "duidingen", {**body, "watHetBetekent": "Het gaat de goede kant op."})
    url = f"duidingen/{session['id']}"
    is_problem(access.post(f"{url}/stap", {"stap": "freeze"}), 403)
    assert kept(region, f"{url}/stap", {"stap": "freeze"}, 200)["cijferset"]
    reading = {
        "duiding": session["id"], "perspectief": "toegang", "wie": "Lokaal team",
        "gemeente": made.municipalities[0].gm_code, "watZienWe": "Snellere start.",
    }  # fmt: skip
    kept(access, "lezingen", reading)
    is_problem(access.post("lezingen", {**reading, "perspectief": "ouders"}), 403)
    for one in PERSPECTIVES:
        if one != "toegang":
            kept(
                region, "lezingen",
                {"duiding": session["id"], "perspectief": one, "wie": "Groep", "watZienWe": "Ja."},
            )  # fmt: skip
    kept(region, f"{url}/stap", {"stap": "judge"}, 200)
    refused = is_problem(region.post(f"{url}/stap", {"stap": "conclude"}), 409)
    assert refused["code"] == "oordeel-ontbreekt"
    for row in region.get("oordelen", duiding=session["id"]).json()["resultaten"]:
        given = region.client.patch(
            f"/api/v1/oordelen/{row['id']}", {"oordeel": "op-koers", "waarom": "Beter dan eerst."},
            format="json",
        )  # fmt: skip
        assert given.status_code == 200, given.content
    kept(
        region, "aanbiederoordelen",
        {
            "duiding": session["id"], "aanbieder": made.provider.pk, "oordeel": "op-koers",
            "waarom": "Snelle start.",
        },
    )  # fmt: skip
    kept(
        region, "sturingsbesluiten",
        {
            "duiding": session["id"], "wat": "Werkwijze delen", "wie": "contractmanager",
            "uiterlijk": clock.today().isoformat(),
        },
    )  # fmt: skip
    assert access.get(url).json()["watHetBetekent"] == ""
    done = kept(region, f"{url}/stap", {"stap": "conclude"}, 200)
    assert done["stand"] == "vastgesteld"
    assert access.get(url).json()["watHetBetekent"] == "Het gaat de goede kant op."
    council = api_of(made.users["council_member"])
    is_problem(council.get(url), 403)


def test_what_stands_fast_is_not_changed_by_a_program(world):
    region = api_of(world.user("policy_officer"))
    row = world.keys["oordeel"]["pk"]
    answer = region.client.patch(f"/api/v1/oordelen/{row}", {"oordeel": "op-koers"}, format="json")
    assert is_problem(answer, 409)["code"] == "verkeerde-stap"
    is_problem(region.post("oordelen", {"oordeel": "op-koers", "waarom": "Zo."}), 405)
