"""Check-lists of the demonstration, judged by what the site finds; the reasons are fictitious."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core import clock
from procurement.compliance_enums import StandardSubject, Verdict
from procurement.domain.compliance import Judgement, begin_check, judge, move_check
from procurement.models import ComplianceAnswer, ComplianceCheck, Contract
from procurement.queries.compliance import standards_for
from procurement.queries.compliance_probes import seen_for
from regions.models import Region

MADE = 3
TERM = timedelta(days=45)
WHY = "Nagelezen in de overeenkomst (fictief)."


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
    return len(checks)


def _judgement(check: ComplianceCheck, answer: ComplianceAnswer, by: Any) -> Judgement:
    seen = seen_for(check.contract, answer.probe) if check.contract else None
    if seen is None or seen.holds:
        return Judgement(Verdict.MET, seen.text if seen else WHY)
    if seen.holds is None:
        return Judgement(Verdict.NOT_APPLICABLE, seen.text)
    due = clock.today() + TERM
    remedy = "Bespreken in het accountgesprek en vastleggen (fictief)."
    return Judgement(Verdict.NOT_MET, seen.text, remedy, by, due)
