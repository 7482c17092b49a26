"""The job that brings a delivery into the tables: one transaction, all or nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from django.contrib.auth import get_user_model
from django.db import transaction
from psycopg import sql

from core import clock
from core.errors import DomainError
from core.jobs import api as jobs
from core.jobs.api import RunningJob, job_handler

from . import spool
from .domain import RUN_JOB, UNDO_JOB, lock_tenant, next_number, undo_run
from .enums import RunState
from .models import IntakeRun, Rejection
from .plaincursor import plain_cursor
from .progress import Progress, shown_beside
from .records import PLACE, RecordType
from .registry import IntakeForm, Merge, Outcome
from .registry import form as form_of

log = structlog.get_logger()

_STAGED_AT = 30  # percent of the work: staging the rows; the merge is the rest
_REJECTION = (
    "file_no", "message_ref", "record_no", "line_no", "field", "rule", "message", "advice",
)  # fmt: skip


@job_handler(RUN_JOB)
def run_intake(job: RunningJob) -> dict[str, Any]:
    """Merge the run of a job. Done twice it merges once: a merged run is left alone."""
    run = IntakeRun.objects.get(pk=job.params["run"])
    if run.state not in RunState.MERGED:
        _begin(run)
        with _end_recorded(run), shown_beside(job) as progress:
            _merge_whole(run, job, progress)
    spool.remove(run.spool)
    IntakeRun.objects.filter(pk=run.pk).update(spool="")
    return _result(run)


@job_handler(UNDO_JOB)
def run_undo(job: RunningJob) -> dict[str, Any]:
    by = get_user_model().objects.get(pk=job.params["by"])
    run = IntakeRun.objects.get(pk=job.params["run"])
    return {"removed": undo_run(run=run, by=by)}


def _begin(run: IntakeRun) -> None:
    if not spool.exists(run.spool):
        raise DomainError(
            "De ingelezen gegevens van deze aanlevering zijn er niet meer. Lever het bestand "
            "opnieuw aan.",
            code="aanlevering-verlopen",
        )
    run.state, run.finished_at, run.error = RunState.RUNNING, None, ""
    run.started_at = run.started_at or clock.now()
    run.save(update_fields=["state", "started_at", "finished_at", "error"])


@contextmanager
def _end_recorded(run: IntakeRun) -> Iterator[None]:
    """Record on the run how a merge that did not succeed ended. The spool of a failed run stays,
    so that its job can be started again; that of a cancelled run goes."""
    try:
        yield
    except (jobs.LeaseLost, *jobs.INTERRUPTED):
        raise
    except jobs.JobCancelled:
        _end(run, RunState.CANCELLED, "")
        spool.remove(run.spool)
        raise
    except DomainError as refusal:
        _end(run, RunState.FAILED, refusal.message)
        raise
    except Exception:
        _end(
            run,
            RunState.FAILED,
            "Er ging iets mis dat niet aan uw bestand ligt. Er is niets verwerkt. De beheerder "
            "vindt de oorzaak in het logboek.",
        )
        raise


def _end(run: IntakeRun, state: str, error: str) -> None:
    IntakeRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
        state=state, error=error, finished_at=clock.now()
    )


def _merge_whole(run: IntakeRun, job: RunningJob, progress: Progress) -> None:
    form = form_of(run.form_code)
    progress(0, 100, "Wachten op een eerdere aanlevering")
    with transaction.atomic():
        lock_tenant(run.tenant_id)
        fresh = IntakeRun.objects.select_for_update().get(pk=run.pk)
        if fresh.state in RunState.MERGED:
            return
        run.number = next_number(run.tenant_id)
        with plain_cursor() as cursor:
            tables = _stage(cursor, run, form, progress)
            _copy_rejections(cursor, run)
            outcome = form.merge(cursor, Merge(run, tables, _within(progress)))
            _drop(cursor, tables)
        _reconcile(run, outcome)
        job.finish_with(lambda: _write(run, outcome))


def _within(progress: Progress) -> Progress:
    """Progress of a merge as the part of the whole that it is."""

    def show(done: int, total: int, text: str) -> None:
        share = (100 - _STAGED_AT) * done // max(total, 1)
        progress(_STAGED_AT + share, 100, text)

    return show


def _stage(cursor: Any, run: IntakeRun, form: IntakeForm, progress: Progress) -> Mapping[str, str]:
    """Fill a staging table per record type; returns their names, quoted."""
    total, done, counted = spool.size(run.spool) or 1, 0, 0
    tables: dict[str, str] = {}
    for record_type in form.record_types:
        table = sql.Identifier(f"intake_stage_{run.pk}_{record_type.name}")
        _create(cursor, table, record_type)
        rows = 0
        with cursor.copy(
            sql.SQL("COPY {} FROM STDIN WITH (FORMAT text, NULL '')").format(table)
        ) as copy:
            for block in spool.blocks(run.spool, record_type.name):
                copy.write(block)
                done += len(block)
                progress(_STAGED_AT * done // total, 100, "Rijen klaarzetten")
        rows = cursor.rowcount
        cursor.execute(sql.SQL("ANALYZE {}").format(table))
        counted += rows if record_type.counted else 0
        tables[record_type.name] = table.as_string(cursor.connection)
    if counted != run.offered - run.rejected:
        raise DomainError(
            f"Er zijn {run.offered - run.rejected} records ingelezen, maar {counted} "
            "teruggevonden. Er is niets verwerkt. Lever het bestand opnieuw aan.",
            code="aanlevering-onvolledig",
        )
    return tables


def _create(cursor: Any, table: sql.Identifier, record_type: RecordType) -> None:
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.pg_type))
        for column in (*PLACE, *record_type.columns)
    )
    cursor.execute(sql.SQL("CREATE UNLOGGED TABLE {} ({})").format(table, columns))


def _drop(cursor: Any, tables: Mapping[str, str]) -> None:
    for table in tables.values():
        cursor.execute(sql.SQL("DROP TABLE {}").format(sql.SQL(table)))


def _copy_rejections(cursor: Any, run: IntakeRun) -> None:
    """What the readers refused; the id of the run is not in the spool and is added here."""
    table = sql.Identifier(Rejection._meta.db_table)
    staged = sql.Identifier(f"intake_stage_{run.pk}_{spool.FAULTS}")
    names = sql.SQL(", ").join(map(sql.Identifier, _REJECTION))
    cursor.execute(
        sql.SQL("CREATE UNLOGGED TABLE {} AS SELECT {} FROM {} WHERE false").format(
            staged, names, table
        )
    )
    with cursor.copy(
        sql.SQL("COPY {} FROM STDIN WITH (FORMAT text, NULL '')").format(staged)
    ) as copy:
        for block in spool.blocks(run.spool, spool.FAULTS):
            copy.write(block)
    cursor.execute(
        sql.SQL(
            "INSERT INTO {table} (run_id, {names}) SELECT {run}, file_no,"
            " coalesce(message_ref, ''), record_no, line_no, coalesce(field, ''), rule, message,"
            " coalesce(advice, '') FROM {staged}"
        ).format(table=table, names=names, run=sql.Literal(run.pk), staged=staged)
    )
    cursor.execute(sql.SQL("DROP TABLE {}").format(staged))


def _reconcile(run: IntakeRun, outcome: Outcome) -> None:
    """Every record that was read has ended in exactly one way, or nothing is merged."""
    staged = run.offered - run.rejected
    if outcome.total != staged:
        log.error("intake_counts_differ", run=run.pk, staged=staged, outcome=outcome.total)
        raise DomainError(
            f"Van de {staged} ingelezen records zijn er {outcome.total} verantwoord. Daarom is er "
            "niets verwerkt. Meld dit aan de beheerder.",
            code="aanlevering-telt-niet-op",
        )


def _write(run: IntakeRun, outcome: Outcome) -> dict[str, Any]:
    run.accepted, run.changed = outcome.accepted, outcome.changed
    run.unchanged, run.waiting = outcome.unchanged, outcome.waiting
    run.rejected += outcome.rejected
    run.notes = outcome.notes
    run.state, run.finished_at = RunState.DONE, clock.now()
    run.save()
    log.info("intake_merged", run=run.pk, tenant_id=run.tenant_id, **_counts(run))
    return _result(run)


def _counts(run: IntakeRun) -> dict[str, int]:
    names = ("offered", "accepted", "changed", "unchanged", "waiting", "rejected", "not_used")
    return {name: getattr(run, name) for name in names}


def _result(run: IntakeRun) -> dict[str, Any]:
    return {"run": run.pk, "number": run.number, **_counts(run)}
