"""What happened to a contract and what lies ahead, in one line of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from core import clock
from core.formats import date_long
from core.states.api import steps_of

from ..domain.extending import plan_of
from ..domain.terms import KeyDate, KeyKind, key_dates
from ..enums.contracts import ContractStatus, ObligationState, RevisionState
from ..models import Contract
from ..states import CONTRACT

WORDS = {
    KeyKind.NOTICE: "Uiterste dag om op te zeggen",
    KeyKind.EXTENSION: "Uiterste dag om een verlenging aan te kondigen",
    KeyKind.END: "Laatste dag van het contract",
}


@dataclass(frozen=True)
class Event:
    """Something on a day; `ahead` when that day is still to come."""

    day: date
    text: str
    note: str = ""
    ahead: bool = False


def dates_of(contract: Contract, today: date) -> list[KeyDate]:
    """The days by which something must be decided; none when the contract does not run."""
    plan = plan_of(contract)
    if plan is None or contract.status not in ContractStatus.LIVE:
        return []
    found = key_dates(plan, today)
    if contract.status == ContractStatus.NOTICE:
        return [key for key in found if key.kind == KeyKind.END]
    return found


def due_of(contract: Contract, today: date, *, inside: bool) -> list[Event]:
    """What must still happen, the first to come on top; what is late too.

    By when the region itself decides is told `inside` only.
    """
    found = [
        Event(key.day, WORDS[key.kind], _decide(key) if inside else "", key.day >= today)
        for key in dates_of(contract, today)
    ]
    found += _open_obligations(contract, today)
    for revision in contract.revisions.filter(state=RevisionState.OFFERED):
        if revision.answer_before:
            note = "antwoord van de aanbieder"
            ahead = revision.answer_before >= today
            found.append(Event(revision.answer_before, capfirst(str(revision)), note, ahead))
    for agreement in contract.transformation_agreements.filter(
        valid_to__isnull=True, target_on__gte=today
    ):
        found.append(Event(agreement.target_on, agreement.title, "transformatieafspraak", True))
    return sorted(found, key=lambda event: event.day)


def _decide(key: KeyDate) -> str:
    return "" if key.decide_by == key.day else f"zelf besluiten voor {date_long(key.decide_by)}"


def _open_obligations(contract: Contract, today: date) -> Iterable[Event]:
    rows = contract.obligations.filter(
        state=ObligationState.SCHEDULED, due__isnull=False, valid_to__isnull=True
    )
    for row in rows:
        if row.due:
            yield Event(row.due, row.title, "verplichting", row.due >= today)


def timeline_of(contract: Contract, *, inside: bool) -> list[Event]:
    """Everything with a day, oldest first."""
    today = clock.today()
    found = [
        Event(contract.start_date, "Begin van het contract", ahead=contract.start_date > today)
    ]
    for phase in contract.phases.filter(valid_to__isnull=True):
        if phase.start_date > contract.start_date:
            found.append(
                Event(phase.start_date, f"Begin van {phase}", ahead=phase.start_date > today)
            )
    for version in contract.versions.exclude(number=0):
        text = f"{capfirst(version.get_kind_display())}: {version.summary}"
        day = version.effective_from
        found.append(Event(day, text, f"versie {version.number}", day > today))
    for step in steps_of(contract, CONTRACT):
        day = step.at.astimezone(clock.AMSTERDAM).date()
        who = step.by.name if step.by else "het systeem"
        found.append(Event(day, f"Stand: {CONTRACT.label(step.target)}", f"door {who}"))
    found += [
        Event(key.day, WORDS[key.kind], _decide(key) if inside else "", True)
        for key in dates_of(contract, today)
        if key.day >= today
    ]
    return sorted(found, key=lambda event: event.day)
