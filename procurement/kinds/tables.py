"""Kinds of rows of development tables, with pages made by core.ui.kinds."""

from typing import Any

from core.ui import Place

from ..models import Commitment, DevelopmentTable, TableIssue, TableMember, TablePosition
from ..queries import tables as seen
from .policy import LISTS, add, page

LISTS |= {"table": "tables"}


def _of_issue(place: Place, row: Any) -> str:
    return place.url("table", pk=row.issue.table_id)


def _of_its_meetings(form: Any) -> None:
    """Only meetings of the table at which the promise was made."""
    field = form.fields["meeting"]
    field.queryset = field.queryset.filter(table=form.instance.table_id)


IN_TABLE = {"parent": "table", "back": page("table", "table_id"), "above": "Ontwikkeltafel"}

add(
    "ontwikkeltafel",
    "ontwikkeltafel",
    DevelopmentTable,
    "name purpose rules segments plan source",
    visible=seen.tables_visible_to,
    back=page("table"),
    above="Ontwikkeltafels",
)
add(
    "tafellid",
    "lid van de tafel",
    TableMember,
    "partner role",
    visible=seen.members_visible_to,
    help={},
    **IN_TABLE,
)
add(
    "vraagstuk",
    "vraagstuk",
    TableIssue,
    "title text outcome order source",
    visible=seen.issues_visible_to,
    **IN_TABLE,
)
add(
    "standpunt",
    "standpunt",
    TablePosition,
    "partner stance text",
    visible=seen.positions_visible_to,
    parent="issue",
    back=_of_issue,
    above="Ontwikkeltafel",
    help={},
)
add(
    "toezegging",
    "toezegging",
    Commitment,
    "owner text due_on done_on meeting",
    visible=seen.commitments_visible_to,
    narrow=_of_its_meetings,
    help={"meeting": "De bijeenkomst waarop dit is toegezegd."},
    **IN_TABLE,
)
