"""What a program may ask for: deliveries, editions, projections; following, stopping, redoing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.api.models import KeptAnswer
from core.intake.models import IntakeRun
from core.jobs.enums import JobState
from core.jobs.models import Job

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db


def upload(api, *files, region="noord", form="ijw"):
    return api.client.post(
        f"/api/v1/aanleveringen?regio={region}&formulier={form}", {"bestand": list(files)}
    )


def a_file(name="jw301.xml", content=b"<a/>"):
    return SimpleUploadedFile(name, content, content_type="application/xml")


@pytest.fixture
def form(staff):
    """The code of the form for messages."""
    forms = staff.get("aanleverformulieren", regio="noord").json()
    return next(f["code"] for f in forms if ".xml" in f["bestandssoorten"])


def test_a_delivery_is_accepted_and_followed_by_its_job(
    staff, world, form, django_capture_on_commit_callbacks
):
    answer = upload(staff, a_file(), a_file("twee.xml"), form=form)
    assert answer.status_code == 202, answer.content
    job = answer.json()
    assert answer["Location"] == f"/api/v1/taken/{job['id']}"
    run = IntakeRun.objects.get(job=job["id"])
    assert (run.tenant_id, run.files.count()) == (world.region.pk, 2)
    files = staff.get(f"aanleveringen/{run.pk}/bestanden").json()["resultaten"]
    assert [file["naam"] for file in files] == ["jw301.xml", "twee.xml"]


def test_a_delivery_can_be_checked_without_being_kept(staff, world):
    lines = "kvk;document;soort;t/m\n12345678;ISO 9001;certificaat;31-12-2027\n1;x;y;z\n"
    files = [
        a_file("lijst.csv", lines.encode()),
        a_file(f"{world.made.provider.agb_code} polis.pdf", b"%PDF-1.4\n"),
    ]
    before = IntakeRun.objects.count()
    answer = staff.client.post(
        "/api/v1/aanleveringen/controle?regio=noord&formulier=documenten", {"bestand": files}
    )
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["aangeboden"], told["afgekeurd"]) == (3, 1)
    assert {fault["veld"] for fault in told["fouten"]} == {"kvk_nummer", "soort", "geldig_tot"}
    listed, loose = told["gelezen"]
    assert (listed["soort"], listed["geldig_tot"]) == ("kwaliteitscertificaat", "31-12-2027")
    assert (loose["Bij"], loose["Document"]) == (world.made.provider.name, "polis")
    assert IntakeRun.objects.count() == before


def test_a_delivery_for_another_region_is_refused_before_it_is_read(staff, elsewhere, form):
    is_problem(upload(staff, a_file(), region="zuid", form=form), 400)
    assert not IntakeRun.objects.filter(tenant_id=elsewhere.region.pk, state="queued").exists()


def test_who_may_not_deliver_gets_a_sentence(world, form):
    clerk = api_of(world.user("council_clerk"))
    assert "mag" in is_problem(upload(clerk, a_file(), form=form), 403)["detail"]


def test_a_delivery_without_a_file_or_with_an_unknown_form_says_so(staff, form):
    is_problem(upload(staff, form=form), 409)
    is_problem(upload(staff, a_file(), form="bestaat-niet"), 400)
    answer = staff.client.post(
        "/api/v1/aanleveringen?regio=noord&formulier=x", "{}", content_type="application/json"
    )
    is_problem(answer, 415)


def test_rejections_come_as_json_and_as_csv(staff, world):
    run = world.keys["aanlevering"]["pk"]
    path = f"aanleveringen/{run}/afgekeurde-records"
    rows = staff.get(path).json()["resultaten"]
    assert [(row["bestand"], row["controle"]) for row in rows] == [("jw301.xml", "datum")]
    answer = staff.get(path, headers={"Accept": "text/csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("jw301.xml;")


def test_editions_are_asked_for_and_the_job_is_theirs(staff, world):
    answer = staff.post("edities", {"regio": "noord", "halfjaar": "2025-H1"})
    assert answer.status_code == 202
    job = Job.objects.get(pk=answer.json()["id"])
    assert (job.kind, job.tenant_id) == ("reports.editions", world.region.pk)
    assert job.params["only"] == []


def test_one_edition_of_a_municipality_of_the_region(staff, world):
    asked = {"regio": "noord", "halfjaar": "2025-H1", "soort": "raad-gemeente"}
    own = world.made.municipalities[0].gm_code
    job = staff.post("edities", {**asked, "gemeente": own}).json()
    assert Job.objects.get(pk=job["id"]).params["only"] == [["council_municipality", own, ""]]
    is_problem(staff.post("edities", {**asked, "gemeente": "9999"}), 400)
    is_problem(staff.post("edities", {**asked, "gemeente": own, "alleSpiegels": True}), 400)
    mirrors = {"regio": asked["regio"], "halfjaar": asked["halfjaar"], "alleSpiegels": True}
    job = staff.post("edities", mirrors).json()
    assert Job.objects.get(pk=job["id"]).params["mirrors"] is True
    is_problem(staff.post("edities", asked), 400)


@pytest.mark.parametrize("role", ["council_member", "provider", "access_team"])
def test_others_do_not_make_editions(world, role):
    api = api_of(world.user(role))
    is_problem(api.post("edities", {"regio": "noord", "halfjaar": "2025-H1"}), 403)


def test_editions_of_another_region_are_not_there(staff, elsewhere):
    is_problem(staff.post("edities", {"regio": "zuid", "halfjaar": "2025-H1"}), 400)


def test_a_half_year_to_come_is_refused_in_a_sentence(staff):
    body = is_problem(staff.post("edities", {"regio": "noord", "halfjaar": "2900-H1"}), 409)
    assert body["code"] == "halfjaar-in-toekomst"


def a_job(world, state=JobState.QUEUED):
    return Job.objects.create(
        kind="test.klaar", title="Iets", tenant_id=world.region.pk, state=state,
        finished_at=clock.now() if state in JobState.ENDED else None,
        error="mislukt" if state == JobState.FAILED else "",
    )  # fmt: skip


def test_a_waiting_job_is_stopped_once(staff, world):
    job = a_job(world)
    answer = staff.post(f"taken/{job.pk}/annulering")
    assert (answer.status_code, answer.json()["stand"]) == (202, "geannuleerd")
    assert is_problem(staff.post(f"taken/{job.pk}/annulering"), 409)["code"] == "taak-al-klaar"


def test_a_failed_job_is_done_again_as_a_new_one(staff, world):
    job = a_job(world, JobState.FAILED)
    answer = staff.post(f"taken/{job.pk}/herstart")
    assert answer.status_code == 202
    assert answer.json()["id"] != str(job.pk)


def test_who_decides_on_an_old_state_is_told(staff, world):
    job = a_job(world)
    seen = staff.get(f"taken/{job.pk}")["ETag"]
    Job.objects.filter(pk=job.pk).update(progress_done=5)
    is_problem(staff.post(f"taken/{job.pk}/annulering", headers={"If-Match": seen}), 412)
    fresh = staff.get(f"taken/{job.pk}")["ETag"]
    assert staff.post(f"taken/{job.pk}/annulering", headers={"If-Match": fresh}).status_code == 202


def test_a_job_of_another_region_is_not_there_to_stop(staff, elsewhere):
    job = a_job(elsewhere)
    is_problem(staff.post(f"taken/{job.pk}/annulering"), 404)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_a_delivery_is_undone_by_a_job(staff, world):
    IntakeRun.objects.update(
        form_code=staff.get("aanleverformulieren", regio="noord").json()[0]["code"]
    )
    answer = staff.post(f"aanleveringen/{world.keys['aanlevering']['pk']}/ongedaanmaking")
    assert answer.status_code == 202, answer.content
    assert Job.objects.get(pk=answer.json()["id"]).kind == "intake.undo"


def test_a_nul_in_the_address_is_refused_in_the_api_and_on_pages(staff, client, settings):
    settings.MFA_REQUIRED = False
    answer = staff.get("aanleverformulieren", regio="no\0rd")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    page = client.get("/", {"zoek": "\0"})
    assert page.status_code == 400
    assert "wat wij niet kunnen lezen" in page.content.decode()


@pytest.mark.parametrize(
    "content",
    [
        '{"regio": "noord", "regio": "zuid"}',
        '{"regio": NaN}',
        "[" * 100_000 + "]" * 100_000,
        '{"regio": "\\ud800"}',
        '{"regio": "a\\u0000b"}',
        "\xff\xfe",
        "null",
        "[]",
        '"tekst"',
    ],
)
def test_hostile_json_is_a_400(staff, content):
    answer = staff.client.post("/api/v1/edities", content, content_type="application/json")
    is_problem(answer, 400)


def test_a_packed_body_and_another_method_in_disguise_are_refused(staff, world):
    answer = staff.client.post(
        "/api/v1/edities",
        b"x",
        content_type="application/json",
        headers={"Content-Encoding": "gzip"},
    )
    is_problem(answer, 415)
    answer = staff.post("regios", {}, headers={"X-HTTP-Method-Override": "GET"})
    is_problem(answer, 405)


WANTED = {"regio": "noord", "halfjaar": "2025-H1"}


def keyed(key="k-1"):
    return {"headers": {"Idempotency-Key": key}}


def test_the_same_request_with_the_same_key_does_the_work_once(staff):
    first = staff.post("edities", WANTED, **keyed())
    again = staff.post("edities", WANTED, **keyed())
    assert first.status_code == again.status_code == 202
    assert (first.json(), first["Location"]) == (again.json(), again["Location"])
    other = staff.post("edities", WANTED, **keyed("k-2"))
    assert other["Location"] != first["Location"]


def test_another_request_with_a_used_key_is_refused(staff):
    staff.post("edities", WANTED, **keyed())
    body = {**WANTED, "soort": "raad-regio"}
    refused = is_problem(staff.post("edities", body, **keyed()), 422)
    assert "al gebruikt voor een andere aanvraag" in refused["detail"]


def test_a_refusal_is_not_kept(staff):
    assert staff.post("edities", {**WANTED, "regio": "nergens"}, **keyed()).status_code == 400
    assert staff.post("edities", WANTED, **keyed()).status_code == 202


def test_a_key_is_the_users_own_and_ends_after_a_day(staff, world):
    first = staff.post("edities", WANTED, **keyed())
    colleague = api_of(world.user("regional_admin"))
    theirs = colleague.post("edities", WANTED, **keyed())
    assert theirs["Location"] != first["Location"]
    KeptAnswer.objects.update(created_at=clock.now() - timedelta(hours=25))
    late = staff.post("edities", WANTED, **keyed())
    assert late["Location"] != first["Location"]


def test_an_upload_is_told_from_another_by_what_is_in_it(staff, form):
    def send(content):
        return staff.client.post(
            f"/api/v1/aanleveringen?regio=noord&formulier={form}",
            {"bestand": [a_file(content=content)]},
            **keyed(),
        )

    first = send(b"<a/>")
    assert send(b"<a/>")["Location"] == first["Location"]
    assert send(b"<b/>").status_code == 422
    assert (
        IntakeRun.objects.filter(form_code=form, title__isnull=False).exclude(job=None).count() == 2
    )
