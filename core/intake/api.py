"""The front door of intake; anything else is private to this shelf.

A form (`IntakeForm`) is registered by an upper app when it is ready. A delivery comes in through
`receive` (streams) or `reception` + `start_run` (an upload handler that pushes blocks), is merged
by a job, and can be undone as a whole with `undo_run`.
"""

from .domain import (
    RUN_JOB,
    UNDO_JOB,
    ask_undo,
    can_undo,
    check_can_undo,
    discard,
    open_preview,
    preview,
    receive,
    start_run,
    undo_run,
)
from .enums import FileState, RunState
from .merging import run_intake
from .models import IntakeFile, IntakeRun, Rejection
from .plaincursor import PlainCursor, plain_cursor
from .pseudonyms import Pseudonyms
from .receiving import Reception, make_pseudonyms, reception
from .records import Column, RecordType, columns
from .registry import (
    RUN_PAGE,
    FileReader,
    IntakeForm,
    Merge,
    Outcome,
    Reading,
    form,
    forms_for,
    register_beside,
    register_form,
)
from .sink import Fault, Sink
from .uploads import streams_into

__all__ = [
    "RUN_JOB",
    "RUN_PAGE",
    "UNDO_JOB",
    "Column",
    "Fault",
    "FileReader",
    "FileState",
    "IntakeFile",
    "IntakeForm",
    "IntakeRun",
    "Merge",
    "Outcome",
    "PlainCursor",
    "Pseudonyms",
    "Reading",
    "Reception",
    "RecordType",
    "Rejection",
    "RunState",
    "Sink",
    "ask_undo",
    "can_undo",
    "check_can_undo",
    "columns",
    "discard",
    "form",
    "forms_for",
    "make_pseudonyms",
    "open_preview",
    "plain_cursor",
    "preview",
    "receive",
    "reception",
    "register_beside",
    "register_form",
    "run_intake",
    "start_run",
    "streams_into",
    "undo_run",
]
