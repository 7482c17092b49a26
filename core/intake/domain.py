"""The verbs of intake: take a delivery in, merge it in a job, undo it."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.db.models import Max

from core import clock
from core.errors import DomainError, NotAllowed
from core.jobs import api as jobs

from . import spool
from .enums import RunState
from .memory import MemoryStore
from .models import IntakeFile, IntakeRun
from .plaincursor import plain_cursor
from .receiving import Reception, reception
from .registry import IntakeForm
from .registry import form as form_of
from .spool import SpoolStore

RUN_JOB, UNDO_JOB = "intake.run", "intake.undo"
_LOCK = 0x494E544B
_BLOCK = 1 << 18
_FILES_AT_ONCE = 2_000
_PREVIEWED = 100


def receive(
    *, form: IntakeForm, tenant_id: int, by: Any, files: Iterable[tuple[str, BinaryIO]]
) -> IntakeRun:
    """Take in files (name and stream) with a form and start the run that merges them.

    Effects: a spool of stripped rows; a run with its files; a job. A delivery that breaks off
    leaves nothing. Raises NotAllowed, or DomainError when there is no file.
    """
    delivery = reception(form=form, tenant_id=tenant_id, by=by)
    try:
        for name, stream in files:
            incoming = delivery.open_file(name)
            for block in _blocks(stream):
                incoming.feed(block)
            incoming.close()
        return start_run(delivery=delivery, by=by)
    except BaseException:
        discard(delivery=delivery)
        raise


def start_run(*, delivery: Reception, by: Any) -> IntakeRun:
    """Keep what came in, and ask for its merge.

    Effects, in one transaction: an IntakeRun with its files, and a job.
    """
    if not delivery.files:
        raise DomainError("Kies eerst een bestand om aan te leveren.", code="geen-bestand")
    _clear_leftovers()
    kept = delivery.store.keep() if isinstance(delivery.store, SpoolStore) else ""
    with transaction.atomic():
        run = IntakeRun.objects.create(
            tenant_id=delivery.tenant_id,
            form_code=delivery.form.code,
            title=_title(delivery),
            requested_by=by,
            spool=kept,
            offered=delivery.offered,
            rejected=delivery.rejected,
            not_used=delivery.not_used,
        )
        IntakeFile.objects.bulk_create(_files(run, delivery), batch_size=_FILES_AT_ONCE)
        run.job = jobs.enqueue(
            kind=RUN_JOB,
            title=run.title,
            params={"run": run.pk},
            tenant_id=run.tenant_id,
            by=by,
        )
        run.save(update_fields=["job"])
    return run


def discard(*, delivery: Reception) -> None:
    """Throw away a delivery that broke off. Does nothing to one that was kept."""
    if isinstance(delivery.store, SpoolStore):
        delivery.store.discard()


def preview(
    *, form: IntakeForm, tenant_id: int, by: Any, files: Iterable[tuple[str, BinaryIO]]
) -> Reception:
    """Read files as `receive` would, in memory, and keep nothing. `store` holds rows and faults."""
    delivery = open_preview(form=form, tenant_id=tenant_id, by=by)
    for name, stream in files:
        incoming = delivery.open_file(name)
        for block in _blocks(stream):
            incoming.feed(block)
        incoming.close()
    return delivery


def open_preview(*, form: IntakeForm, tenant_id: int, by: Any) -> Reception:
    """A delivery that only looks: the first rows and faults stay in memory, nothing is stored."""
    store = MemoryStore(most=_PREVIEWED)
    return reception(form=form, tenant_id=tenant_id, by=by, store=store)


def check_can_undo(user: Any, run: IntakeRun) -> None:
    """Raises NotAllowed or DomainError with a sentence for the screen."""
    form = form_of(run.form_code)
    own = run.requested_by_id == getattr(user, "pk", None)
    if not form.may_use(user, run.tenant_id) or not (own or form.sees_all(user, run.tenant_id)):
        raise NotAllowed("U mag deze aanlevering niet ongedaan maken.")
    if run.state != RunState.DONE:
        raise DomainError(
            "Alleen een verwerkte aanlevering kan ongedaan worden gemaakt.",
            code="aanlevering-niet-verwerkt",
        )


def can_undo(user: Any, run: IntakeRun) -> bool:
    try:
        check_can_undo(user, run)
    except DomainError:
        return False
    return True


def undo_run(*, run: IntakeRun, by: Any) -> int:
    """Take back everything that a run brought; how many records that were.

    Effects: the rows of the run go, as the app that registered the form decides; the run itself
    stays, marked undone, with its files and rejections.
    """
    with transaction.atomic():
        lock_tenant(run.tenant_id)
        fresh = IntakeRun.objects.select_for_update().get(pk=run.pk)
        check_can_undo(by, fresh)
        with plain_cursor() as cursor:
            removed = form_of(fresh.form_code).undo(cursor, fresh)
        fresh.state = RunState.UNDONE
        fresh.undone_at, fresh.undone_by = clock.now(), by
        fresh.save(update_fields=["state", "undone_at", "undone_by"])
    return removed


def ask_undo(*, run: IntakeRun, by: Any) -> jobs.Job:
    """Undo a run in a job. Effects: one job."""
    check_can_undo(by, run)
    with transaction.atomic():
        return jobs.enqueue(
            kind=UNDO_JOB,
            title=f"{run} ongedaan maken",
            params={"run": run.pk, "by": by.pk},
            tenant_id=run.tenant_id,
            by=by,
        )


def lock_tenant(tenant_id: int) -> None:
    """Wait for other merges of this tenant; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, tenant_id % (1 << 31)])


def next_number(tenant_id: int) -> int:
    """The number of the next run to be merged; call it under the lock of the tenant."""
    last = IntakeRun.objects.filter(tenant_id=tenant_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _title(delivery: Reception) -> str:
    first, *others = delivery.files
    name = first.name.partition("/")[0]
    more = {0: "", 1: " en 1 ander bestand"}.get(len(others), f" en {len(others)} andere bestanden")
    return f"{delivery.form.title}: {name}{more}"[:200]


def _files(run: IntakeRun, delivery: Reception) -> list[IntakeFile]:
    return [
        IntakeFile(
            run=run,
            number=file.number,
            name=file.name,
            kind=file.kind,
            size=file.size,
            state=file.state,
            offered=file.offered,
            rejected=file.rejected,
            message=file.message,
        )
        for file in delivery.files
    ]


def _clear_leftovers() -> None:
    runs = IntakeRun.objects.exclude(spool="").values_list("spool", flat=True)
    spool.remove_leftovers(in_use=set(runs))
