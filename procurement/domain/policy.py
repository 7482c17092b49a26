"""Writing down what the region wants and decides, and moving it along."""

from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from core import clock
from core.errors import DomainError
from core.states import StateTable
from core.states.api import take as take_step
from core.states.models import Step
from core.tasks.api import sync_tasks

from ..enums.choices import FUNDING_CHOICE, ISSUE, PROCEDURE, PROCEDURE_CHOICE
from ..enums.policy import (
    CONSULTATION,
    DECISION,
    MOTION,
    PLAN,
    PROPOSAL,
    QUESTION,
    DecisionState,
)
from ..models import (
    Commitment,
    Consultation,
    CouncilProposal,
    CouncilQuestion,
    Decision,
    FundingChoice,
    Meeting,
    Motion,
    PlanStep,
    PolicyDocument,
    Procedure,
    ProcedureChoice,
    TableIssue,
)
from ..rules.policy import REGION_PATHS, check_can_keep, region_of, roles_for
from .papers import keep_as_sent
from .tables import note_at_meeting

TABLES: dict[type[Any], StateTable] = {
    PolicyDocument: PLAN,
    Decision: DECISION,
    CouncilProposal: PROPOSAL,
    Motion: MOTION,
    CouncilQuestion: QUESTION,
    Consultation: CONSULTATION,
    FundingChoice: FUNDING_CHOICE,
    ProcedureChoice: PROCEDURE_CHOICE,
    Procedure: PROCEDURE,
    TableIssue: ISSUE,
}
# Rows from which tasks follow.
WITH_TERMS = (
    Commitment, Consultation, CouncilQuestion, Decision, Meeting, PlanStep, PolicyDocument,
    Procedure,
)  # fmt: skip
# What must hold before a move, and what follows from it.
GUARDS: dict[tuple[str, str], Callable[[Any], None]] = {}
EFFECTS: dict[tuple[str, str], Callable[[Any], None]] = {}


@transaction.atomic
def keep(*, row: Any, by: Any) -> Any:
    """Add or change a row. Raises ValidationError when a constraint refuses.

    Everything the row names belongs to the same region.
    """
    check_can_keep(by, row)
    check_one_region(row)
    row.full_clean()
    row.save()
    _follow_terms(row)
    return row


def remove(*, row: Any, by: Any) -> None:
    """Take a row away; one that others rest on stays."""
    check_can_keep(by, row)
    try:
        with transaction.atomic():
            _follow_terms(row)
            row.delete()
    except ProtectedError as error:
        raise DomainError(
            f"‘{row}’ kan niet weg: er wordt naar verwezen. Haal eerst die verwijzing weg.",
            code="nog-in-gebruik",
        ) from error


def check_one_region(row: Any) -> None:
    region = region_of(row)
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        other = getattr(row, field.name)
        of = region_of(other) if type(other) in REGION_PATHS else getattr(other, "region", region)
        if other is not None and of != region:
            raise DomainError(
                f"‘{other}’ hoort bij een andere regio. Kies iets van {region}.",
                code="andere-regio",
            )


@transaction.atomic
def take(*, row: Any, move: str, by: Any, reason: str = "") -> Step:
    """Move a row along its table of states.

    Effects: the guard of the move is asked, the state changes, a step is kept, and what follows
    from the move is done. Raises DomainError or NotAllowed.
    """
    table = TABLES[type(row)]
    roles = roles_for(by, row)
    table.check(row.state, move, roles, reason)
    GUARDS.get((table.code, move), _nothing)(row)
    step = take_step(
        row, table, move, by=by, roles=roles, tenant_id=region_of(row).pk, reason=reason
    )
    EFFECTS.get((table.code, move), _nothing)(row)
    _follow_terms(row)
    return step


def _follow_terms(row: Any) -> None:
    """Bring the tasks up to date after this transaction."""
    if isinstance(row, WITH_TERMS):
        sync_tasks(region_of(row).pk)


def _nothing(row: Any) -> None:
    return None


