"""Check-lists: begun with the points of a standard, judged point by point, settled."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from regions.queries.access import access_of

from ..enums.compliance import COMPLIANCE_CHECK, CheckState, StandardSubject, Verdict
from ..models import (
    ComplianceAnswer,
    ComplianceCheck,
    ComplianceStandard,
    Contract,
    PolicyDocument,
)
from ..rules.contracts import check_can_check_compliance


@transaction.atomic
def begin_check(
    *, standard: ComplianceStandard, subject: Contract | PolicyDocument, by: Any
) -> ComplianceCheck:
    """Hold a contract or plan against a standard. Effects: a copy of its points, to be judged; a
    standard that changes later changes nothing here."""
    region = standard.region
    check_can_check_compliance(by, region)
    _check_fits(standard, subject)
    check = ComplianceCheck(
        standard=standard, begun_by=by, begun_on=clock.today(),
        fictitious=getattr(subject, "fictitious", False),
    )  # fmt: skip
    setattr(check, standard.subject, subject)
    check.full_clean()
    check.save()
    ComplianceAnswer.objects.bulk_create(
        ComplianceAnswer(
            check_list=check, number=point.number, article=point.article, text=point.text,
            probe=point.probe, source=point.source,
        )
        for point in standard.points.all()
    )  # fmt: skip
    return check


def _check_fits(standard: ComplianceStandard, subject: Contract | PolicyDocument) -> None:
    wanted = Contract if standard.subject == StandardSubject.CONTRACT else PolicyDocument
    if not isinstance(subject, wanted):
        told = standard.get_subject_display()
        raise DomainError(f"Deze norm gaat over een {told}.", code="ander-onderwerp")
    if subject.region_id != standard.region_id:
        raise DomainError("Dit is van een andere regio.", code="andere-regio")
    if not standard.points.exists():
        raise DomainError("Deze norm heeft nog geen punten.", code="norm-zonder-punten")


@dataclass(frozen=True)
class Judgement:
    """What somebody finds of a point; the last three only of a point that is not met."""

    verdict: str
    motivation: str
    remedy: str = ""
    owner: Any = None
    due_on: date | None = None


@transaction.atomic
def judge(*, answer: ComplianceAnswer, judgement: Judgement, by: Any) -> ComplianceAnswer:
    """Effects: what lacks becomes a task of its owner, and ends when the point is met.

    Of a check that is settled only what lacked can still be judged as met.
    """
    region = answer.check_list.standard.region
    check_can_check_compliance(by, region)
    _check_writable(answer, judgement)
    lacks = judgement.verdict == Verdict.NOT_MET
    answer.verdict, answer.motivation = judgement.verdict, judgement.motivation.strip()
    answer.judged_on, answer.judged_by = clock.today(), by
    answer.remedy = judgement.remedy.strip() if lacks else ""
    answer.owner = judgement.owner if lacks else None
    answer.due_on = judgement.due_on if lacks else None
    answer.full_clean()
    answer.save()
    sync_tasks(region.pk)
    return answer


def _check_writable(answer: ComplianceAnswer, judgement: Judgement) -> None:
    if judgement.verdict == Verdict.OPEN:
        raise DomainError("Kies een oordeel.", code="oordeel-ontbreekt")
    state = answer.check_list.state
    repaired = answer.verdict == Verdict.NOT_MET and judgement.verdict == Verdict.MET
    if state == CheckState.OPEN or (state == CheckState.SETTLED and repaired):
        return
    raise DomainError(
        f"De toets is {CheckState(state).label} en ligt vast; alleen wat niet voldeed, kan nog "
        "voldoen.",
        code="toets-ligt-vast",
    )


@transaction.atomic
def move_check(*, check: ComplianceCheck, move: str, by: Any, reason: str = "") -> Step:
    """Move a check along its table; it is settled when every point was judged."""
    region_id = check.standard.region_id
    roles = access_of(by).roles_in(region_id)
    COMPLIANCE_CHECK.check(check.state, move, roles, reason)
    if move == "settle":
        _check_all_judged(check)
    step = take(check, COMPLIANCE_CHECK, move, by=by, roles=roles, tenant_id=region_id,
                reason=reason)  # fmt: skip
    if move in ("settle", "reopen"):
        check.settled_on = clock.today() if move == "settle" else None
        check.save(update_fields=["settled_on"])
    sync_tasks(region_id)
    return step


def _check_all_judged(check: ComplianceCheck) -> None:
    left = check.answers.filter(verdict=Verdict.OPEN).count()
    if left:
        raise DomainError(
            f"{left} van de punten {'is' if left == 1 else 'zijn'} nog niet beoordeeld.",
            code="punten-open",
        )
