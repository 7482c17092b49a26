"""Check-lists of the demonstration, judged by what the site finds; the reasons are fictitious."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core import clock
from procurement.domain.compliance import Judgement, begin_check, judge, move_check
from procurement.enums.compliance import StandardSubject, Verdict
from procurement.enums.policy import PlanKind
from procurement.models import ComplianceAnswer, ComplianceCheck, Contract, PolicyDocument
from procurement.queries.compliance import standards_for
from procurement.queries.compliance_probes import seen_for
from regions.models import Region

MADE = 3
TERM = timedelta(days=45)
WHY = "Nagelezen in de overeenkomst (fictief)."
WHY_PLAN = "Nagelezen in het plan (fictief)."


@transaction.atomic
def make_compliance(region: Region, by: Any) -> int:
    """The first contracts against the first standard: the first settled, the last just begun;
    once. How many checks."""
    standard = standards_for(region, StandardSubject.CONTRACT).first()
    if standard is None or ComplianceCheck.objects.filter(standard__region=region).exists():
        return 0
    checks = [
        begin_check(standard=standard, subject=contract, by=by)
        for contract in Contract.objects.filter(region=region).order_by("number")[:MADE]
    ]
    for check in checks[:-1]:
        for answer in check.answers.all():
            judge(answer=answer, judgement=_judgement(check, answer, by), by=by)
    for check in checks[:1]:
        move_check(check=check, move="settle", by=by)
    return len(checks) + _of_plan(region, by)


def _of_plan(region: Region, by: Any) -> int:
    """The newest plan of the region against the first standard for plans: half judged, one point
    lacks."""
    standard = standards_for(region, StandardSubject.PLAN).first()
    plans = PolicyDocument.objects.filter(region=region, municipality=None)
    plan = plans.exclude(kind=PlanKind.LOCAL).order_by("-valid_from", "-version").first()
    if standard is None or plan is None:
        return 0
    answers = list(begin_check(standard=standard, subject=plan, by=by).answers.all())
    for answer in answers[: len(answers) // 2]:
        judge(answer=answer, judgement=Judgement(Verdict.MET, WHY_PLAN), by=by)
    for answer in answers[-1:]:
        judge(answer=answer, judgement=_lack(WHY_PLAN, by), by=by)
    return 1


def _lack(seen: str, by: Any) -> Judgement:
    remedy = "Bespreken in het regionaal overleg en vastleggen (fictief)."
    return Judgement(Verdict.NOT_MET, seen, remedy, by, clock.today() + TERM)


def _judgement(check: ComplianceCheck, answer: ComplianceAnswer, by: Any) -> Judgement:
    seen = seen_for(check.contract, answer.probe) if check.contract else None
    if seen is None or seen.holds:
        return Judgement(Verdict.MET, seen.text if seen else WHY)
    if seen.holds is None:
        return Judgement(Verdict.NOT_APPLICABLE, seen.text)
    due = clock.today() + TERM
    remedy = "Bespreken in het accountgesprek en vastleggen (fictief)."
    return Judgement(Verdict.NOT_MET, seen.text, remedy, by, due)
