"""A check-list on paper."""

from collections.abc import Iterable

from core import clock
from core.formats import date_long, date_short
from core.writing import Block, Bullets, Facts, Heading, Paragraph, Table, Written

from ..enums.compliance import Verdict
from ..models import ComplianceAnswer, ComplianceCheck


def check_document(check: ComplianceCheck) -> Written:
    return Written(
        title=f"Toets aan {check.standard}",
        subtitle=str(check.subject),
        author=str(check.standard.region.organisation),
        day=clock.today(),
        blocks=tuple(_blocks(check)),
    )


def _blocks(check: ComplianceCheck) -> Iterable[Block]:
    answers = list(check.answers.select_related("judged_by", "owner"))
    if check.fictitious:
        yield Paragraph("Deze toets is fictief en hoort bij een demonstratie.", note=True)
    yield Facts(
        [
            ("Norm", check.standard.title),
            ("Bron van de norm", check.standard.source or "–"),
            (check.standard.get_subject_display().capitalize(), str(check.subject)),
            ("Begonnen", date_long(check.begun_on)),
            ("Stand", check.get_state_display()),
            *((label, str(_count(answers, v))) for v, label in Verdict.choices),
        ]
    )
    if check.standard.note:
        yield Paragraph(check.standard.note, note=True)
    yield Heading("Per punt")
    yield Table(("Punt", "Oordeel", "Waarom", "Door en op"), [_row(one) for one in answers])
    lacking = [one for one in answers if one.verdict == Verdict.NOT_MET]
    if lacking:
        yield Heading("Wat er moet gebeuren")
        yield Bullets([_remedy(one) for one in lacking])


def _count(answers: list[ComplianceAnswer], verdict: str) -> int:
    return sum(one.verdict == verdict for one in answers)


def _row(answer: ComplianceAnswer) -> tuple[str, str, str, str]:
    by = str(answer.judged_by or "")
    judged = f"{by}, {date_short(answer.judged_on)}".strip(", ") if answer.judged_on else "–"
    point = f"{answer.article}: {answer.text}" if answer.article else answer.text
    return point, answer.get_verdict_display(), answer.motivation or "–", judged


def _remedy(answer: ComplianceAnswer) -> str:
    who = f", {answer.owner}" if answer.owner else ""
    return f"{answer.article or answer.number}: {answer.remedy}{who}, uiterlijk " + date_long(
        answer.due_on
    )
