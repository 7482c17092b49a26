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


def changed(api, path, body, status=200):
    answer = api.client.patch(f"/api/v1/{path}", body, format="json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_risks_are_written_weighed_and_closed(elsewhere):
    made = elsewhere.made
    region, access = api_of(made.users["controller"]), api_of(made.users["access_team"])
    leader = api_of(made.users["policy_officer"])
    body = {"regio": made.region.slug, "titel": "Te weinig plekken", "oorzaak": "Krapte."}
    is_problem(access.post("risicos", body), 403)
    risk = kept(region, "risicos", body)
    url = f"risicos/{risk['id']}"
    assert changed(region, url, {"gevolg": "Langer wachten."})["gevolg"] == "Langer wachten."
    is_problem(region.client.patch(f"/api/v1/{url}", {"regio": "x"}, format="json"), 400)
    accepted = leader.post(f"{url}/stap", {"stap": "accept", "reden": "Klein."})
    assert is_problem(accepted, 409)["code"] == "inschatting-ontbreekt"
    weighed = {"risico": risk["id"], "waarschijnlijkheid": 4, "gevolg": 5, "waarom": "Overleg."}
    is_problem(region.post("inschattingen", {**weighed, "gevolg": 6}), 400)
    row = kept(region, "inschattingen", weighed)
    assert changed(region, f"inschattingen/{row['id']}", {"gevolg": 3})["gevolg"] == 3
    measure = kept(region, "beheersmaatregelen", {"risico": risk["id"], "maatregel": "Bellen"})
    done = f"beheersmaatregelen/{measure['id']}"
    assert (
        is_problem(leader.post(f"{url}/stap", {"stap": "close", "reden": "Klaar."}), 409)["code"]
        == "maatregel-loopt"
    )
    changed(region, done, {"gedaanOp": clock.today().isoformat()}, 400)
    changed(region, done, {"gedaanOp": clock.today().isoformat(), "watKwamErvan": "Twee plekken."})
    closed = kept(leader, f"{url}/stap", {"stap": "close", "reden": "Klaar."}, 200)
    assert (closed["stand"], len(closed["inschattingen"])) == ("afgesloten", 1)
    assert access.get(url).json()["maatregelen"][0]["watKwamErvan"] == "Twee plekken."
    is_problem(region.post("inschattingen", {**weighed, "op": "2026-01-01"}), 409)


def test_a_local_team_judges_itself(elsewhere):
    made = elsewhere.made
    region, access = api_of(made.users["policy_officer"]), api_of(made.users["access_team"])
    own, other = (one.gm_code for one in made.municipalities)
    feature = {"regio": made.region.slug, "nummer": 40, "groep": "dichtbij", "kenmerk": "Nabij"}
    is_problem(access.post("teamkenmerken", feature), 403)
    made_feature = kept(region, "teamkenmerken", feature)
    changed(region, f"teamkenmerken/{made_feature['id']}", {"kenmerk": "Dichtbij"})
    body = {"regio": made.region.slug, "gemeente": own, "jaar": 2031}
    is_problem(access.post("zelfbeoordelingen", {**body, "gemeente": other}), 403)
    assessment = kept(access, "zelfbeoordelingen", body)
    url = f"zelfbeoordelingen/{assessment['id']}"
    is_problem(access.post("zelfbeoordelingen", body), 400)
    is_problem(access.post(f"{url}/stap", {"stap": "hand-in"}), 409)
    scores = access.get("kenmerkscores", zelfbeoordeling=assessment["id"]).json()["resultaten"]
    assert scores
    for row in scores:
        given = {"hoeVer": "grotendeels", "toelichting": "Elke wijk heeft een team."}
        changed(access, f"kenmerkscores/{row['id']}", given)
    is_problem(access.post("kenmerkscores", {"hoeVer": "helemaal", "toelichting": "Ja"}), 405)
    assert kept(access, f"{url}/stap", {"stap": "hand-in"}, 200)["stand"] == "ingediend"
    first = f"kenmerkscores/{scores[0]['id']}"
    changed(access, first, {"toelichting": "Toch anders."}, 409)


def test_what_goes_well_is_looked_into_and_what_is_tried_is_judged(elsewhere):
    made = elsewhere.made
    region, provider = api_of(made.users["contract_manager"]), api_of(made.users["provider"])
    body = {"regio": made.region.slug, "titel": "Snelle start"}
    is_problem(provider.post("verkenningen", body), 403)
    inquiry = kept(region, "verkenningen", body)
    url = f"verkenningen/{inquiry['id']}"
    kept(region, f"{url}/stap", {"stap": "examine"}, 200)
    spread = {"stap": "spread", "reden": "Werkt."}
    is_problem(region.post(f"{url}/stap", spread), 409)
    changed(region, url, {"watZitErachter": "Vaste planner.", "kanHetBreder": "Overal."})
    is_problem(provider.get(url), 404)
    kept(region, f"{url}/stap", spread, 200)
    follower = {
        "verkenning": inquiry["id"], "aanbieder": made.provider.pk, "wat": "De planner",
        "vanaf": clock.today().isoformat(),
    }  # fmt: skip
    row = kept(region, "volgers", follower)
    changed(region, f"volgers/{row['id']}", {"watKwamErvan": "Een week sneller."})
    assert provider.get(url).json()["volgers"][0]["watKwamErvan"] == "Een week sneller."
    started = {
        "regio": made.region.slug, "soort": "pilot", "naam": "Hulp op de club",
        "watMoetHetOpleveren": "Minder verwijzingen.", "budget": "25000.00",
        "begintOp": "2026-01-01", "beoordelenOp": "2027-01-01",
    }  # fmt: skip
    is_problem(provider.post("initiatieven", started), 403)
    tried = kept(region, "initiatieven", started)
    assert tried["budget"] == "25000.00"
    at = f"initiatieven/{tried['id']}"
    for step in ("start", "evaluate"):
        kept(region, f"{at}/stap", {"stap": step}, 200)
    go_on = {"stap": "continue", "reden": "Goed."}
    is_problem(region.post(f"{at}/stap", go_on), 409)
    changed(region, at, {"watLeverdeHetOp": "Een derde minder verwijzingen."})
    assert kept(region, f"{at}/stap", go_on, 200)["stand"] == "gaat-door"


def test_a_set_is_agreed_and_changed_by_a_next_version(elsewhere):
    made = elsewhere.made
    region, access = api_of(made.users["contract_manager"]), api_of(made.users["access_team"])
    second = made.segments[1]
    body = {"regio": made.region.slug, "segment": second.pk, "aanbieder": made.provider.pk}
    is_problem(access.post("afgesproken-sets", body), 403)
    row = kept(region, "afgesproken-sets", body)
    (draft,) = region.get("afgesproken-versies", set=row["id"]).json()["resultaten"]
    assert access.get("afgesproken-versies", set=row["id"]).json()["resultaten"] == []
    version = f"afgesproken-versies/{draft['id']}"
    agreed = {"geldtVanaf": "2026-01-01", "afgesprokenOp": clock.today().isoformat()}
    changed(region, version, agreed)
    key = made.region.indicators.earliest("pk").pk
    wanted = {
        "versie": draft["id"], "indicator": key, "waaromDeze": "Zo.", "hoeGemeten": "Tellen.",
        "bewaking": "Geen.", "nulmeting": "0.3", "nulmetingVan": "2025-12-31",
    }  # fmt: skip
    line = kept(region, "afgesproken-indicatoren", wanted)
    refused = is_problem(region.post(f"{version}/stap", {"stap": "agree"}), 409)
    assert refused["code"] == "afspraak-onvolledig"
    target = {"indicator": line["id"], "jaar": 2027, "soort": "getal", "waarde": "0.2"}
    kept(region, "afgesproken-streefwaarden", target)
    is_problem(
        region.post("afgesproken-streefwaarden", {**target, "jaar": 2028, "waarde": None}), 400
    )
    is_problem(access.post(f"{version}/stap", {"stap": "agree"}), 404)
    assert kept(region, f"{version}/stap", {"stap": "agree"}, 200)["stand"] == "afgesproken"
    at = f"afgesproken-indicatoren/{line['id']}"
    changed(region, at, {"hoeGemeten": "Anders."}, 409)
    newer = kept(region, "afgesproken-versies", {"set": row["id"], "watVeranderde": "Strenger."})
    assert (newer["versie"], newer["stand"]) == (2, "concept")
    held = access.get("afgesproken-versies", set=row["id"], geldtVanafTotEnMet="2026-02-01").json()
    assert [one["versie"] for one in held["resultaten"]] == [1]
    lines = access.get(at).json()
    assert (lines["nulmeting"], lines["streefwaarden"][0]["waarde"]) == ("0.3", "0.2")
