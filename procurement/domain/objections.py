"""Objections against a decision on an admission, with their terms."""

from datetime import date
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from regions.queries.access import access_of

from ..enums.admission import OBJECTION, AdmissionState, LetterKind, ObjectionState
from ..models import AdmissionLetter, AdmissionObjection
from ..rules.contracts import check_can_manage_contracts
from .admission import move_admission
from .admission_letters import send_letter
from .admission_terms import decision_until, objection_until


@transaction.atomic
def object_to(
    *, letter: AdmissionLetter, received_on: date, grounds: str, by: Any
) -> AdmissionObjection:
    """Register an objection against a decision. Effect: the term to decide becomes a task."""
    check_can_manage_contracts(by, letter.admission.region)
    if letter.kind not in (LetterKind.DECISION, LetterKind.LAPSED):
        raise DomainError(
            "Bezwaar kan alleen tegen een besluit of bericht van verval.", code="geen-besluit"
        )
    row = AdmissionObjection(
        admission=letter.admission, letter=letter, received_on=received_on, grounds=grounds,
        decide_by=decision_until(letter.sent_on),
    )  # fmt: skip
    row.full_clean()
    row.save()
    sync_tasks(letter.admission.region_id)
    return row


def is_late(objection: AdmissionObjection) -> bool:
    return objection.received_on > objection_until(objection.letter.sent_on)


@transaction.atomic
def move_objection(*, objection: AdmissionObjection, move: str, by: Any, reason: str = "") -> Step:
    """Decide on an objection.

    Effects: the day, a letter kept as sent, and for one that is upheld against a refusal a new
    round of judgement.
    """
    admission = objection.admission
    roles = access_of(by).roles_in(admission.region_id)
    step = take(
        objection, OBJECTION, move, by=by, roles=roles, tenant_id=admission.region_id,
        reason=reason,
    )  # fmt: skip
    objection.decided_on = clock.today()
    objection.save(update_fields=["decided_on"])
    if move != "withdraw":
        send_letter(admission=admission, kind=LetterKind.OBJECTION, by=by, text=reason)
    again = AdmissionState.REFUSED, AdmissionState.CONDITIONAL
    if objection.state == ObjectionState.UPHELD and admission.state in again:
        move_admission(
            admission=admission, move="re-assess", by=by, reason=f"Bezwaar gegrond: {reason}"
        )
    sync_tasks(admission.region_id)
    return step
