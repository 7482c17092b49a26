"""Obligations kept or not, and sanctions."""

from datetime import date
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks

from ..models import Obligation, Sanction
from ..rules.contracts import check_can_manage_contracts, roles_about
from ..states import OBLIGATION, SANCTION


@transaction.atomic
def judge_obligation(
    *,
    obligation: Obligation,
    name: str,
    by: Any,
    proof: str = "",
    judged_on: date | None = None,
    reason: str = "",
) -> Step:
    """Say whether an obligation was kept. Effects: its state, the proof and the day.

    What was met, or partly, names its proof.
    """
    if name in ("meet", "meet_partly") and not (proof or obligation.proof).strip():
        raise DomainError(
            "Schrijf op waaruit blijkt dat dit is nagekomen.", code="bewijs-ontbreekt"
        )
    day = None if name == "reopen" else judged_on or clock.today()
    Obligation.objects.filter(pk=obligation.pk).update(
        proof=proof or obligation.proof, judged_on=day
    )
    roles = roles_about(by, obligation.contract)
    tenant_id = obligation.contract.region_id
    sync_tasks(tenant_id)
    return take(
        obligation, OBLIGATION, name, by=by, roles=roles, tenant_id=tenant_id, reason=reason
    )


@transaction.atomic
def keep_sanction(*, sanction: Sanction, by: Any) -> Sanction:
    """Add or change a sanction that is still an intention."""
    check_can_manage_contracts(by, sanction.contract.region)
    if sanction.state != "intended":
        raise DomainError(
            f"De sanctie is {sanction.get_state_display()} en ligt vast. Hef haar op en leg zo "
            "nodig een nieuwe op.",
            code="sanctie-ligt-vast",
        )
    sanction.full_clean()
    sanction.save()
    return sanction


@transaction.atomic
def move_sanction(*, sanction: Sanction, name: str, by: Any, reason: str) -> Step:
    roles = roles_about(by, sanction.contract)
    tenant_id = sanction.contract.region_id
    return take(sanction, SANCTION, name, by=by, roles=roles, tenant_id=tenant_id, reason=reason)
