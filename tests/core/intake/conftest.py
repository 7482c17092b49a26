"""A form of its own for the tests: lines of 'key;amount', merged into a table made here."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from core.intake import api as intake
from core.intake import registry
from core.jobs import api as jobs

TENANT = 71


class LineReader:
    """Counted rows of text and amount; an amount that is no number is refused."""

    def __init__(self, reading: intake.Reading) -> None:
        self.reading = reading
        self.data = b""

    def feed(self, block: bytes) -> None:
        self.data += block

    def close(self) -> None:
        for number, line in enumerate(self.data.decode().splitlines(), start=1):
            key, _, amount = line.partition(";")
            if amount.isdigit():
                row = f"{self.reading.file_no}\t0\t{number}\t{key}\t{amount}\n"
                self.reading.sink.rows("thing", row, 1)
            else:
                fault = intake.Fault("geen-getal", "Geen getal.", "Vul een getal in.", "bedrag")
                self.reading.sink.reject(fault)


def merge(cursor: Any, merge: intake.Merge) -> intake.Outcome:
    things = merge.tables["thing"]
    cursor.execute(f"SELECT count(*) FROM {things}")
    offered = cursor.fetchone()[0]
    cursor.execute(
        f"INSERT INTO things SELECT key, amount, {merge.run.number} FROM {things} "
        "ON CONFLICT DO NOTHING"
    )
    merge.progress(1, 1, "klaar")
    return intake.Outcome(accepted=cursor.rowcount, unchanged=offered - cursor.rowcount)


def undo(cursor: Any, run: intake.IntakeRun) -> int:
    cursor.execute("DELETE FROM things WHERE run = %s", [run.number])
    return cursor.rowcount


@pytest.fixture
def thing_form(db: None, settings: Any, tmp_path: Path) -> Iterator[intake.IntakeForm]:
    settings.INTAKE_SPOOL_DIR = tmp_path / "spool"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE things (key text PRIMARY KEY, amount integer, run integer)")
    form = intake.IntakeForm(
        code="things",
        title="Dingen",
        description="Voor tests.",
        record_types=(intake.RecordType("thing", intake.columns(key="text", amount="integer")),),
        open_reader=LineReader,
        merge=merge,
        undo=undo,
        may_use=lambda user, tenant_id: tenant_id == TENANT and user is not None,
        accepts=(".txt", ".zip"),
    )
    intake.register_form(form)
    yield form
    del registry._forms["things"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE things")


@pytest.fixture
def user(db: None) -> Any:
    return get_user_model().objects.create_user(email="kim@example.nl", name="Kim")


Deliver = Callable[..., intake.IntakeRun]


@pytest.fixture
def deliver(thing_form: intake.IntakeForm, user: Any) -> Deliver:
    """Take in files (name=bytes) and, unless told otherwise, do the job."""

    def deliver_files(*, merge: bool = True, **files: bytes) -> intake.IntakeRun:
        streams = [(name.replace("_", "."), io.BytesIO(data)) for name, data in files.items()]
        run = intake.receive(form=thing_form, tenant_id=TENANT, by=user, files=streams)
        if merge:
            jobs.run(run.job_id)
        run.refresh_from_db()
        return run

    return deliver_files


def things() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, amount FROM things ORDER BY key")
        return list(cursor.fetchall())
