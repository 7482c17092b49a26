"""Which verb makes which move: one list for pages, API and tests.

A verb gets the object, who moves, the reason, and what the form of the move asked (`given`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.states import StateTable
from core.states.models import Step

from ..models import Contract, ContractExtension, ContractRevision, Obligation, Sanction
from ..states import CONTRACT, EXTENSION, OBLIGATION, REVISION, SANCTION
from . import extending, judging, lifecycle, revising

Verb = Callable[..., Step]


@dataclass(frozen=True)
class Workflow:
    """A table of states with the verb of each move; `other` makes the moves without one."""

    table: StateTable
    model: type[Any]
    other: Verb
    verbs: dict[str, Verb] = field(default_factory=dict)
    status_field: str = "state"
    # From an object to its contract.
    contract_of: Callable[[Any], Contract] = lambda obj: obj.contract

    def state_of(self, obj: Any) -> str:
        return str(getattr(obj, self.status_field))


def make_move(
    workflow: Workflow, obj: Any, move: str, *, by: Any, reason: str = "", **given: Any
) -> Step:
    """Make a move by its verb. An unknown move is refused by the table, as an impossible one."""
    verb = workflow.verbs.get(move)
    if verb is None:
        return workflow.other(obj, move, by=by, reason=reason, **given)
    return verb(obj, by=by, reason=reason, **given)


def _give_notice(
    contract: Contract,
    *,
    by: Any,
    reason: str,
    given_on: date,
    last_day: date,
    agreed: bool = False,
    by_provider: bool = False,
) -> Step:
    notice = lifecycle.Notice(given_on, last_day, agreed, by_provider)
    return lifecycle.give_notice(contract=contract, notice=notice, by=by, reason=reason)


WORKFLOWS: dict[str, Workflow] = {
    "contract": Workflow(
        CONTRACT,
        Contract,
        lambda obj, move, **given: lifecycle.move(contract=obj, name=move, **given),
        {
            "offer": lambda obj, **given: lifecycle.offer(contract=obj, **given),
            "accept": lambda obj, **given: lifecycle.accept(contract=obj, **given),
            "give_notice": _give_notice,
            "withdraw_notice": lambda obj, **given: lifecycle.withdraw_notice(
                contract=obj, **given
            ),
            "dissolve": lambda obj, **given: lifecycle.dissolve(contract=obj, **given),
        },
        status_field="status",
        contract_of=lambda obj: obj,
    ),
    "herziening": Workflow(
        REVISION,
        ContractRevision,
        lambda obj, move, **given: revising.move(revision=obj, name=move, **given),
        {
            "offer": lambda obj, **given: revising.offer_revision(revision=obj, **given),
            "accept": lambda obj, **given: revising.accept_revision(revision=obj, **given),
            "refuse": lambda obj, **given: revising.refuse_revision(revision=obj, **given),
        },
    ),
    "verlenging": Workflow(
        EXTENSION,
        ContractExtension,
        lambda obj, move, **given: extending.move(extension=obj, name=move, **given),
        {"agree": lambda obj, **given: extending.agree_extension(extension=obj, **given)},
    ),
    "verplichting": Workflow(
        OBLIGATION,
        Obligation,
        lambda obj, move, **given: judging.judge_obligation(obligation=obj, name=move, **given),
    ),
    "sanctie": Workflow(
        SANCTION,
        Sanction,
        lambda obj, move, **given: judging.move_sanction(sanction=obj, name=move, **given),
    ),
}