def _every_decision_is_in_favour(plan: PolicyDocument) -> None:
    """A plan is adopted when every body that was asked has said yes."""
    asked = plan.decisions.exclude(state__in=DecisionState.IN_FAVOUR).select_related("body")
    waiting = [str(decision.body) for decision in asked]
    if waiting:
        raise DomainError(
            f"Het plan kan nog niet worden vastgesteld: er is geen instemmend besluit van "
            f"{', '.join(waiting[:5])}{' en anderen' if len(waiting) > 5 else ''}.",
            code="besluiten-ontbreken",
        )


def _has_sections(plan: PolicyDocument) -> None:
    if not plan.sections.exists() and not plan.attachments.exists():
        raise DomainError(
            "Het plan is nog leeg. Voeg hoofdstukken of een bijlage toe.", code="plan-leeg"
        )


def _previous_version_expires(plan: PolicyDocument) -> None:
    """An adopted version ends the one that it follows."""
    if plan.follows_id and plan.follows and plan.follows.state == "adopted":
        take_step(
            plan.follows, PLAN, "expire", by=None, roles=None, tenant_id=plan.region_id,
            reason=f"Opgevolgd door versie {plan.version}.",
        )  # fmt: skip


def _decided_today(decision: Decision) -> None:
    if decision.decided_on is None:
        Decision.objects.filter(pk=decision.pk).update(decided_on=clock.today())


def _has_answer(question: CouncilQuestion) -> None:
    if not question.answer.strip():
        raise DomainError(
            "Schrijf eerst het antwoord op; daarna is de vraag beantwoord.",
            code="antwoord-ontbreekt",
        )


def _answered_today(question: CouncilQuestion) -> None:
    if question.answered_on is None:
        CouncilQuestion.objects.filter(pk=question.pk).update(answered_on=clock.today())


def _every_remark_is_handled(consultation: Consultation) -> None:
    open_ones = consultation.remarks.filter(disposition="").count()
    if open_ones:
        raise DomainError(
            f"De reactienota kan nog niet worden vastgesteld: {open_ones} opmerkingen hebben nog "
            "geen afhandeling.",
            code="afhandeling-ontbreekt",
        )


def _has_core(proposal: CouncilProposal) -> None:
    if not proposal.decisions or not proposal.chapters.exists():
        raise DomainError(
            "Het voorstel is niet af: het voorgestelde besluit en de hoofdstukken zijn nodig.",
            code="voorstel-niet-af",
        )


def _has_form(choice: FundingChoice) -> None:
    if not choice.form or not choice.explanation.strip():
        raise DomainError(
            "Kies eerst een richting en schrijf op waarom. De kruisjes suggereren; u besluit.",
            code="keuze-niet-af",
        )


def _has_kind(choice: ProcedureChoice) -> None:
    if not choice.kind or not choice.explanation.strip():
        raise DomainError("Kies eerst een procedure en schrijf op waarom.", code="keuze-niet-af")


def _has_successor(procedure: Procedure) -> None:
    if not procedure.replaced_by.exists():
        raise DomainError(
            "Leg eerst de nieuwe procedure vast, met ‘komt in plaats van’ deze. Doelen en kaders "
            "blijven uitgangspunt.",
            code="opvolger-ontbreekt",
        )


def _has_outcome(issue: TableIssue) -> None:
    if not issue.outcome.strip():
        raise DomainError("Schrijf eerst de uitkomst op.", code="uitkomst-ontbreekt")


GUARDS |= {
    ("funding-choice", "choose"): _has_form,
    ("procedure-choice", "choose"): _has_kind,
    ("procedure", "replace"): _has_successor,
    ("issue", "agree"): _has_outcome,
    ("issue", "rule"): _has_outcome,
    ("plan", "consult"): _has_sections,
    ("plan", "propose"): _has_sections,
    ("plan", "adopt"): _every_decision_is_in_favour,
    ("question", "answer"): _has_answer,
    ("consultation", "answer"): _every_remark_is_handled,
    ("proposal", "send"): _has_core,
}
EFFECTS |= {
    ("plan", "adopt"): _previous_version_expires,
    ("decision", "adopt"): _decided_today,
    ("decision", "amend"): _decided_today,
    ("decision", "reject"): _decided_today,
    ("question", "answer"): _answered_today,
}
EFFECTS[("proposal", "send")] = keep_as_sent
EFFECTS |= {("issue", move.name): note_at_meeting for move in ISSUE.moves}
