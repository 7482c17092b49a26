"""Documents and annexes by program: what goes in comes out, for who may have it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.documents.models import Document, DocumentVersion

from .conftest import api_of
from .world import A_PDF

pytestmark = pytest.mark.django_db
OTHER_PDF = A_PDF + b"\n% tweede versie"


def upload(api, path, content=A_PDF, name="nota.pdf", headers=None, **fields):
    body = {"bestand": SimpleUploadedFile(name, content), **fields}
    return api.client.post(f"/api/v1/{path}", body, format="multipart", headers=headers)


def of_contract(world, **more):
    contract = {"regio": world.region.slug, "bij": "contract", "bijId": world.made.contract.pk}
    return contract | {"titel": "Addendum"} | more


def content_of(answer):
    return b"".join(answer.streaming_content)


def test_a_document_is_added_read_followed_by_a_version_and_removed(world, staff):
    added = upload(staff, "documenten", **of_contract(world))
    assert added.status_code == 201, added.content
    path = f"documenten/{added.json()['id']}"
    assert added.headers["Location"] == f"/api/v1/{path}"
    [version], kept = added.json()["versies"], DocumentVersion.objects.latest("created_at")
    assert (version["bestandsnaam"], version["controlegetal"]) == ("nota.pdf", kept.sha256)
    assert version["bewaardOp"] == kept.created_at.strftime("%Y-%m-%dT%H:%M:%SZ")

    assert upload(staff, f"{path}/bestand", OTHER_PDF).status_code == 201
    assert content_of(staff.get(f"{path}/bestand")) == OTHER_PDF
    assert content_of(staff.get(f"{path}/bestand", versie=1)) == A_PDF
    assert staff.get(f"{path}/bestand", versie=3).status_code == 404

    renamed = staff.client.patch(f"/api/v1/{path}", {"titel": "Addendum 2"}, format="json")
    assert renamed.json()["titel"] == "Addendum 2"
    assert [v["nummer"] for v in renamed.json()["versies"]] == [1, 2]
    assert staff.client.delete(f"/api/v1/{path}").status_code == 204
    assert staff.get(path).status_code == 404


def test_the_same_upload_with_the_same_key_is_kept_once_and_another_file_is_refused(world, staff):
    before = Document.objects.count()
    key = {"Idempotency-Key": "een"}
    first = upload(staff, "documenten", headers=key, **of_contract(world))
    again = upload(staff, "documenten", headers=key, **of_contract(world))
    assert (first.status_code, again.json()) == (201, first.json())
    assert Document.objects.count() == before + 1
    other = upload(staff, "documenten", OTHER_PDF, headers=key, **of_contract(world))
    assert other.json()["code"] == "sleutel-al-gebruikt"


def test_what_cannot_be_kept_is_said_and_nothing_stays(world, elsewhere, staff):
    before = DocumentVersion.objects.count()
    there = of_contract(world, bijId=elsewhere.made.contract.pk)
    assert upload(staff, "documenten", **there).status_code == 404
    assert upload(staff, "documenten", **of_contract(world, bij="iets")).status_code == 404
    disguised = upload(staff, "documenten", b"<html>", **of_contract(world))
    assert (disguised.status_code, disguised.json()["fouten"][0]["veld"]) == (400, "bestand")
    without = staff.post("documenten", of_contract(world))
    assert (without.status_code, without.json()["fouten"][0]["veld"]) == (400, "bestand")
    reader = api_of(world.user("policy_officer"))
    assert upload(reader, "documenten", **of_contract(world)).status_code == 403
    assert DocumentVersion.objects.count() == before


def test_what_is_confidential_is_not_there_for_an_executive(world, staff):
    secret = upload(
        staff, "documenten", **of_contract(world, vertrouwelijkheid=CONFIDENTIAL)
    ).json()
    executive = api_of(world.user("executive"))
    assert staff.get(f"documenten/{secret['id']}").status_code == 200
    assert executive.get(f"documenten/{secret['id']}/bestand").status_code == 404
    seen = {row["id"] for row in executive.get("documenten").json()["resultaten"]}
    assert secret["id"] not in seen
    assert len(seen) == 1


CONFIDENTIAL = "vertrouwelijk-alleen-de-regionale-organisatie"


def test_a_document_of_a_provider_has_its_period_its_file_and_the_next(world, staff):
    paper = {"aanbieder": world.made.provider.pk, "soort": "kwaliteitscertificaat", "titel": "HKZ"}
    added = upload(staff, "aanbiedersdocumenten", geldigTotEnMet="2027-12-31", **paper)
    assert added.status_code == 201, added.content
    path = f"aanbiedersdocumenten/{added.json()['id']}"
    upload(staff, f"{path}/bestand", OTHER_PDF)
    assert content_of(staff.get(f"{path}/bestand")) == OTHER_PDF
    provider = api_of(world.user("provider"))
    assert provider.get(f"{path}/bestand").status_code == 404
    body = {"gedeeld": True}
    assert staff.client.patch(f"/api/v1/{path}", body, format="json").json()["gedeeld"] is True
    assert content_of(provider.get(f"{path}/bestand")) == OTHER_PDF
    assert upload(provider, f"{path}/bestand").status_code == 403


def test_an_annex_is_named_gets_its_file_and_keeps_its_older_version(world):
    officer = api_of(world.user("policy_officer"))
    plan = world.keys["plan"]["pk"]
    named = officer.post("bijlagen", {"plan": plan, "titel": "Marktanalyse", "nummer": "3"})
    assert (named.status_code, named.json()["metBestand"]) == (201, False), named.content
    path = f"bijlagen/{named.json()['id']}"
    assert officer.get(f"{path}/bestand").status_code == 404
    assert upload(officer, f"{path}/bestand").json()["metBestand"] is True
    assert upload(officer, f"{path}/bestand", OTHER_PDF).status_code == 201
    assert content_of(officer.get(f"{path}/bestand", versie=1)) == A_PDF
    member = api_of(world.user("council_member"))
    assert upload(member, f"{path}/bestand").status_code in (403, 404)


def test_an_annex_does_not_name_a_plan_that_its_reader_may_not_see(world):
    officer, member = (api_of(world.user(role)) for role in ("policy_officer", "council_member"))
    secret = world.region.plans.get(kind="acquisition").pk
    path = f"bijlagen/{world.keys['bijlage']['pk']}"
    body = {"staatHierAlsPlan": secret}
    changed = officer.client.patch(f"/api/v1/{path}", body, format="json")
    assert changed.json()["staatHierAlsPlan"] == secret
    assert member.get(path).json()["staatHierAlsPlan"] is None
