"""Meetings of a development table: planned from what is open, and what came out of them."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.formats import date_long
from core.states.api import steps_of
from core.tasks.api import sync_tasks

from ..enums.choices import ISSUE, IssueState
from ..enums.policy import MeetingKind
from ..models import DevelopmentTable, Meeting, MeetingTheme, TableIssue
from ..rules.policy import check_can_keep

PROMISES = "Voortgang van de toezeggingen"
# A move made within this time after a meeting is written down as a result of it.
WRITTEN_WITHIN = timedelta(days=28)


@transaction.atomic
def plan_meeting(
    *, table: DevelopmentTable, held_on: date, location: str = "", purpose: str = "", by: Any
) -> Meeting:
    """The next meeting: every member is asked, and each open issue is on the agenda.

    Raises DomainError for a day that is past or taken, and NotAllowed.
    """
    meeting = Meeting(
        region=table.region, table=table, kind=MeetingKind.TABLE, held_on=held_on,
        title=f"{table.name}: bijeenkomst {table.meetings.count() + 1}"[:200],
        location=location, purpose=purpose, plan=table.plan,
    )  # fmt: skip
    check_can_keep(by, meeting)
    _check_day(table, held_on)
    meeting.full_clean()
    meeting.save()
    meeting.partners.set(table.members.values_list("partner", flat=True))
    MeetingTheme.objects.bulk_create(_agenda(meeting, table))
    sync_tasks(table.region_id)
    return meeting


def _check_day(table: DevelopmentTable, held_on: date) -> None:
    if held_on < clock.today():
        raise DomainError(
            "Die dag is al geweest. Kies vandaag of een latere dag; een bijeenkomst die al is "
            "gehouden, voegt u toe bij Bijeenkomsten.",
            code="dag-voorbij",
        )
    if table.meetings.filter(held_on=held_on).exists():
        raise DomainError(
            f"De tafel komt op {date_long(held_on)} al bijeen. Kies een andere dag.",
            code="dag-bezet",
        )


def _agenda(meeting: Meeting, table: DevelopmentTable) -> list[MeetingTheme]:
    issues = table.issues.filter(state__in=IssueState.UNSETTLED)
    items = [
        MeetingTheme(meeting=meeting, title=issue.title, issue=issue, order=order,
                     questions=_question(issue))
        for order, issue in enumerate(issues, 1)
    ]  # fmt: skip
    if table.commitments.filter(done_on=None).exists():
        items.append(MeetingTheme(meeting=meeting, title=PROMISES, order=len(items) + 1))
    return items


def _question(issue: TableIssue) -> str:
    return {
        IssueState.OPEN: "Worden wij het eens?",
        IssueState.MEDIATION: "Wat levert de bemiddeling van de voorzitter op?",
        IssueState.REFERRED: "De opdrachtgever doet uitspraak; wat betekent dat?",
    }.get(IssueState(issue.state), "")


def note_at_meeting(issue: TableIssue) -> None:
    """Write the issue's newest move down at the meeting where it was on the agenda last."""
    today = clock.today()
    item = (
        issue.items.filter(
            meeting__held_on__lte=today, meeting__held_on__gte=today - WRITTEN_WITHIN
        )
        .order_by("-meeting__held_on", "-pk")
        .first()
    )
    step = steps_of(issue, ISSUE).last()
    if item is not None and step is not None:
        item.steps.add(step)
