"""Everything that happened in a case, as one line of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from core.formats import date_short
from core.states.api import steps_of
from procurement.models import Ballot

from ..enums.cases import ACTION, CASE
from ..models import Case, PhaseOutPlan
from .cases import votes_on

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Event:
    """`inside` marks what the provider does not see; `who` is a name or empty."""

    day: date
    kind: str
    title: str
    text: str = ""
    who: str = ""
    inside: bool = False


def timeline(case: Case, *, inside: bool) -> list[Event]:
    """The newest first; without `inside` as the provider sees it."""
    events = [event for source in SOURCES for event in source(case)]
    shown = [event for event in events if inside or not event.inside]
    order = {name: place for place, name in enumerate(ORDER)}
    return sorted(shown, key=lambda e: (e.day, order.get(e.kind, 0)))[::-1]


ORDER = (
    "signaal", "stap", "gesprek", "plan", "actie", "waarneming", "maatregel", "stemming",
    "uitfasering", "brief",
)  # fmt: skip


def _name(user: Any) -> str:
    return str(user.name) if user is not None else ""


def _signals(case: Case) -> Iterator[Event]:
    for signal in case.signals.select_related("made_by", "municipality"):
        counted = f" ({signal.cases_counted} jeugdigen)" if signal.cases_counted else ""
        who = str(signal.municipality or "") or _name(signal.made_by)
        yield Event(
            signal.seen_on, "signaal", f"Signaal van {signal.get_source_display()}{counted}",
            signal.text, who, inside=True,
        )  # fmt: skip


def _steps(case: Case) -> Iterator[Event]:
    yield Event(case.opened_on, "stap", "Zaak begonnen", "", "", inside=not case.shared)
    labels = {move.name: move.label for move in CASE.moves}
    for step in steps_of(case, CASE):
        day = step.at.astimezone(AMSTERDAM).date()
        title = labels.get(step.move, step.move)
        yield Event(day, "stap", title, step.reason, _name(step.by))


def _conversations(case: Case) -> Iterator[Event]:
    for meeting in case.conversations.select_related("made_by"):
        agreed = [
            f"Afgesproken: {a.what} ({a.who}, {date_short(a.due)})" for a in meeting.actions.all()
        ]
        yield Event(
            meeting.held_on, "gesprek", "Gesprek met " + ", ".join(meeting.participants),
            "\n".join(filter(None, [meeting.report, *agreed])), _name(meeting.made_by),
        )  # fmt: skip


def _plans(case: Case) -> Iterator[Event]:
    for plan in case.plans.select_related("submitted_by", "bound_by"):
        if plan.submitted_on:
            by = _name(plan.submitted_by)
            yield Event(plan.submitted_on, "plan", f"{plan} ingediend", plan.aim, by)
        if plan.returned_on:
            yield Event(plan.returned_on, "plan", f"{plan} teruggegeven", plan.return_reason)
        if plan.bound_on:
            yield Event(plan.bound_on, "plan", f"{plan} bindend gemaakt", "", _name(plan.bound_by))


def _actions(case: Case) -> Iterator[Event]:
    labels = {move.name: move.label for move in ACTION.moves}
    for action in case.actions.prefetch_related("progress__made_by"):
        for entry in action.progress.all():
            day = entry.at.astimezone(AMSTERDAM).date()
            yield Event(day, "actie", f"Voortgang: {action}", entry.text, _name(entry.made_by))
        for step in steps_of(action, ACTION):
            if step.move != "report":
                day = step.at.astimezone(AMSTERDAM).date()
                title = f"{labels.get(step.move, step.move)}: {action}"
                yield Event(day, "actie", title, step.reason, _name(step.by))
        if action.judged_on:
            title = f"Resultaat {action.get_judgement_display()}: {action}"
            yield Event(action.judged_on, "actie", title, action.judgement_reason)


def _observations(case: Case) -> Iterator[Event]:
    for seen in case.observations.select_related("made_by", "municipality"):
        title = f"Toegang: {seen.better} van {seen.cases_counted} jeugdigen beter"
        who = str(seen.municipality or "") or _name(seen.made_by)
        yield Event(seen.seen_on, "waarneming", title, seen.text, who, inside=True)


def _measures(case: Case) -> Iterator[Event]:
    for measure in case.measures.select_related("made_by"):
        title = f"Maatregel: {measure}"
        yield Event(measure.starts_on, "maatregel", title, measure.reason, _name(measure.made_by))
        if measure.ends_on:
            yield Event(
                measure.ends_on, "maatregel", f"Einde maatregel: {measure}", measure.end_reason
            )


def _votes(case: Case) -> Iterator[Event]:
    for ballot in votes_on(case, Ballot.objects.all()):
        if ballot.opened_on:
            yield Event(ballot.opened_on, "stemming", "De colleges stemmen", inside=True)
        if ballot.decided_on:
            title = f"Stemming van de colleges {ballot.get_state_display()}"
            yield Event(ballot.decided_on, "stemming", title, inside=True)


def _phase_out(case: Case) -> Iterator[Event]:
    plan = PhaseOutPlan.objects.filter(case=case).first()
    if plan is None:
        return
    days = f"{date_short(plan.starts_on)} tot {date_short(plan.ends_on)}"
    yield Event(plan.starts_on, "uitfasering", f"Uitfaseringsplan: {days}", plan.plan)
    for step in plan.steps.filter(counted__isnull=False):
        title = f"Nog {step.counted} jeugdigen bij de aanbieder (gepland {step.planned})"
        yield Event(step.day, "uitfasering", title)


def _letters(case: Case) -> Iterator[Event]:
    for letter in case.letters.select_related("made_by"):
        yield Event(
            letter.sent_on, "brief", letter.subject, "", _name(letter.made_by),
            inside=not letter.to_provider,
        )  # fmt: skip


SOURCES = (
    _signals, _steps, _conversations, _plans, _actions, _observations, _measures, _votes,
    _phase_out, _letters,
)  # fmt: skip


def days_of(events: Iterable[Event]) -> list[tuple[date, list[Event]]]:
    """The events per day, in their order."""
    found: dict[date, list[Event]] = {}
    for event in events:
        found.setdefault(event.day, []).append(event)
    return list(found.items())
