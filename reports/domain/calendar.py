"""The calendar of a half-year's accountability: days from its end, and what moves them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.periods import HalfYear
from core.tasks.api import sync_tasks
from regions.enums import Role
from regions.models import Region
from regions.queries.membership import municipalities_of

from ..enums import MilestoneKind
from ..models import Milestone, ReportingCycle
from ..rules import check_can_plan


@dataclass(frozen=True)
class Usual:
    """A moment, so many days after the end of the half-year, and whose turn it is."""

    kind: str
    days: int
    team: str
    each_municipality: bool = False


# A half-year settles for six weeks; councils have it within four and a half months.
USUAL = (
    Usual(MilestoneKind.DELIVERY, 31, Role.CONTRACT_MANAGER),
    Usual(MilestoneKind.CUTOFF, 45, Role.CONTROLLER),
    Usual(MilestoneKind.SESSIONS, 66, Role.CONTRACT_MANAGER),
    Usual(MilestoneKind.DRAFT, 80, Role.POLICY_OFFICER),
    Usual(MilestoneKind.REVIEW, 94, Role.POLICY_OFFICER),
    Usual(MilestoneKind.ADOPTION, 115, Role.EXECUTIVE),
    Usual(MilestoneKind.PUBLICATION, 118, Role.POLICY_OFFICER),
    Usual(MilestoneKind.COUNCIL, 137, Role.COUNCIL_CLERK, each_municipality=True),
)


@transaction.atomic
def plan_cycle(*, region: Region, half_year: HalfYear, by: Any) -> ReportingCycle:
    """Begin the calendar of a half-year with the usual days, on working days, to be adjusted."""
    check_can_plan(by, region)
    if ReportingCycle.objects.filter(region=region, half_year=half_year.label).exists():
        raise DomainError(f"Het {half_year.title} heeft al een planning.", code="planning-bestaat")
    cycle = ReportingCycle.objects.create(region=region, half_year=half_year.label)
    members = list(municipalities_of(region, half_year.last_day).values_list("gm_code", flat=True))
    for usual in USUAL:
        for municipality in members if usual.each_municipality else [""]:
            day = working_day(half_year.last_day + timedelta(days=usual.days))
            Milestone.objects.create(
                cycle=cycle,
                kind=usual.kind,
                municipality=municipality,
                planned=day,
                due=day,
                team=usual.team,
            )
    sync_tasks(region.pk)
    return cycle


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


@transaction.atomic
def keep_milestone(*, milestone: Milestone, by: Any) -> Milestone:
    """Move a moment, give it an owner, or write that it is done. `planned` never moves."""
    check_can_plan(by, milestone.cycle.region)
    if milestone.done_on and milestone.done_on > clock.today():
        raise DomainError("'Gedaan op' ligt in de toekomst.", code="gedaan-toekomst")
    if milestone.pk is None:
        milestone.planned = milestone.due
    else:
        milestone.planned = Milestone.objects.values_list("planned", flat=True).get(pk=milestone.pk)
    milestone.full_clean()
    milestone.save()
    sync_tasks(milestone.cycle.region_id)
    return milestone


def remove_milestone(*, milestone: Milestone, by: Any) -> None:
    check_can_plan(by, milestone.cycle.region)
    milestone.delete()


def done_by_itself(*, region_id: int, half_year: str, kind: str) -> None:
    """Write a moment as done today because what it waited for happened."""
    Milestone.objects.filter(
        cycle__region=region_id, cycle__half_year=half_year, kind=kind, done_on__isnull=True
    ).update(done_on=clock.today())
