"""Questions about deliveries for the screen."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Case, Count, Min, OuterRef, QuerySet, Subquery, When

from core.formats import date_short

from .memory import MemoryStore
from .models import IntakeFile, IntakeRun, Rejection
from .receiving import Reception
from .records import PLACE, PreviewTable
from .tables import TableForm

HIDDEN = "onherkenbaar gemaakt"
_SHOWN = 20
_AT_ONCE = 5_000


def runs_of(user: Any, tenant_id: int) -> QuerySet[IntakeRun]:
    """Runs that the user may see, with who and which job."""
    visible = IntakeRun.objects.visible_to(user, tenant_id)
    return visible.select_related("requested_by", "undone_by", "job")


def files_of(run: IntakeRun) -> QuerySet[IntakeFile]:
    """The files of a run: first those of which something must be said, each in its own order."""
    nothing_said = Case(When(message="", then=1), default=0)
    return run.files.order_by(nothing_said, "number")


def rejections_of(run: IntakeRun) -> QuerySet[Rejection]:
    """The rejections of a run in order, each with the name of its file as `file_name`."""
    file = IntakeFile.objects.filter(run_id=OuterRef("run_id"), number=OuterRef("file_no"))
    return run.rejections.annotate(file_name=Subquery(file.values("name")[:1])).order_by("pk")


def rejections_by_rule(run: IntakeRun) -> list[Any]:
    """How often each rule refused something, with a message as example; most frequent first."""
    rows = run.rejections.order_by().values("rule")
    rows = rows.annotate(times=Count("pk"), example=Min("message"))
    return list(rows.order_by("-times", "rule"))


def rejection_lines(run: IntakeRun) -> Iterator[tuple[Any, ...]]:
    """All rejections as rows for a download, in constant memory."""
    names = (
        "file_name",
        "message_ref",
        "record_no",
        "line_no",
        "field",
        "rule",
        "message",
        "advice",
    )
    yield from rejections_of(run).values_list(*names).iterator(chunk_size=_AT_ONCE)


def previews(delivery: Reception) -> list[PreviewTable]:
    """What a delivery that was only looked at would bring, as far as its form can tell."""
    form = delivery.form
    found = [previewed_rows(delivery, form.table)] if form.table else []
    if form.preview_more:
        found.append(form.preview_more(delivery))
    return [one for one in found if one.rows]


def previewed_rows(delivery: Reception, table: TableForm) -> PreviewTable:
    """Rows of a delivery that was only looked at, without what identifies a person."""
    assert isinstance(delivery.store, MemoryStore)  # noqa: S101 -- a preview has no other
    rows = delivery.store.rows(table.record_type_name)[:_SHOWN]
    shown = [
        [row[len(PLACE) - 1]] + [_cell(text, i, table) for i, text in enumerate(row[len(PLACE) :])]
        for row in rows
    ]
    return PreviewTable(["rij", *(column.header for column in table.columns)], shown)


def _cell(text: str, place: int, table: TableForm) -> str:
    kind = table.columns[place].kind
    if kind.personal and text:
        return HIDDEN
    if kind.pg_type.startswith("numeric"):
        return text.replace(".", ",")
    if kind.pg_type == "date" and text:
        return date_short(date.fromisoformat(text))
    words = {"t": "ja", "f": "nee"} if kind.pg_type == "boolean" else kind.words
    return words.get(text, text)
