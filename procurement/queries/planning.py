"""The planning of procedures as a drawing with its warnings, and as days on the calendar."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from core import clock
from core.calendar.api import Entry, Level
from core.charts import Span, Timeline
from core.ui import Place

from ..domain.planning import Planned, Warning, warnings
from ..enums.choices import PlanningLevel, ProcedureState
from ..enums.contracts import ContractStatus
from ..enums.policy import MeetingKind, PlanKind
from ..models import PlanStep, Procedure
from . import choices, contracts, plans, tables

LEVELS = {
    PlanningLevel.LOCAL: Level.LOCAL,
    PlanningLevel.REGIONAL: Level.REGIONAL,
    PlanningLevel.NATIONAL: Level.NATIONAL,
}


def planned(step: PlanStep) -> Planned:
    """A step as plain values; `after` must be prefetched."""
    waits = tuple(other.pk for other in step.after.all())
    return Planned(step.pk, step.name, step.start_on, step.end_on, step.done_on, step.notice, waits)


def warnings_of(procedure: Procedure, steps: Iterable[PlanStep]) -> list[Warning]:
    """What is wrong with a planning that still asks for something."""
    if procedure.state not in ProcedureState.OPEN:
        return []
    return warnings(
        [planned(step) for step in steps],
        kind=procedure.kind,
        value=procedure.value,
        contracts_from=procedure.contracts_from,
        today=clock.today(),
    )


def timeline_of(title: str, steps: Sequence[PlanStep]) -> Timeline | None:
    """The steps that have a day, drawn; None when there are none."""
    dated = [step for step in steps if step.done_on or step.end_on]
    places = {step.pk: i for i, step in enumerate(dated)}
    spans = tuple(_span(step, places) for step in dated)
    return Timeline(title=title, spans=spans, today=clock.today()) if spans else None


def _span(step: PlanStep, places: dict[int, int]) -> Span:
    end = step.end_on or step.done_on
    assert end is not None  # noqa: S101 -- the caller keeps what has a day
    return Span(
        label=step.name,
        end=end,
        start=step.start_on,
        first_end=step.first_end,
        done_on=step.done_on,
        group=step.track,
        after=tuple(places[other.pk] for other in step.after.all() if other.pk in places),
    )


def steps_on(place: Place, start: date, last: date) -> Iterable[Entry]:
    rows = choices.steps_visible_to(place.user).filter(procedure__region=place.tenant_id)
    for step in rows.select_related("procedure").order_by("pk"):
        day = step.done_on or step.end_on
        if day is None or not start <= day <= last:
            continue
        url = place.url("procedure", pk=step.procedure_id)
        yield Entry(
            str(step.pk), day, step.name, url=url, about=step.procedure.name,
            first_day=step.first_end, done=step.done_on is not None,
        )  # fmt: skip


def plans_on(place: Place, start: date, last: date) -> Iterable[Entry]:
    """The first and last day of the period of each plan that the user sees."""
    for plan in plans.plans_of(place.tenant, place.user).order_by("pk"):
        level = Level.LOCAL if plan.kind == PlanKind.LOCAL else Level.REGIONAL
        url, about = place.url("plan", pk=plan.pk), str(plan.get_kind_display())
        if plan.valid_from and start <= plan.valid_from <= last:
            told = f"{plan.title} gaat in"
            yield Entry(f"{plan.pk}-van", plan.valid_from, told, level, url=url, about=about)
        if plan.valid_to and start <= plan.valid_to - timedelta(days=1) <= last:
            told, day = f"{plan.title} loopt af", plan.valid_to - timedelta(days=1)
            yield Entry(f"{plan.pk}-tot", day, told, level, url=url, about=about)


def consultations_on(place: Place, start: date, last: date) -> Iterable[Entry]:
    rows = plans.consultations_visible_to(place.user).filter(plan__region=place.tenant_id)
    for one in rows.filter(opened_on__isnull=False, opened_on__lte=last).order_by("pk"):
        url = place.url("consultation", pk=one.pk)
        about = f"Consultatie over {one.plan.title}"
        day = one.opened_on or start
        yield Entry(str(one.pk), day, one.title, last=one.closed_on, url=url, about=about)


def meetings_on(place: Place, start: date, last: date) -> Iterable[Entry]:
    rows = plans.meetings_visible_to(place.user).filter(region=place.tenant_id)
    for meeting in rows.filter(held_on__gte=start, held_on__lte=last).order_by("pk"):
        url, kind = place.url("meeting", pk=meeting.pk), MeetingKind(meeting.kind).label
        about = ", ".join(filter(None, (str(kind), meeting.location)))
        yield Entry(str(meeting.pk), meeting.held_on, meeting.title, url=url, about=about)


def decisions_on(place: Place, start: date, last: date) -> Iterable[Entry]:
    """What a council or executive decides, on the day that it is planned or was taken."""
    rows = plans.decisions_visible_to(place.user).filter(plan__region=place.tenant_id)
    for row in rows.order_by("pk"):
        day = row.decided_on or row.asked_for
        if day is None or not start <= day <= last:
            continue
        level = Level.LOCAL if row.municipality_id else Level.REGIONAL
        url, done = place.url("plan", pk=row.plan_id), row.decided_on is not None
        yield Entry(
            str(row.pk), day, f"{row.body}: {row.plan.title}", level, url=url,
            about=row.get_state_display() if done else row.question, first_day=row.asked_for,
            done=done,
        )  # fmt: skip


def commitments_on(place: Place, start: date, last: date) -> Iterable[Entry]:
    rows = tables.commitments_visible_to(place.user).filter(table__region=place.tenant_id)
    for row in rows.filter(due_on__gte=start, due_on__lte=last).order_by("pk"):
        url, done = place.url("table", pk=row.table_id), row.done_on is not None
        yield Entry(str(row.pk), row.due_on, row.text, url=url, about=str(row.owner), done=done)


def events_on(place: Place, start: date, last: date) -> Iterable[Entry]:
    rows = choices.events_visible_to(place.user).filter(region=place.tenant_id, start_on__lte=last)
    for event in rows.select_related("municipality", "framework").order_by("pk"):
        about = event.note or str(event.framework or event.municipality or "")
        url = place.url("framework", pk=event.framework_id) if event.framework_id else ""
        level = LEVELS[PlanningLevel(event.level)]
        yield Entry(
            str(event.pk), event.start_on, event.title, level, last=event.end_on, url=url,
            about=about,
        )  # fmt: skip


def contracts_on(place: Place, start: date, last: date) -> Iterable[Entry]:
    """How many contracts that the user sees end on a day: one line a day."""
    rows = contracts.visible_to(place.user).filter(
        region=place.tenant_id, status__in=ContractStatus.LIVE, end_date__gt=start
    )
    ends: dict[date, list[Any]] = {}
    for contract in rows.filter(end_date__lte=last + timedelta(days=1)).order_by("end_date", "pk"):
        if contract.end_date:
            ends.setdefault(contract.end_date - timedelta(days=1), []).append(contract)
    for day, found in ends.items():
        one = found[0]
        title = f"Contract {one.number} met {one.provider} loopt af"
        url = place.url("contract", pk=one.pk)
        if len(found) > 1:
            title, url = f"{len(found)} contracten lopen af", place.url("contracts")
        yield Entry(f"eind-{day:%Y%m%d}", day, title, url=url)
