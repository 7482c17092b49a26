"""The calendar as a reader sees it, and as tasks for who must act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from core import clock
from core.calendar.api import Entry, Level
from core.tasks.api import Due
from core.ui import Place
from regions.enums import Role
from regions.models import Municipality, Region

from ..enums import EditionKind, EditionState
from ..models import Edition, Milestone, ReaderQuestion, ReportingCycle
from .visible import cycles_visible_to

ANSWER_WITHIN_DAYS = 14


@dataclass(frozen=True)
class Moment:
    """A milestone in words: `tone` as of a status, `slipped` in days."""

    milestone: Milestone
    place: str
    status: str
    tone: str
    slipped: int


def moments_of(cycle: ReportingCycle) -> list[Moment]:
    rows = list(cycle.milestones.select_related("owner"))
    names = dict(
        Municipality.objects.filter(
            gm_code__in={row.municipality for row in rows if row.municipality}
        ).values_list("gm_code", "name")
    )
    return [
        Moment(
            milestone=row,
            place=names.get(row.municipality, row.municipality),
            status=_status(row),
            tone=_tone(row),
            slipped=row.days_late,
        )
        for row in rows
    ]


def _status(row: Milestone) -> str:
    if row.done_on:
        return "gedaan"
    return "te laat" if row.due < clock.today() else "gepland"


def _tone(row: Milestone) -> str:
    return {"gedaan": "good", "te laat": "bad"}.get(_status(row), "neutral")


def editions_of(cycle: ReportingCycle) -> list[tuple[str, int]]:
    """How many editions of the half-year stand in each state."""
    states = list(
        Edition.objects.filter(
            region=cycle.region_id, half_year=cycle.half_year, kind__in=EditionKind.FOR_COUNCILS
        ).values_list("state", flat=True)
    )
    return [(s.label, states.count(s.value)) for s in EditionState if s.value in states]


def calendar_deadlines(tenant_id: int, until: date) -> Iterable[Due]:
    """Each moment that is still to come, as somebody's task."""
    rows = Milestone.objects.filter(
        cycle__region=tenant_id, done_on__isnull=True, due__lte=until
    ).select_related("cycle__region")
    parties = dict(Municipality.objects.values_list("gm_code", "organisation_id"))
    for row in rows:
        yield Due(
            key=f"moment-{row.pk}",
            day=row.due,
            title=f"{row.get_kind_display().capitalize()}, {row.cycle.period.title}",
            url=reverse("cycles", args=[row.cycle.region.slug]),
            owner_id=row.owner_id,
            team=row.team,
            party_id=parties.get(row.municipality),
            remind_days=(14, 3),
        )


def question_deadlines(tenant_id: int, until: date) -> Iterable[Due]:
    """A council's question asks for an answer within two weeks."""
    slug = Region.objects.values_list("slug", flat=True).get(pk=tenant_id)
    rows = ReaderQuestion.objects.filter(
        edition__region=tenant_id, answered_at__isnull=True
    ).select_related("edition")
    for row in rows:
        yield Due(
            key=f"vraag-{row.pk}",
            day=clock.day_of(row.at) + timedelta(days=ANSWER_WITHIN_DAYS),
            title=f"Vraag van een raadslid over {row.edition.title}",
            url=reverse("questions", args=[slug]),
            team=Role.POLICY_OFFICER,
            remind_days=(7, 2),
        )


def milestones_on(place: Place, start: date, last: date) -> Iterable[Entry]:
    """The moments of accountability as days on the calendar."""
    cycles = cycles_visible_to(place.user).filter(region=place.tenant_id)
    for cycle in cycles:
        for moment in moments_of(cycle):
            row = moment.milestone
            day = row.done_on or row.due
            if start <= day <= last:
                kind = str(row.get_kind_display()).capitalize()
                title = f"{kind}, {cycle.period.title}"
                level = Level.LOCAL if row.municipality else Level.REGIONAL
                yield Entry(
                    str(row.pk), day, title, level, url=place.url("cycles"), about=moment.place,
                    first_day=row.planned, done=row.done_on is not None,
                )  # fmt: skip
