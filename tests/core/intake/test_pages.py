"""Delivering in the browser: upload, follow, reject, undo; and what never reaches the disk."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.intake import api as intake
from core.intake.models import IntakeRun
from core.jobs import api as jobs
from regions.enums import Role
from regions.models import Region
from tests.factories import RegionFactory, user_with

from .conftest import things

BASE = "/regio/noord/"
FORM = f"{BASE}aanleveren/things/"


@pytest.fixture
def region(db: None) -> Region:
    return RegionFactory(slug="noord")


@pytest.fixture
def form(thing_form: intake.IntakeForm, region: Region) -> intake.IntakeForm:
    object.__setattr__(thing_form, "may_use", lambda user, tenant_id: tenant_id == region.pk)
    return thing_form


@pytest.fixture
def desk(client: Client, region: Region, form: intake.IntakeForm, settings: Any) -> Client:
    settings.MFA_REQUIRED = False
    client.force_login(user_with(Role.REGIONAL_ADMIN, region))
    return client


def upload(client: Client, address: str = f"{FORM}versturen/", **files: bytes) -> Any:
    uploads = [SimpleUploadedFile(f"{name}.txt", data) for name, data in files.items()]
    return client.post(address, {"bestanden": uploads}, follow=True)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_overview_shows_forms_and_runs(desk: Client) -> None:
    upload(desk, een=b"een;1\n")
    page = text_of(desk.get(f"{BASE}aanleveren/"))
    assert "Dingen" in page
    assert "Dingen: een.txt" in page


def test_an_upload_becomes_a_run_that_is_merged(desk: Client) -> None:
    response = upload(desk, een=b"een;1\n", twee=b"twee;2\nkapot;x\n")
    run = IntakeRun.objects.get()
    assert response.redirect_chain == [(f"{BASE}aanleveren/ontvangen/{run.pk}/", 302)]
    assert [file.name for file in run.files.all()] == ["een.txt", "twee.txt"]
    jobs.run(run.job_id)
    page = text_of(desk.get(f"{BASE}aanleveren/ontvangen/{run.pk}/"))
    assert "Alle afgekeurde records" in page
    assert things() == [("een", 1), ("twee", 2)]


def test_files_of_which_something_is_wrong_come_first(desk: Client) -> None:
    files = {f"b{number:02d}": b"een;1\n" for number in range(60)} | {"z": b"kapot;x\n"}
    page = text_of(upload(desk, address=f"{FORM}controleren/", **files))
    assert page.index("z.txt") < page.index("b00.txt")
    listed = text_of(upload(desk, **files)).split("<caption")[-1]
    assert listed.index("z.txt") < listed.index("b00.txt")


def test_a_large_upload_touches_no_disk_but_the_spool(
    desk: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("an upload went to a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    rows = b"".join(b"%d;1\n" % n for n in range(400_000))
    response = upload(desk, groot=rows)
    assert response.status_code == 200
    run = IntakeRun.objects.get()
    assert run.offered == 400_000
    assert [p.name for p in Path(settings.INTAKE_SPOOL_DIR).rglob("*") if p.is_file()] == ["thing"]


def test_a_run_that_works_refreshes_itself_and_offers_a_link_without_script(desk: Client) -> None:
    upload(desk, een=b"een;1\n")
    run = IntakeRun.objects.get()
    address = f"{BASE}aanleveren/ontvangen/{run.pk}/"
    page = text_of(desk.get(address))
    assert "http-equiv" not in page
    assert f'<a href="{address}">Ververs deze pagina' in page
    part = text_of(desk.get(address, headers={"HX-Request": "true"}))
    assert f'hx-get="{address}"' in part
    assert "<html" not in part
    jobs.run(run.job_id)
    assert "hx-get" not in text_of(desk.get(address, headers={"HX-Request": "true"}))


def test_a_cancelled_job_shows_on_its_run(desk: Client, region: Region) -> None:
    upload(desk, een=b"een;1\n")
    run = IntakeRun.objects.select_related("job").get()
    jobs.cancel(job=run.job, by=None)
    page = text_of(desk.get(f"{BASE}aanleveren/ontvangen/{run.pk}/"))
    assert "geannuleerd" in page
    assert "http-equiv" not in page


def test_without_a_file_nothing_is_kept(desk: Client, settings: Any) -> None:
    page = text_of(desk.post(f"{FORM}versturen/", {}, follow=True))
    assert "Kies eerst een bestand" in page
    assert not IntakeRun.objects.exists()
    assert not list(Path(settings.INTAKE_SPOOL_DIR).iterdir())


def test_looking_first_keeps_nothing(desk: Client, settings: Any) -> None:
    page = text_of(upload(desk, f"{FORM}controleren/", een=b"een;1\nkapot;x\n"))
    assert "2 records gevonden, waarvan 1 niet te lezen" in page
    assert "Geen getal." in page
    assert not IntakeRun.objects.exists()
    assert not Path(settings.INTAKE_SPOOL_DIR).exists()


def test_a_forged_request_leaves_nothing(
    region: Region, form: intake.IntakeForm, settings: Any
) -> None:
    settings.MFA_REQUIRED = False
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_with(Role.REGIONAL_ADMIN, region))
    assert upload(client, een=b"een;1\n").status_code == 403
    assert not IntakeRun.objects.exists()
    assert not list(Path(settings.INTAKE_SPOOL_DIR).iterdir())


def test_rejections_on_screen_and_as_csv(desk: Client) -> None:
    upload(desk, een=b"een;1\nkapot;x\n")
    run = IntakeRun.objects.get()
    jobs.run(run.job_id)
    page = text_of(desk.get(f"{BASE}aanleveren/ontvangen/{run.pk}/afgekeurd/"))
    assert "Vul een getal in." in page
    response = desk.get(f"{BASE}aanleveren/ontvangen/{run.pk}/afgekeurd.csv")
    lines = response.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "bestand;bericht;record;regel_in_bestand;veld;controle;melding;wat_te_doen"
    assert lines[1] == "een.txt;;;;bedrag;geen-getal;Geen getal.;Vul een getal in."


def test_undo_asks_first_and_then_takes_everything_back(desk: Client) -> None:
    upload(desk, een=b"een;1\n")
    run = IntakeRun.objects.get()
    jobs.run(run.job_id)
    page = text_of(desk.get(f"{BASE}aanleveren/ontvangen/{run.pk}/"))
    assert "Ja, ongedaan maken" in page
    desk.post(f"{BASE}aanleveren/ontvangen/{run.pk}/ongedaan-maken/")
    jobs.run(jobs.Job.objects.latest("created_at").pk)
    run.refresh_from_db()
    assert (run.state, things()) == ("undone", [])


@pytest.fixture
def elsewhere(region: Region, desk: Client) -> Client:
    upload(desk, een=b"een;1\n")
    other = Client()
    other.force_login(user_with(Role.REGIONAL_ADMIN, RegionFactory(slug="zuid")))
    return other


@pytest.mark.parametrize("page", ["", "bestanden/", "afgekeurd/", "afgekeurd.csv"])
def test_a_run_of_another_region_does_not_exist(elsewhere: Client, page: str) -> None:
    run = IntakeRun.objects.get()
    assert elsewhere.get(f"/regio/noord/aanleveren/ontvangen/{run.pk}/{page}").status_code == 404
    assert elsewhere.get(f"/regio/zuid/aanleveren/ontvangen/{run.pk}/{page}").status_code == 404


def test_a_form_that_one_may_not_use_does_not_exist(elsewhere: Client, settings: Any) -> None:
    before = set(Path(settings.INTAKE_SPOOL_DIR).iterdir())
    assert elsewhere.get("/regio/zuid/aanleveren/things/").status_code == 404
    assert (
        upload(elsewhere, "/regio/zuid/aanleveren/things/versturen/", een=b"x").status_code == 404
    )
    assert set(Path(settings.INTAKE_SPOOL_DIR).iterdir()) == before


def test_runs_of_others_are_seen_only_where_the_form_says_so(
    desk: Client, region: Region, form: intake.IntakeForm
) -> None:
    upload(desk, een=b"een;1\n")
    run = IntakeRun.objects.get()
    address = f"{BASE}aanleveren/ontvangen/{run.pk}/"
    colleague = Client()
    colleague.force_login(user_with(Role.REGIONAL_ADMIN, region))
    assert colleague.get(address).status_code == 200
    object.__setattr__(form, "sees_all", lambda user, tenant_id: False)
    assert colleague.get(address).status_code == 404
    assert desk.get(address).status_code == 200


@pytest.mark.parametrize("page", ["versturen/", "controleren/"])
def test_uploading_is_a_post(desk: Client, page: str) -> None:
    assert desk.get(f"{FORM}{page}").status_code == 405


def test_lists_take_the_same_number_of_queries_for_one_and_many(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 12):
        for number in range(count):
            upload(desk, **{f"f{number}": b"een;1\n"})
        with django_assert_max_num_queries(12):
            text_of(desk.get(f"{BASE}aanleveren/"))
        with django_assert_max_num_queries(12):
            text_of(desk.get(f"{BASE}aanleveren/ontvangen/{IntakeRun.objects.latest('pk').pk}/"))
