"""The steps of a case: what must be true before one, and what it brings about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.states import Move
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from procurement.domain.voting import propose_ending
from procurement.enums.voting import BallotState
from procurement.queries.contracts import still_in_force

from ...enums.cases import CASE, OUTCOMES, ActionState, CaseState
from ...models import Case, ImprovementAction, ImprovementPlan, PlanItem
from ...queries.cases import clients_of
from ...rules.cases import roles_for
from .papers import keep_bound_plan
from .plans import bind, complete_draft, next_draft, submitted_plan


@transaction.atomic
def move_case(*, case: Case, move: str, by: Any, reason: str = "") -> Step:
    """Make one step of a case; the only way in which its state changes.

    Effects: the state, the day of the step, a Step in the history; further what EFFECTS names:
    the plan's dates, a copy of a returned plan, actions of a bound plan, the round, the outcome.
    Refuses closing while an action is not settled or a measure still runs.
    """
    case = _locked(case)
    roles = roles_for(by, case)
    CASE.check(case.state, move, roles, reason)
    for guard in _guards(case, move):
        guard(case)
    EFFECTS.get(move, _nothing)(case, by, reason.strip())
    case.moved_on = clock.today()
    if move in OUTCOMES:
        case.closed_on, case.outcome = clock.today(), OUTCOMES[move]
    case.save()
    step = take(case, CASE, move, by=by, roles=roles, tenant_id=case.region_id, reason=reason)
    sync_tasks(case.region_id)
    return step


@dataclass(frozen=True)
class Way:
    """A move that the table allows now; `hindrance`: what must happen first, empty: nothing."""

    move: Move
    hindrance: str


def ways_of(case: Case, by: Any) -> Sequence[Way]:
    """What this user's roles may do with the case as it stands, in the order of the table."""
    moves = CASE.moves_from(case.state, roles_for(by, case))
    return [Way(move, _hindrance(case, move.name)) for move in moves]


def _hindrance(case: Case, move: str) -> str:
    for guard in _guards(case, move):
        try:
            guard(case)
        except DomainError as refusal:
            return refusal.message
    return ""


def _locked(case: Case) -> Case:
    """The row as it is now; kept in the caller's object, so that pages see what happened."""
    Case.objects.select_for_update().get(pk=case.pk)
    case.refresh_from_db()
    return case


def _guards(case: Case, move: str) -> list[Callable[[Case], None]]:
    guards = list(GUARDS.get(move, ()))
    if case.state == CaseState.ASSESSING and move != "resume":
        guards.append(check_every_result_is_judged)
    if move in OUTCOMES:
        guards.append(check_every_action_is_settled)
        guards.append(check_no_measure_runs)
    return guards


def check_every_action_is_settled(case: Case) -> None:
    """OpenMes #116: a case closes only when every action is verified or waived."""
    open_actions = [a for a in case.actions.all() if not a.is_settled]
    if open_actions:
        named = "; ".join(str(action) for action in open_actions[:3])
        raise DomainError(
            f"De zaak kan nog niet dicht: {len(open_actions)} van de acties is niet vastgesteld of "
            f"vervallen ({named}). Stel ze vast, of laat ze met een reden vervallen.",
            code="acties-niet-afgerond",
        )


def check_no_measure_runs(case: Case) -> None:
    running = [m for m in case.measures.all() if m.ends_on is None or m.is_running]
    if running:
        raise DomainError(
            f"De zaak kan nog niet dicht: de maatregel '{running[0]}' loopt nog. Beëindig die "
            "eerst, met een reden.",
            code="maatregel-loopt-nog",
        )


def check_every_result_is_judged(case: Case) -> None:
    agreed = ImprovementAction.objects.filter(case=case, round=case.round, judgement="")
    unjudged = agreed.exclude(state=ActionState.WAIVED).count()
    if unjudged:
        raise DomainError(
            f"Beoordeel eerst elk afgesproken resultaat: nog {unjudged} te gaan.",
            code="resultaat-niet-beoordeeld",
        )


def check_talked(case: Case) -> None:
    if not case.conversations.filter(round=case.round).exists():
        raise DomainError(
            "Leg eerst het gesprek vast: datum, deelnemers en wat is afgesproken.",
            code="gesprek-ontbreekt",
        )


def check_agreed(case: Case) -> None:
    if not case.actions.filter(round=case.round).exists():
        raise DomainError(
            "Leg eerst minstens één afspraak met planning vast.", code="afspraak-ontbreekt"
        )


