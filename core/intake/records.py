"""What a form hands over: record types with typed columns, and the staged tables made of them.

Plain declarations without a database, so that a reader can be used and tested on its own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a staging table; `pg_type` is a PostgreSQL type such as 'date'."""

    name: str
    pg_type: str


@dataclass(frozen=True)
class RecordType:
    """A kind of row that a form delivers.

    `counted` says whether its rows are among the records offered: every counted row must end as
    accepted, changed, unchanged, waiting or rejected. Messages and answers are not counted.
    """

    name: str
    columns: tuple[Column, ...]
    counted: bool = True


@dataclass(frozen=True)
class PreviewTable:
    """The first rows of a delivery as they were understood, in words."""

    headers: list[str]
    rows: list[list[str]]
    caption: str = "De eerste rijen, zoals ze zijn begrepen"


# Every staged row begins with its place: file within the run, message within the file (1 when a
# file is one message, 0 when there are no messages), record within the message (for a table: the
# row of the sheet, the header being row 1).
PLACE = (
    Column("file_no", "integer"),
    Column("message_no", "integer"),
    Column("record_no", "integer"),
)


def columns(**types: str) -> tuple[Column, ...]:
    """Columns in the order given: `columns(client="bytea", valid_from="date")`."""
    return tuple(Column(name, pg_type) for name, pg_type in types.items())
