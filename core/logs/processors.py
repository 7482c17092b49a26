"""What every log record passes through on its way out.

Personal data may stand where nobody thinks of it: in an address's query, in the text of a database
error ("Failing row contains ..."), in what a visitor's browser says of itself. So an error is
logged by its type and its places in the code, never by its message.
"""

import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import Processor, WrappedLogger

Record = MutableMapping[str, Any]

ROOT = Path(__file__).resolve().parent.parent.parent
# Written by libraries, with a person's address, or with the message of an error.
PERSONAL_KEYS = ("ip", "user_agent")
ERROR_TEXT_KEYS = ("error", "reason", "exception")
EVENTS_WITH_ERROR_TEXT = {"task_failed", "task_retrying", "task_error"}
# A citizen number has nine digits; nothing else we log does.
NINE_DIGITS = re.compile(r"(?<![\w-])\d{9}(?![\w-])")
PLACES_KEPT = 12


def drop_personal_keys(logger: WrappedLogger, method: str, record: Record) -> Record:
    """Leave out what says who or where a visitor is, and error texts of libraries."""
    for key in PERSONAL_KEYS:
        record.pop(key, None)
    if record.get("event") in EVENTS_WITH_ERROR_TEXT:
        for key in ERROR_TEXT_KEYS:
            record.pop(key, None)
    return record


def exception_places(logger: WrappedLogger, method: str, record: Record) -> Record:
    """Turn `exc_info` into the error's type and its places, innermost last."""
    error = _error_of(record.pop("exc_info", None))
    if error is not None:
        record["exception"] = _name(type(error))
        record["places"] = _places(error.__traceback__)
        if error.__cause__ is not None:
            record["cause"] = _name(type(error.__cause__))
    return record


def mask_citizen_numbers(logger: WrappedLogger, method: str, record: Record) -> Record:
    """The last guard: nine digits on their own never leave, whoever wrote them."""
    for key, value in record.items():
        if isinstance(value, str):
            record[key] = NINE_DIGITS.sub("[9 cijfers]", value)
    return record


def _error_of(exc_info: Any) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1]
    return sys.exc_info()[1] if exc_info else None


def _name(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-PLACES_KEPT:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-3:])


PROCESSORS: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(allow={"status_code"}),
    drop_personal_keys,
    exception_places,
    mask_citizen_numbers,
]