def check_plan_is_complete(case: Case) -> None:
    complete_draft(case)


def check_is_large(case: Case) -> None:
    clients, least = clients_of(case.provider), case.process.large_clients
    if clients is None or clients < least:
        shown = "onbekend" if clients is None else str(clients)
        is_proposed = case.state == CaseState.DISSOLUTION_PROPOSED
        instead = "" if is_proposed else " Stel het einde van het contract voor."
        raise DomainError(
            f"Uitfaseren is voor een grote aanbieder: vanaf {least} jeugdigen. Het aantal van "
            f"{case.provider} is {shown}.{instead}",
            code="aanbieder-niet-groot",
        )


def check_nobody_left(case: Case) -> None:
    plan = getattr(case, "phase_out", None)
    last = plan.steps.filter(counted__isnull=False).order_by("-day").first() if plan else None
    if last is None or last.counted != 0:
        raise DomainError(
            "Leg eerst vast dat er geen jeugdigen meer bij de aanbieder zijn: een telling van nul.",
            code="nog-jeugdigen-bij-aanbieder",
        )


def _nothing(case: Case, by: Any, reason: str) -> None:
    """Most steps bring about nothing besides."""


def _share(case: Case, by: Any, reason: str) -> None:
    case.shared = True


def _put_to_the_vote(case: Case, by: Any, reason: str) -> None:
    """Where the colleges vote on it, the proposal becomes a draft vote on the contracts."""
    _share(case, by, reason)
    propose_ending(
        provider=case.provider, motivation=reason, by=by, fictitious=case.fictitious,
        origin=f"zaak {case.number}: {case.title}"[:200],
        origin_path=reverse("case", args=[case.region.slug, case.pk]),
    )  # fmt: skip


def check_vote_is_concluded(case: Case) -> None:
    if case.provider.ballots.filter(state__in=BallotState.UNDER_WAY).exists():
        raise DomainError(
            "De colleges hebben nog niet beslist over het einde van het contract. Rond eerst de "
            "stemming af.",
            code="stemming-loopt",
        )


def check_contract_ends(case: Case) -> None:
    """Closed as 'contract ended' only where one was: by the vote, or by notice or dissolution."""
    votes = case.provider.ballots.filter(
        state=BallotState.CARRIED_OUT, decided_on__gte=case.opened_on
    )
    running = still_in_force(case.provider, case.segment).first()
    if running is not None and not votes.exists():
        raise DomainError(
            f"Contract {running.number} met {case.provider} loopt nog en is niet opgezegd of "
            "ontbonden. Doe dat eerst, of zet een andere stap in deze zaak.",
            code="contract-loopt-nog",
        )


def _ask_plan(case: Case, by: Any, reason: str) -> None:
    next_draft(case)


def _submit(case: Case, by: Any, reason: str) -> None:
    plan = complete_draft(case)
    plan.submitted_on, plan.submitted_by = clock.today(), by
    plan.save()


def _return(case: Case, by: Any, reason: str) -> None:
    plan = submitted_plan(case)
    plan.returned_on, plan.return_reason = clock.today(), reason
    plan.save()
    draft = next_draft(case, like=plan)
    PlanItem.objects.bulk_create(_copy(item, draft) for item in plan.items.all())


def _copy(item: PlanItem, plan: ImprovementPlan) -> PlanItem:
    item.pk = None
    item._state.adding = True
    item.plan = plan
    return item


def _bind(case: Case, by: Any, reason: str) -> None:
    plan = submitted_plan(case)
    bind(plan, by=by)
    keep_bound_plan(plan, by=by)


def _new_round(case: Case, by: Any, reason: str) -> None:
    case.round += 1
    case.shared = True


EFFECTS: dict[str, Callable[[Case, Any, str], None]] = {
    "start_dialogue": _share,
    "ask_plan": _ask_plan,
    "submit_plan": _submit,
    "return_plan": _return,
    "bind_plan": _bind,
    "new_round": _new_round,
    "propose_dissolution": _put_to_the_vote,
    "phase_out": _share,
}
GUARDS: dict[str, tuple[Callable[[Case], None], ...]] = {
    "ask_plan": (check_talked,),
    "without_plan": (check_talked, check_agreed),
    "submit_plan": (check_plan_is_complete,),
    "phase_out": (check_is_large,),
    "phased_out": (check_nobody_left,),
    "contract_ended": (check_vote_is_concluded, check_contract_ends),
}
