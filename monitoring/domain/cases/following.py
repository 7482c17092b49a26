"""What is recorded while a case runs: meetings, actions, progress, measures, indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from core import clock
from core.charts import SHARE
from core.documents.contents import kind_of
from core.documents.domain import store
from core.documents.models import DocumentVersion
from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from providers.domain.supply import end_stop, impose_stop
from providers.enums_supply import StopGround, StopState

from ...enums.cases import ACTION, ActionState, CaseState, CaseTheme, MeasureKind
from ...models import (
    ActionProgress,
    Case,
    CaseIndicator,
    Conversation,
    ImprovementAction,
    Measure,
    Observation,
)
from ...queries.case_figures import agreed_for, agreed_words, figures_of, name_and_unit
from ...rules.cases import (
    check_can_manage_cases,
    check_can_observe,
    check_can_report,
    roles_for,
)
from .signals import check_names_nobody

# Every provider reads the stop; why it was imposed stays in the case.
TOLD_TO_ALL = "Opgelegd door de regio."
# The ground of a client stop by the theme of its case, unless somebody says another.
GROUNDS = {CaseTheme.LAWFULNESS: StopGround.FRAUD}
MOST_PROOF = 10 * 1024 * 1024


@dataclass(frozen=True)
class Agreement:
    """An improvement agreed in a conversation."""

    who: str
    what: str
    due: date
    how: str = ""
    result: str = ""


def check_open(case: Case) -> None:
    if not case.is_open:
        raise DomainError("De zaak is gesloten; er verandert niets meer aan.", code="zaak-gesloten")


@transaction.atomic
def record_conversation(
    *,
    case: Case,
    held_on: date,
    participants: Sequence[str],
    report: str,
    by: Any,
    agreements: Sequence[Agreement] = (),
) -> Conversation:
    """Record a meeting that took place. Effects: an action per agreement."""
    check_can_manage_cases(by, case.region)
    check_open(case)
    if case.state == CaseState.SIGNALLED:
        raise DomainError("Zet eerst de stap 'gesprek aangaan'.", code="nog-geen-gesprek")
    if held_on > clock.today():
        raise DomainError("Leg een gesprek vast als het is gehouden.", code="datum-in-toekomst")
    if not participants:
        raise DomainError("Noem wie erbij waren.", code="deelnemers-ontbreken")
    check_names_nobody(report)
    meeting = Conversation(
        case=case, round=case.round, held_on=held_on, participants=list(participants),
        report=report, made_by=by,
    )  # fmt: skip
    meeting.full_clean()
    meeting.save()
    for agreement in agreements:
        add_agreement(conversation=meeting, agreement=agreement, by=by)
    return meeting


@transaction.atomic
def add_agreement(
    *, conversation: Conversation, agreement: Agreement, by: Any
) -> ImprovementAction:
    """Make an action of something agreed in a conversation."""
    case = conversation.case
    check_can_manage_cases(by, case.region)
    check_open(case)
    check_names_nobody(agreement.who, agreement.what, agreement.how, agreement.result)
    if agreement.due < conversation.held_on:
        raise DomainError("De einddatum ligt voor het gesprek.", code="datum-voorbij")
    action = ImprovementAction(
        case=case, round=case.round, conversation=conversation, who=agreement.who,
        what=agreement.what, how=agreement.how, due=agreement.due, result=agreement.result,
    )  # fmt: skip
    action.full_clean()
    action.save()
    sync_tasks(case.region_id)
    return action


@transaction.atomic
def report_progress(
    *, action: ImprovementAction, text: str, by: Any, proof: Any = None
) -> ActionProgress:
    """Say what was done. `proof` is an uploaded file; its content says of what kind it is."""
    check_can_report(by, action.case)
    check_open(action.case)
    check_names_nobody(text)
    if not text.strip():
        raise DomainError("Vertel wat er is gedaan.", code="tekst-ontbreekt")
    return ActionProgress.objects.create(
        action=action, text=text.strip(), made_by=by, at=clock.now(),
        proof=_keep_proof(action, proof, by) if proof else None,
    )  # fmt: skip


def _keep_proof(action: ImprovementAction, proof: Any, by: Any) -> DocumentVersion:
    if proof.size > MOST_PROOF:
        raise DomainError("Het bestand is groter dan 10 MB.", code="bestand-te-groot")
    kind = kind_of(proof, proof.name or "")
    proof.seek(0)
    return store(
        title=f"Bewijs bij actie in zaak {action.case.number}", content=proof.read(),
        file_name=proof.name[-120:], content_type=kind.content_type, by=by,
        tenant_id=action.case.region_id,
    )  # fmt: skip


@transaction.atomic
def move_action(*, action: ImprovementAction, move: str, by: Any, reason: str = "") -> Step:
    """One step of an action: reported, sent back, verified or waived.

    Effects: what is said with 'report' is kept as progress too.
    """
    case = action.case
    Case.objects.select_for_update().get(pk=case.pk)
    check_open(case)
    step = take(
        action, ACTION, move, by=by, roles=roles_for(by, case), tenant_id=case.region_id,
        reason=reason,
    )  # fmt: skip
    if move == "report":
        check_names_nobody(reason)
        ActionProgress.objects.create(action=action, text=reason.strip(), made_by=by)
    sync_tasks(case.region_id)
    return step


@transaction.atomic
def judge_result(*, action: ImprovementAction, judgement: str, reason: str, by: Any) -> None:
    """Say of one agreed result whether it was reached."""
    case = action.case
    check_can_manage_cases(by, case.region)
    if case.state != CaseState.ASSESSING:
        raise DomainError(
            "Resultaten beoordeelt u in de stap 'beoordeling'.", code="geen-beoordeling"
        )
    if action.state == ActionState.WAIVED:
        raise DomainError("Deze actie is vervallen.", code="actie-vervallen")
    action.judgement, action.judgement_reason = judgement, reason.strip()
    action.judged_on = clock.today()
    action.full_clean()
    action.save()


@transaction.atomic
def take_measure(*, measure: Measure, by: Any) -> Measure:
    """An immediate measure: at any step, also before there was a conversation.

    Effects: a client stop is imposed in the supply too, where referrers and providers see it.
    """
    check_can_manage_cases(by, measure.case.region)
    check_open(measure.case)
    check_names_nobody(measure.reason)
    measure.made_by = by
    if measure.kind == MeasureKind.CLIENT_STOP:
        measure.ground = measure.ground or GROUNDS.get(
            CaseTheme(measure.case.theme), StopGround.QUALITY
        )
    measure.full_clean()
    measure.save()
    if measure.kind == MeasureKind.CLIENT_STOP:
        measure.client_stop = impose_stop(
            provider=measure.case.provider, ground=measure.ground, reason=TOLD_TO_ALL, by=by,
            starts_on=measure.starts_on, product_code=measure.product_code,
            fictitious=measure.case.fictitious,
        )  # fmt: skip
        measure.save()
    return measure


@transaction.atomic
def end_measure(*, measure: Measure, ends_on: date, reason: str, by: Any) -> Measure:
    """`ends_on` is the first day on which the measure no longer holds.

    Effects: the client stop that it made ends with it.
    """
    check_can_manage_cases(by, measure.case.region)
    if measure.ends_on is not None:
        raise DomainError("Deze maatregel is al beëindigd.", code="maatregel-beeindigd")
    measure.ends_on, measure.end_reason = ends_on, reason.strip()
    measure.full_clean()
    measure.save()
    if measure.client_stop is not None and measure.client_stop.state == StopState.AGREED:
        end_stop(stop=measure.client_stop, ends_on=ends_on, by=by, reason=reason)
    return measure


@transaction.atomic
def observe(*, observation: Observation, by: Any) -> Observation:
    """What an access team sees, at case level but never by name."""
    check_can_observe(by, observation.case)
    check_open(observation.case)
    check_names_nobody(observation.text)
    observation.made_by = by
    observation.full_clean()
    observation.save()
    return observation


@transaction.atomic
def follow_code(
    *,
    case: Case,
    code: str,
    more_is_better: bool,
    by_half_year: str,
    by: Any,
    target: float | None = None,
) -> CaseIndicator:
    """Follow an indicator in a case, or change its target; None: the number that was agreed.

    Effects: a new one begins at the provider's newest figure. A share lies between 0 and 1.
    """
    row = case.indicators.filter(code=code).first() or _started(case, code)
    row.target = agreed_target(case=case, code=code) if target is None else target
    if name_and_unit(case, code)[1] is SHARE and not 0 <= row.target <= 1:
        raise DomainError("Een aandeel ligt tussen 0 en 1 (0 en 100 %).", code="geen-aandeel")
    row.more_is_better, row.by_half_year = more_is_better, by_half_year
    return follow_indicator(indicator=row, by=by)


def _started(case: Case, code: str) -> CaseIndicator:
    """With the newest figure as its beginning."""
    figures = figures_of(case, code)
    if not figures:
        raise DomainError(
            f"Van {case.provider} is er geen cijfer ‘{code}’ om te volgen. Kies een indicator "
            "waarvan er cijfers van deze aanbieder zijn.",
            code="geen-cijfers",
        )
    half, value = figures[-1]
    return CaseIndicator(case=case, code=code, start_half_year=half, start_value=value)


@transaction.atomic
def follow_indicator(*, indicator: CaseIndicator, by: Any) -> CaseIndicator:
    """Give a case an indicator with a target of its own, or change that target."""
    check_can_manage_cases(by, indicator.case.region)
    check_open(indicator.case)
    indicator.full_clean()
    indicator.save()
    return indicator


def agreed_target(*, case: Case, code: str) -> float:
    """The number that the agreed set in force names for an indicator; DomainError without one."""
    held = agreed_for(case)
    wanted = held.by_code.get(code) if held else None
    if wanted is None or wanted.value is None:
        raise DomainError(
            f"{agreed_words(held, code)} Vul zelf een doel in.", code="geen-afgesproken-getal"
        )
    return wanted.value


@transaction.atomic
def drop_indicator(*, indicator: CaseIndicator, by: Any) -> None:
    check_can_manage_cases(by, indicator.case.region)
    check_open(indicator.case)
    indicator.delete()
