"""What a program may write of a provider's file; rules are those of the page."""

import pytest

from providers.models import ProviderAgreement, ProviderContact

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db


def patch(api, path, body, **headers):
    return api.client.patch(f"/api/v1/{path}", body, format="json", headers=headers)


def test_a_row_is_added_changed_and_removed(staff, world):
    body = {"aanbieder": world.made.provider.pk, "naam": "Jan", "email": "jan@voorbeeld.nl"}
    made = staff.post("contactpersonen", body)
    assert made.status_code == 201, made.content
    address = made["Location"].removeprefix("/api/v1/")
    changed = patch(staff, address, {"telefoon": "0612345678"}, **{"If-Match": made["ETag"]})
    assert changed.json()["telefoon"] == "0612345678"
    assert changed.json()["email"] == "jan@voorbeeld.nl"
    stale = patch(staff, address, {"naam": "Piet"}, **{"If-Match": made["ETag"]})
    assert stale.status_code == 412
    assert staff.client.delete(f"/api/v1/{address}").status_code == 204
    assert not ProviderContact.objects.filter(name="Jan").exists()


def test_who_may_not_manage_gets_a_sentence(world):
    controller = api_of(world.user("controller"))
    body = {"aanbieder": world.made.provider.pk, "naam": "Jan"}
    assert "contractmanager" in is_problem(controller.post("contactpersonen", body), 403)["detail"]


def test_a_provider_of_another_region_is_unknown(staff, elsewhere):
    body = {"aanbieder": elsewhere.made.provider.pk, "naam": "Jan"}
    is_problem(staff.post("contactpersonen", body), 400)


def test_where_a_row_belongs_does_not_change(staff, world):
    key = world.keys["contactpersoon"]["pk"]
    answer = patch(staff, f"contactpersonen/{key}", {"aanbieder": world.made.provider.pk})
    assert is_problem(answer, 400)["fouten"][0]["veld"] == "aanbieder"


def test_a_constraint_of_the_database_is_told(staff, world):
    body = {"aanbieder": world.made.provider.pk, "afspraak": "Plan", "gereedOp": "2026-06-01"}
    answer = is_problem(staff.post("aanbiedersafspraken", body), 400)
    assert "heeft een eigenaar" in answer["detail"]


def test_a_move_follows_the_table(staff, world):
    path = f"accountgesprekken/{world.keys['accountgesprek']['pk']}/stap"
    assert is_problem(staff.post(path, {"stap": "hold"}), 409)["code"] == "verslag-ontbreekt"
    held = staff.post(path, {"stap": "hold", "verslag": "Besproken.", "aanwezig": ["Loes"]})
    assert (held.json()["stand"], held.json()["aanwezig"]) == ("gevoerd", ["Loes"])
    assert is_problem(staff.post(path, {"stap": "hold"}), 409)["code"] == "stap-niet-mogelijk"


def test_an_agreement_names_its_owner_by_mail(staff, world):
    body = {
        "aanbieder": world.made.provider.pk, "afspraak": "Plan voor wachttijden",
        "eigenaar": world.user("policy_officer").email, "gereedOp": "2026-06-01",
    }  # fmt: skip
    made = staff.post("aanbiedersafspraken", body)
    assert made.status_code == 201, made.content
    kept = ProviderAgreement.objects.get(pk=made.json()["id"])
    assert kept.owner == world.user("policy_officer")
