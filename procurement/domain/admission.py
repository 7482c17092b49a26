"""The verbs of admission: apply, judge with four eyes, decide, and look again."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from providers.models import Provider
from regions.queries.access import access_of
from segments.models import Product

from ..enums.admission import (
    ADMISSION,
    AdmissionState,
    LetterKind,
    RequirementKind,
)
from ..models import (
    Admission,
    AdmissionJudgement,
    EligibilityRequirement,
    Evidence,
)
from ..queries.admission import (
    failing_evidence,
    in_force_with_expired_evidence,
    requirements_of,
)
from ..rules.contracts import check_can_apply, check_can_judge
from .admission_letters import send_letter
from .admission_score import Need, Verdict, verdict_of
from .open_house import check_open

SUPPLEMENT_DAYS = 14
LETTER_OF = {
    "submit": LetterKind.RECEIVED,
    "ask-supplement": LetterKind.SUPPLEMENT,
    "admit": LetterKind.DECISION,
    "admit-conditionally": LetterKind.DECISION,
    "refuse": LetterKind.DECISION,
    "lapse": LetterKind.LAPSED,
}


@transaction.atomic
def apply_for(*, provider: Provider, product: Product, by: Any, plan: str = "") -> Admission:
    """Begin an application. Effects: an Admission with an empty answer for every requirement.

    Raises DomainError when the open house is closed for this product.
    """
    check_can_apply(by, provider)
    check_open(product, clock.today())
    admission = Admission(
        region=provider.region, provider=provider, product=product, plan=plan,
        fictitious=provider.fictitious,
    )  # fmt: skip
    admission.full_clean()
    admission.save()
    _add_missing_answers(admission)
    return admission


def _add_missing_answers(admission: Admission) -> None:
    known = set(admission.evidence.values_list("requirement", flat=True))
    Evidence.objects.bulk_create(
        Evidence(admission=admission, requirement=requirement)
        for requirement in requirements_of(admission.product, clock.today())
        if requirement.pk not in known
    )


@transaction.atomic
def answer(*, evidence: Evidence, by: Any) -> Evidence:
    """Keep what an applicant shows for one requirement, while the application may be changed."""
    admission = evidence.admission
    check_can_apply(by, admission.provider)
    if admission.state not in AdmissionState.WRITABLE:
        raise DomainError(
            f"De toelating is {admission.get_state_display()}. Bewijs kan alleen worden gewijzigd "
            "in een concept of als om een aanvulling is gevraagd.",
            code="toelating-niet-te-wijzigen",
        )
    if evidence.document is not None and evidence.document.provider_id != admission.provider_id:
        raise DomainError("Dit document is van een andere aanbieder.", code="document-van-ander")
    asked = evidence.requirement.evidence
    if evidence.document is not None and asked and evidence.document.kind != asked:
        raise DomainError(
            f"Eis {evidence.requirement.code} vraagt een ander stuk: "
            f"{evidence.requirement.get_evidence_display()}. Kies dat, of voeg het toe aan het "
            "dossier van de aanbieder.",
            code="document-van-andere-soort",
        )
    evidence.full_clean()
    evidence.save()
    return evidence


@transaction.atomic
def keep_plan(*, admission: Admission, by: Any) -> Admission:
    """Keep the plan of approach and the validity; the applicant only in a concept."""
    check_can_apply(by, admission.provider)
    if admission.state not in (*AdmissionState.UNDER_WAY,):
        raise DomainError(
            "Over deze aanvraag is al beslist. Begin een nieuwe aanvraag.",
            code="toelating-niet-te-wijzigen",
        )
    admission.full_clean()
    admission.save()
    return admission


@transaction.atomic
def judge(
    *, admission: Admission, requirement: EligibilityRequirement, score: int, motivation: str,
    by: Any,
) -> AdmissionJudgement:  # fmt: skip
    """Give or change one's own score in the present round. Nobody else's can be touched."""
    check_can_judge(by, admission.region)
    if admission.state != AdmissionState.ASSESSING:
        raise DomainError(
            f"De toelating is {admission.get_state_display()} en wordt nu niet beoordeeld.",
            code="toelating-niet-in-beoordeling",
        )
    if not admission.evidence.filter(requirement=requirement).exists():
        raise DomainError("Deze eis hoort niet bij de aanvraag.", code="eis-onbekend")
    own = {
        "admission": admission, "requirement": requirement, "round": admission.round,
        "assessor": by,
    }  # fmt: skip
    row = AdmissionJudgement.objects.filter(**own).first() or AdmissionJudgement(**own)
    row.score, row.motivation, row.at = score, motivation.strip(), clock.now()
    row.full_clean()
    row.save()
    return row


def verdict(admission: Admission) -> Verdict:
    """What the judgements of the present round say."""
    answers = admission.evidence.select_related("requirement")
    needs = [
        Need(
            r.requirement_id,
            r.requirement.code,
            r.requirement.kind == RequirementKind.KNOCK_OUT,
            r.requirement.least_score,
        )
        for r in answers
    ]
    given = admission.judgements.filter(round=admission.round)
    return verdict_of(needs, given.values_list("requirement", "assessor", "score"))


@transaction.atomic
def move_admission(
    *,
    admission: Admission,
    move: str,
    by: Any,
    reason: str = "",
    due: date | None = None,
    valid_to: date | None = None,
) -> Step:
    """Make a move of the table of admissions; `by` None means the system itself.

    Effects: dates of application, supplement and decision are kept; a decision, supplement, lapse
    and receipt makes a letter that is kept as sent; judging again begins a new round; terms become
    tasks. Raises DomainError when the evidence or the judgements do not allow the move.
    """
    roles = None if by is None else access_of(by).roles_in(admission.region_id)
    ADMISSION.check(admission.state, move, roles, reason)
    if by is not None:
        check_can_apply(by, admission.provider)
    _check_move(admission, move)
    _prepare(admission, move, reason, due, valid_to)
    step = take(
        admission, ADMISSION, move, by=by, roles=roles, tenant_id=admission.region_id,
        reason=reason,
    )  # fmt: skip
    if move in LETTER_OF:
        send_letter(admission=admission, kind=LETTER_OF[move], by=by, text=reason)
    sync_tasks(admission.region_id)
    return step


def _check_move(admission: Admission, move: str) -> None:
    if move == "submit":
        _check_whole(admission)
    if move in ("admit", "admit-conditionally"):
        _check_judged(admission, move)


def _check_whole(admission: Admission) -> None:
    """An application can be sent once every knock-out requirement is endorsed."""
    check_open(admission.product, clock.today())
    lacking = [
        row.requirement.code
        for row in failing_evidence(admission, clock.today())
        if row.requirement.kind == RequirementKind.KNOCK_OUT
    ]
    if lacking:
        raise DomainError(
            f"De aanvraag voldoet niet aan de knock-outeisen {', '.join(lacking)}. Onderschrijf "
            "elke knock-outeis en voeg het gevraagde bewijs toe.",
            code="knock-out-ontbreekt",
        )
    if not admission.plan.strip():
        raise DomainError(
            "De aanvraag heeft geen plan van aanpak. Schrijf op hoe de aanbieder werkt.",
            code="plan-ontbreekt",
        )


def _check_judged(admission: Admission, move: str) -> None:
    found = verdict(admission)
    if not found.complete:
        lacking = ", ".join(found.unjudged) or "de aanvraag"
        raise DomainError(
            f"Twee mensen beoordelen elke eis. Nog niet door twee beoordeeld: {lacking}.",
            code="vier-ogen-ontbreken",
        )
    if found.knocked_out:
        raise DomainError(
            f"De aanvraag voldoet niet aan knock-outeis {', '.join(found.knocked_out)}. Weiger de "
            "toelating of vraag een aanvulling.",
            code="knock-out-niet-gehaald",
        )
    if move == "admit" and found.failed:
        raise DomainError(
            f"Te laag beoordeeld: {', '.join(found.failed)}. Laat toe onder voorwaarden, weiger, "
            "of vraag een aanvulling.",
            code="score-te-laag",
        )


def _prepare(
    admission: Admission, move: str, reason: str, due: date | None, valid_to: date | None
) -> None:
    """Keep what goes with the move, before the database checks the new state."""
    today = clock.today()
    if move == "submit":
        admission.applied_on = today
    elif move == "ask-supplement":
        admission.supplement_due = due or today + timedelta(days=SUPPLEMENT_DAYS)
        _check_ahead(admission.supplement_due, today)
    elif move == "admit-conditionally":
        admission.conditions, admission.conditions_due = reason, due
        if due is None:
            raise DomainError(
                "Noem de dag waarop aan de voorwaarden is voldaan.", code="termijn-ontbreekt"
            )
        _check_ahead(due, today)
    elif move == "re-assess":
        admission.round += 1
    if move in ("admit", "admit-conditionally", "refuse"):
        admission.decided_on = today
        admission.valid_to = valid_to or admission.valid_to
    if move == "admit":
        admission.conditions, admission.conditions_due = "", None
    admission.save()
    if move == "re-assess":
        _add_missing_answers(admission)


def _check_ahead(day: date, today: date) -> None:
    if day <= today:
        raise DomainError("De termijn ligt niet in de toekomst.", code="termijn-voorbij")


def re_check(*, region_id: int) -> int:
    """Send admissions whose evidence has expired back to judgement; how many. Done daily."""
    count = 0
    for admission in in_force_with_expired_evidence(region_id, clock.today()):
        names = [
            str(row.document)
            for row in failing_evidence(admission, clock.today())
            if row.document is not None
        ]
        if names:
            reason = f"Bewijs is verlopen: {', '.join(names)}."
            move_admission(admission=admission, move="re-assess", by=None, reason=reason)
            count += 1
    return count
