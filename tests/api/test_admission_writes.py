"""Admission through the API: the open house, what an applicant shows, what two people find."""

import pytest

from procurement.models import EligibilityRequirement

from .conftest import api_of

pytestmark = pytest.mark.django_db


def patch(api, path, body, **headers):
    return api.client.patch(f"/api/v1/{path}", body, format="json", headers=headers)


def test_the_open_house_is_kept_and_a_stale_writer_is_refused(world) -> None:
    manager, provider = (api_of(world.user(r)) for r in ("contract_manager", "provider"))
    code = world.made.product.code
    body = {
        "regio": world.region.slug, "stand": "gesloten-behalve-voor-missend-aanbod",
        "missendAanbod": [code], "vanaf": "2027-01-01", "totEnMet": "2027-12-31",
        "segment": world.made.segments[0].code,
    }  # fmt: skip
    assert provider.post("open-house", body).status_code == 403
    unknown = manager.post("open-house", {**body, "missendAanbod": ["99Z99"]}).json()
    assert "99Z99" in str(unknown["fouten"])
    made = manager.post("open-house", body, headers={"Idempotency-Key": "huis"})
    again = manager.post("open-house", body, headers={"Idempotency-Key": "huis"})
    assert (made.status_code, again.json()) == (201, made.json())
    row = made.json()
    assert (row["missendAanbod"], row["totEnMet"]) == ([code], "2027-12-31")
    here = f"open-house/{row['id']}"
    kept = patch(manager, here, {"reden": "Budget"}, **{"If-Match": made["ETag"]})
    assert (kept.status_code, kept.json()["missendAanbod"]) == (200, [code])
    assert patch(manager, here, {"reden": "x"}, **{"If-Match": made["ETag"]}).status_code == 412
    assert patch(manager, here, {"segment": "S9"}).status_code == 400
    assert manager.client.delete(f"/api/v1/{here}").status_code == 204


def test_an_application_is_answered_and_judged_by_two_people(world) -> None:
    first, second, provider = (
        api_of(world.user(r)) for r in ("contract_manager", "policy_officer", "provider")
    )
    need = EligibilityRequirement.objects.get(region=world.region)
    apply = {"aanbieder": world.made.provider.pk, "product": world.made.product.code,
             "planVanAanpak": "Zo werken wij."}  # fmt: skip
    made = provider.post("toelatingen", apply).json()["id"]
    [answer] = provider.get("toelatingsbewijzen", toelating=made).json()["resultaten"]
    told = {"onderschreven": True, "verklaring": "Zo werken wij."}
    shown = patch(provider, f"toelatingsbewijzen/{answer['id']}", told).json()
    assert (shown["onderschreven"], shown["eis"]) == (True, need.code)
    judged = {"toelating": made, "eis": need.code, "score": 8, "motivering": "Goed."}
    assert (
        first.post("toelatingsoordelen", judged).json()["code"] == "toelating-niet-in-beoordeling"
    )
    for move in ("submit", "assess"):
        assert first.post(f"toelatingen/{made}/stap", {"stap": move}).status_code == 200
    late = patch(provider, f"toelatingsbewijzen/{answer['id']}", told)
    assert late.json()["code"] == "toelating-niet-te-wijzigen"
    refused = provider.post("toelatingsoordelen", judged)
    assert refused.status_code == 403
    assert first.post("toelatingsoordelen", {**judged, "eis": "X"}).status_code == 400
    for api, score in ((first, 8), (first, 7), (second, 9)):
        assert api.post("toelatingsoordelen", {**judged, "score": score}).status_code == 201
    rows = first.get("toelatingsoordelen", toelating=made).json()["resultaten"]
    assert sorted(row["score"] for row in rows) == [7, 9]
    assert provider.get("toelatingsoordelen", toelating=made).json()["resultaten"] == []
