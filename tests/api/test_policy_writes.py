"""Plans, choices, procedures and tables written by a program, as the pages write them."""

import pytest

from procurement.models import Commitment, Procedure

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(world):
    return api_of(world.user("policy_officer"))


def test_a_procedure_with_its_planning_is_kept_and_moved(officer, world):
    segment = world.made.segments[0]
    asked = {
        "regio": "noord", "naam": "Aanbesteding", "soort": "aanbesteding-volgens-sas",
        "geraamdeWaarde": "900000.00", "segmenten": [segment.code],
    }  # fmt: skip
    kept = officer.post("procedures", asked)
    assert kept.status_code == 201, kept.content
    pk = kept.json()["id"]
    assert kept.json()["segmenten"] == [segment.code]
    step = {"procedure": pk, "naam": "Aankondigen", "soort": "mijlpaal", "gepland": "2026-05-01"}
    assert officer.post("planstappen", step).status_code == 201
    later = step | {"naam": "Gunnen", "gepland": "2026-09-01", "na": ["Aankondigen"]}
    assert officer.post("planstappen", later).json()["na"] == ["Aankondigen"]
    moved = officer.post(f"procedures/{pk}/stap", {"stap": "announce"})
    assert (moved.status_code, moved.json()["stand"]) == (200, "aangekondigd")
    assert Procedure.objects.get(pk=pk).value == 900_000


def test_a_commitment_names_its_organisation_and_a_stranger_is_refused(officer, world):
    table, partner = world.keys["ontwikkeltafel"]["pk"], world.region.partners.get()
    asked = {
        "tafel": table,
        "organisatie": partner.name,
        "wat": "Cijfers",
        "uiterlijkOp": "2026-03-01",
    }
    kept = officer.post("toezeggingen", asked)
    assert kept.status_code == 201, kept.content
    assert Commitment.objects.get(pk=kept.json()["id"]).owner == partner
    unknown = officer.post("toezeggingen", asked | {"organisatie": "Onbekend"})
    assert "organisatie" in str(is_problem(unknown, 400))


def test_a_table_meets_and_its_outcome_becomes_a_plan(officer, world):
    table = world.keys["ontwikkeltafel"]["pk"]
    planned = officer.post(f"ontwikkeltafels/{table}/bijeenkomst", {"datum": "2099-01-12"})
    assert planned.status_code == 201, planned.content
    meeting = officer.get(f"bijeenkomsten/{planned.json()['id']}").json()
    assert meeting["tafel"] == table
    issue = meeting["themas"][0]["vraagstuk"]
    is_problem(officer.post(f"ontwikkeltafels/{table}/plan", {}), 409)
    officer.client.patch(f"/api/v1/vraagstukken/{issue}", {"uitkomst": "Samen."}, format="json")
    officer.post(f"vraagstukken/{issue}/stap", {"stap": "agree", "reden": "Eens."})
    plan = officer.post(f"ontwikkeltafels/{table}/plan", {}).json()["id"]
    assert officer.get(f"ontwikkeltafels/{table}").json()["plan"] == plan
    assert officer.get(f"vraagstukken/{issue}").json()["hoofdstuk"] is not None
    member = api_of(world.user("council_member"))
    assert member.get(f"ontwikkeltafels/{table}").json()["plan"] is None
    assert member.get(f"vraagstukken/{issue}").json()["hoofdstuk"] is None
    is_problem(member.post(f"ontwikkeltafels/{table}/bijeenkomst", {"datum": "2099-02-12"}), 403)
    assert member.get("standpunten").json()["resultaten"] == []


def test_a_decision_is_recorded_and_a_council_member_may_not(officer, world):
    pk = world.keys["besluit"]["pk"]
    changed = officer.client.patch(
        f"/api/v1/besluiten/{pk}", {"stemmenVoor": 12, "stemmenTegen": 3}, format="json"
    )
    assert (changed.status_code, changed.json()["stemmenVoor"]) == (200, 12)
    assert officer.post(f"besluiten/{pk}/stap", {"stap": "adopt"}).json()["uitslag"] == "aangenomen"
    member = api_of(world.user("council_member"))
    refused = member.client.patch(f"/api/v1/besluiten/{pk}", {"stemmenVoor": 1}, format="json")
    is_problem(refused, 403)


def test_nothing_of_another_region_is_named(officer, world, elsewhere):
    theirs = elsewhere.keys["hoofdstuk"]["pk"]
    ours = world.keys["opmerking"]["pk"]
    answer = officer.client.patch(
        f"/api/v1/opmerkingen/{ours}", {"verwerktIn": theirs}, format="json"
    )
    assert "verwerktIn" in str(is_problem(answer, 400))
    under = {"plan": elsewhere.keys["plan"]["pk"], "nummer": "9", "titel": "Nieuw"}
    assert "plan" in str(is_problem(officer.post("hoofdstukken", under), 400))


def test_a_hidden_plan_is_not_named_by_what_points_at_it(officer, world):
    meeting = world.region.meetings.get()
    meeting.plan = world.region.plans.get(kind="acquisition")
    meeting.save()
    path = f"bijeenkomsten/{meeting.pk}"
    assert officer.get(path).json()["plan"] == meeting.plan_id
    assert api_of(world.user("council_member")).get(path).json()["plan"] is None


def test_no_list_names_what_is_confidential(world):
    """Every list of the line of decisions, as a council member reads it."""
    member = api_of(world.user("council_member"))
    lists = (
        "plannen", "hoofdstukken", "bijlagen", "verbanden", "raadsvoorstellen", "besluiten",
        "moties", "bijeenkomsten", "consultaties", "opmerkingen", "onderwerpen", "opdrachtregels",
        "kaders",
    )  # fmt: skip
    secret = world.region.plans.get(kind="acquisition")
    section = secret.sections.get()
    for path in lists:
        text = member.get(path).content.decode()
        assert secret.title not in text, path
        assert section.title not in text, path
    links = member.get("verbanden").json()["resultaten"]
    assert section.pk not in {row["hoofdstuk"] for row in links}
    insider = api_of(world.user("policy_officer"))
    assert secret.title in insider.get("plannen").content.decode()
