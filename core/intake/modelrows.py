"""Small tables that are kept as audited models: one object at a time, with the model's own rules.

For what sets a region up (counts of youths, providers, products, tariffs, budgets): some hundreds
of rows, each tried on its own, so that a row that breaks a rule says which one in the model's own
words. Bulk data about care is merged by set-based SQL instead.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from psycopg.sql import SQL

from core.errors import DomainError

from .enums import RunState
from .models import IntakeRun, Rejection
from .registry import IntakeForm, Merge, Outcome
from .tables import TableForm

M = TypeVar("M", bound=models.Model)
Row = Mapping[str, Any]


class RowRefused(Exception):
    """This row cannot be taken in. `message` and `advice` are Dutch."""

    def __init__(self, rule: str, field: str, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.rule, self.field, self.message, self.advice = rule, field, message, advice


@dataclass
class Ledger:
    """What one row did, so that a run can be undone: created objects, and old values of others.

    `run` is the number of the run.
    """

    run: int
    steps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ending(self) -> str:
        if any(step["before"] is None and not step.get("part") for step in self.steps):
            return "accepted"
        return "changed" if self.steps else "unchanged"

    def put(
        self,
        model: type[M],
        *,
        key: Mapping[str, Any],
        values: Mapping[str, Any],
        once: Mapping[str, Any] | None = None,
    ) -> M:
        """Find the object with this key or make it (then with `once` too), and give it `values`."""
        found = model._default_manager.filter(**key).first()
        if found is None:
            made = model(**key, **values, **(once or {}))
            self._save(made, None)
            return made
        self.change(found, **values)
        return found

    def change(self, found: models.Model, **values: Any) -> None:
        before = {name: getattr(found, name) for name in values}
        if before == dict(values):
            return
        for name, value in values.items():
            setattr(found, name, value)
        self._save(found, {name: _plain(found, name, old) for name, old in before.items()})

    def note(self, made: models.Model, *, part_of_known: bool = False) -> None:
        """Write down an object that a verb made, so that undoing removes it. A part of what was
        known, such as a newer version, makes the row a change."""
        step = {"model": made._meta.label, "pk": str(made.pk), "before": None}
        self.steps.append(step | ({"part": True} if part_of_known else {}))

    def _save(self, changed: models.Model, before: dict[str, Any] | None) -> None:
        changed.full_clean()
        changed.save()
        self.steps.append({"model": changed._meta.label, "pk": changed.pk, "before": before})


PutRow = Callable[[Ledger, int, Row], None]


@dataclass(frozen=True)
class Part:
    """The rows of one record type, and what puts one of them into the models.

    `headers` are the words for columns in a refusal.
    """

    record_type: str
    put_row: PutRow
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, table: TableForm, put_row: PutRow) -> "Part":
        headers = {column.name: column.header for column in table.columns}
        return cls(table.record_type_name, put_row, headers)


def model_rows_form(
    *,
    code: str,
    title: str,
    description: str,
    table: TableForm,
    put_row: PutRow,
    may_use: Callable[[Any, int], bool],
) -> IntakeForm:
    """A CSV or XLSX form of which `put_row(ledger, tenant_id, row)` puts one row into the models.

    `put_row` raises RowRefused for a row that it cannot take.
    """
    return IntakeForm(
        code=code,
        title=title,
        description=description,
        record_types=(table.record_type,),
        open_reader=table.open_reader,
        merge=lambda cursor, merge: merge_parts(cursor, merge, (Part.of(table, put_row),)),
        undo=lambda _cursor, run: undo_model_rows(run),
        may_use=may_use,
        accepts=(".csv", ".xlsx"),
        table=table,
    )


def undo_model_rows(run: Any) -> int:
    """Take back what a run did to the models; how many objects that were.

    Raises DomainError when a later run worked on the same objects or other data rests on them.
    """
    steps = run.notes.get("steps", [])
    _check_not_built_upon(run, steps)
    try:
        with transaction.atomic():
            for step in reversed(steps):
                _undo_step(step)
    except (models.ProtectedError, IntegrityError, ValidationError):
        raise DomainError(
            "Op rijen uit deze aanlevering bouwen andere gegevens. Verwijder of wijzig die eerst.",
            code="andere-gegevens-bouwen-hierop",
        ) from None
    return len(steps)


def merge_parts(cursor: Any, merge: Merge, parts: Sequence[Part]) -> Outcome:
    """Put the rows of each part in turn, each row by itself: one that is refused stops no other."""
    outcome = Outcome(notes={"steps": []})
    work = [(part, row) for part in parts for row in _rows(cursor, merge.tables[part.record_type])]
    for done, (part, row) in enumerate(work):
        _put(merge, part, row, outcome)
        if done % 100 == 0:
            merge.progress(done, len(work), "Rijen verwerken")
    return outcome


def _put(merge: Merge, part: Part, row: Row, outcome: Outcome) -> None:
    ledger = Ledger(merge.run.number or 0)
    try:
        with transaction.atomic():
            part.put_row(ledger, merge.run.tenant_id, row)
    except RowRefused as refusal:
        _reject(merge, row, refusal)
        outcome.rejected += 1
    except (ValidationError, IntegrityError) as error:
        _reject(merge, row, _refusal_of(error, part.headers))
        outcome.rejected += 1
    else:
        setattr(outcome, ledger.ending, getattr(outcome, ledger.ending) + 1)
        outcome.notes["steps"] += ledger.steps


def _rows(cursor: Any, table: str) -> Iterator[dict[str, Any]]:
    cursor.execute(SQL("SELECT * FROM {} ORDER BY file_no, record_no").format(SQL(table)))
    names = [column.name for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def _reject(merge: Merge, row: Row, refusal: RowRefused) -> None:
    Rejection.objects.create(
        run=merge.run,
        file_no=row["file_no"],
        record_no=row["record_no"],
        line_no=row["record_no"],
        field=refusal.field,
        rule=refusal.rule,
        message=refusal.message,
        advice=refusal.advice or "Verbeter de rij en lever haar opnieuw aan.",
    )


def _refusal_of(error: ValidationError | IntegrityError, headers: Mapping[str, str]) -> RowRefused:
    if isinstance(error, IntegrityError):
        return RowRefused("tegenstrijdig", "", "De rij is in strijd met wat al is vastgelegd.")
    if hasattr(error, "error_dict"):
        name, messages = next(iter(error.message_dict.items()))
        return RowRefused("regel-van-de-regio", headers.get(name, ""), " ".join(messages))
    return RowRefused("regel-van-de-regio", "", " ".join(error.messages))


def _plain(owner: models.Model, name: str, value: Any) -> Any:
    """A field's value as text that `to_python` reads back; a relation as its key."""
    if isinstance(value, models.Model):
        return value.pk
    return None if value is None else str(value)


def _undo_step(step: Mapping[str, Any]) -> None:
    found = apps.get_model(step["model"])._default_manager.filter(pk=step["pk"]).first()
    if found is None:
        return
    if step["before"] is None:
        found.delete()
        return
    for name, text in step["before"].items():
        target = found._meta.get_field(name)
        setattr(found, getattr(target, "attname", name), target.to_python(text))
    found.full_clean()
    found.save()


def _check_not_built_upon(run: Any, steps: list[dict[str, Any]]) -> None:
    mine = {(step["model"], step["pk"]) for step in steps}
    later = IntakeRun.objects.filter(
        tenant_id=run.tenant_id, number__gt=run.number, state=RunState.DONE
    ).order_by("number")
    for other in later:
        if any((step["model"], step["pk"]) in mine for step in other.notes.get("steps", [])):
            raise DomainError(
                f"Aanlevering {other.number} werkte verder met dezelfde rijen. "
                f"Maak eerst aanlevering {other.number} ongedaan.",
                code="latere-aanlevering-bouwt-hierop",
            )
