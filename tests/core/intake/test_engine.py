"""From bytes to merged rows: counts that add up, once and whole or not at all."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from core.errors import DomainError, NotAllowed
from core.intake import api as intake
from core.intake.merging import run_intake
from core.jobs import api as jobs

from .conftest import TENANT, Deliver, things


def counts(run: intake.IntakeRun) -> tuple[int, ...]:
    return (run.offered, run.accepted, run.changed, run.unchanged, run.waiting, run.rejected)


def spooled(settings: Any) -> list[Path]:
    return list(Path(settings.INTAKE_SPOOL_DIR).rglob("*"))


def test_records_are_merged_and_accounted_for(deliver: Deliver) -> None:
    run = deliver(a_txt=b"een;1\ntwee;2\ndrie;x\n")
    assert (run.state, run.number) == ("done", 1)
    assert counts(run) == (3, 2, 0, 0, 0, 1)
    assert things() == [("een", 1), ("twee", 2)]
    (rejection,) = run.rejections.all()
    assert (rejection.file_no, rejection.rule, rejection.field) == (1, "geen-getal", "bedrag")
    (file,) = run.files.all()
    assert (file.name, file.state, file.offered, file.rejected) == ("a.txt", "partly", 3, 1)


def test_the_same_again_changes_nothing(deliver: Deliver) -> None:
    deliver(a_txt=b"een;1\n")
    again = deliver(a_txt=b"een;1\n")
    assert counts(again) == (1, 0, 0, 1, 0, 0)
    assert again.number == 2


def test_nothing_is_left_on_disk_or_staged(deliver: Deliver, settings: Any) -> None:
    run = deliver(a_txt=b"een;1\ntwee;x\n")
    assert spooled(settings) == []
    assert run.spool == ""
    assert not [t for t in connection.introspection.table_names() if "stage" in t]


def test_done_twice_it_merges_once(deliver: Deliver) -> None:
    run = deliver(a_txt=b"een;1\n")
    lease = jobs.Job.objects.get(pk=run.job_id)
    assert run_intake(lease)["accepted"] == 1  # type: ignore[arg-type]
    assert things() == [("een", 1)]


def test_a_merge_that_loses_a_record_is_refused(
    deliver: Deliver, thing_form: intake.IntakeForm, settings: Any
) -> None:
    object.__setattr__(thing_form, "merge", lambda cursor, merge: intake.Outcome(accepted=1))
    run = deliver(a_txt=b"een;1\ntwee;2\n")
    assert run.state == "failed"
    assert "Van de 2 ingelezen records zijn er 1 verantwoord" in run.error
    assert run.number is None
    assert things() == []
    assert spooled(settings)  # so that the job can be started again


def test_a_failed_job_can_be_started_again(
    deliver: Deliver, thing_form: intake.IntakeForm, user: Any
) -> None:
    whole = thing_form.merge
    object.__setattr__(thing_form, "merge", lambda cursor, merge: intake.Outcome())
    run = deliver(a_txt=b"een;1\n")
    object.__setattr__(thing_form, "merge", whole)
    again = jobs.restart(job=jobs.Job.objects.get(pk=run.job_id), by=user)
    jobs.run(again.pk)
    run.refresh_from_db()
    assert (run.state, run.error, run.number) == ("done", "", 1)


def test_rows_lost_from_the_spool_are_noticed(deliver: Deliver, settings: Any) -> None:
    run = deliver(merge=False, a_txt=b"een;1\ntwee;2\n")
    rows = Path(settings.INTAKE_SPOOL_DIR) / run.spool / "thing"
    rows.write_bytes(rows.read_bytes().splitlines(keepends=True)[0])
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "2 records ingelezen, maar 1 teruggevonden" in run.error
    assert things() == []


def test_a_broken_upload_leaves_nothing(
    thing_form: intake.IntakeForm, user: Any, settings: Any
) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("connection lost")

    with pytest.raises(OSError, match="connection lost"):
        intake.receive(
            form=thing_form, tenant_id=TENANT, by=user, files=[("a.txt", Broken(b"een;1"))]
        )
    assert spooled(settings) == []
    assert not intake.IntakeRun.objects.exists()


def test_who_may_not_use_the_form_is_stopped_at_the_door(
    thing_form: intake.IntakeForm, user: Any
) -> None:
    with pytest.raises(NotAllowed):
        intake.receive(form=thing_form, tenant_id=TENANT + 1, by=user, files=[])


def test_without_a_key_nothing_is_read(
    thing_form: intake.IntakeForm, user: Any, settings: Any
) -> None:
    settings.PSEUDONYM_KEY = "short"
    with pytest.raises(DomainError, match="geen sleutel"):
        intake.receive(
            form=thing_form, tenant_id=TENANT, by=user, files=[("a.txt", io.BytesIO(b"een;1"))]
        )


def test_a_run_is_undone_as_a_whole(deliver: Deliver, user: Any) -> None:
    first, second = deliver(a_txt=b"een;1\n"), deliver(b_txt=b"twee;2\ndrie;3\n")
    assert intake.undo_run(run=second, by=user) == 2
    second.refresh_from_db()
    assert (second.state, second.undone_by, second.number) == ("undone", user, 2)
    assert things() == [("een", 1)]
    assert first.state == "done"


def test_a_run_is_undone_once(deliver: Deliver, user: Any) -> None:
    run = deliver(a_txt=b"een;1\n")
    intake.undo_run(run=run, by=user)
    with pytest.raises(DomainError, match="Alleen een verwerkte aanlevering"):
        intake.undo_run(run=run, by=user)


def test_counts_that_do_not_add_up_are_refused_by_the_database(deliver: Deliver) -> None:
    run = deliver(a_txt=b"een;1\n")
    run.waiting = 4
    with pytest.raises(IntegrityError, match="intake_run_counts_add_up"), transaction.atomic():
        run.save()


def test_runs_of_another_tenant_are_not_seen(deliver: Deliver, user: Any) -> None:
    run = deliver(a_txt=b"een;1\n")
    assert list(intake.IntakeRun.objects.visible_to(user, TENANT)) == [run]
    assert not intake.IntakeRun.objects.visible_to(user, TENANT + 1).exists()


def test_an_unexpected_kind_of_file_is_refused_and_said(deliver: Deliver) -> None:
    run = deliver(a_pdf=b"%PDF")
    (file,) = run.files.all()
    assert (file.state, run.state, run.offered) == ("refused", "done", 0)
    assert "eindigt op .txt" in run.rejections.get().advice


def test_preview_keeps_nothing(thing_form: intake.IntakeForm, user: Any, settings: Any) -> None:
    seen = intake.preview(
        form=thing_form, tenant_id=TENANT, by=user, files=[("a.txt", io.BytesIO(b"een;1\nx;y"))]
    )
    assert (seen.offered, seen.rejected) == (2, 1)
    assert spooled(settings) == []
    assert not intake.IntakeRun.objects.exists()


def test_the_command_delivers_and_tells_the_outcome(
    thing_form: intake.IntakeForm, user: Any, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"een;1\nkapot;x\n")
    out = io.StringIO()
    call_command("take_in", "things", TENANT, file, by=user.email, wait=True, stdout=out)
    assert out.getvalue().splitlines()[:3] == [
        "Dingen: a.txt: verwerkt",
        "aangeboden 2",
        "aangenomen 1",
    ]
    with pytest.raises(CommandError, match="geen formulier"):
        call_command("take_in", "anders", TENANT, file)
