"""A plan on which councils decided, an amendment, and questions followed to their place in it.

Made by the verbs that people use and marked as fictitious: the documents give no dates, votes or
answers. Days lie relative to today.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core import clock
from core.documents.models import Confidentiality
from procurement.domain import policy
from procurement.enums.policy import ChapterKind, MeetingKind, MotionKind, PlanKind, QuestionKind
from procurement.models import (
    CouncilProposal,
    CouncilQuestion,
    Decision,
    Meeting,
    Motion,
    PlanSection,
    PolicyDocument,
    ProposalChapter,
)
from regions.enums import BodyKind
from regions.models import GoverningBody
from regions.queries.membership import municipalities_of
from segments.models import SegmentScheme

TITLE = "Uitvoeringsagenda jeugdhulp (fictief)"
MARK = "Fictief, voor de demonstratie."
ASK = "De uitvoeringsagenda jeugdhulp vaststellen."
FIRST = (
    ("1", "Waarom deze agenda", "De inkoopstrategie loopt tot en met 2030. Deze agenda zegt wat de "
     "gemeenten de komende twee jaar doen."),
    ("2", "Meer gezinshuizen", "De regio zoekt aanbieders die een gezinshuis willen beginnen."),
)  # fmt: skip
SECOND = (
    *FIRST[:1],
    ("2", "Meer gezinshuizen", "De regio zoekt aanbieders die een gezinshuis willen beginnen, en "
     "helpt hen met een woning."),
    ("3", "Wachttijden per segment", "Elk halfjaar staan de wachttijden per segment in de "
     "rapportage aan de raden."),
)  # fmt: skip
# Votes of the councils in the order of their names; the last one has not decided yet.
VOTES = ((33, 4), (19, 4), (25, 0), (17, 12), (20, 1))
MEETING = "Raadsinformatieavond jeugdhulp (fictief)"
CHAPTERS = (
    (ChapterKind.CORE, "", "De raad stelt vast wat de gemeenten de komende twee jaar doen."),
    (ChapterKind.REASON, "", "De raden vroegen naar de wachttijden en naar gezinshuizen."),
    (ChapterKind.ARGUMENT, "Kinderen wonen zo thuis mogelijk", "Meer gezinshuizen maken dat kan."),
    (ChapterKind.RISK, "Woningen zijn schaars", "De agenda hangt af van wat gemeenten vinden."),
    (ChapterKind.NEXT, "", "De rapportage over het halfjaar laat zien hoe ver wij zijn."),
)
# Theme, kind, question, answer, follow-up, days until the follow-up, moves.
QUESTIONS = (
    ("wachttijden", QuestionKind.QUESTION, "Hoe lang wachten kinderen, en waar zien wij dat terug?",
     "U ziet het elk halfjaar in de rapportage, per segment.",
     "Wachttijden per segment opgenomen in hoofdstuk 3 van de agenda.", -20, ("answer", "settle")),
    ("gezinshuizen", QuestionKind.WISH, "Help gezinshuizen aan een woning.",
     "Dat nemen wij over; de wethouders wonen en jeugd maken een plan.",
     "Afspraak met de woningcorporaties vastleggen.", 40, ("answer",)),
    ("administratie", QuestionKind.CONCERN, "Krijgen kleine aanbieders niet te veel papierwerk?",
     "", "Met drie kleine aanbieders nagaan wat er te veel is.", 15, ()),
)  # fmt: skip


@transaction.atomic
def make_council_work(scheme: SegmentScheme, *, by: Any) -> bool:
    """Once; False when it was there already, or when the region has no councils."""
    region = scheme.region
    towns = municipalities_of(region, clock.today())
    bodies = GoverningBody.objects.filter(region=region, kind=BodyKind.COUNCIL)
    councils = list(bodies.filter(municipality__in=towns).order_by("name"))
    if not councils or PolicyDocument.objects.filter(region=region, title=TITLE).exists():
        return False
    draft = _plan(scheme, "0.9", FIRST, by)
    policy.take(row=draft, move="consult", by=by)
    plan = _plan(scheme, "1.0", SECOND, by, follows=draft)
    policy.take(row=plan, move="propose", by=by)
    proposal = _proposal(plan, councils[0], by)
    for place, body in enumerate(councils):
        _decide(plan, body, proposal, VOTES[place] if place < len(VOTES) else None, by)
    policy.take(row=proposal, move="decide", by=by)
    _questions(plan, councils[0], by)
    return True


def _day(days: int) -> Any:
    return clock.today() + timedelta(days=days)


def _plan(
    scheme: SegmentScheme,
    version: str,
    chapters: tuple[tuple[str, str, str], ...],
    by: Any,
    follows: PolicyDocument | None = None,
) -> PolicyDocument:
    plan: PolicyDocument = policy.keep(
        row=PolicyDocument(
            region=scheme.region, kind=PlanKind.PROCUREMENT, title=TITLE, version=version,
            confidentiality=Confidentiality.PUBLIC, scheme=scheme, follows=follows,
            dated=_day(-70 if follows else -120), valid_from=_day(30), fictitious=True,
            summary="Wat de gemeenten de komende twee jaar doen met de inkoopstrategie.",
            source=MARK,
        ),
        by=by,
    )  # fmt: skip
    strategy = scheme.plans.filter(kind=PlanKind.STRATEGY).first()
    if strategy is not None:
        plan.based_on.add(strategy)
    for order, (number, title, text) in enumerate(chapters, 1):
        row = PlanSection(
            document=plan, number=number, title=title, text=text, order=order, source=MARK
        )
        policy.keep(row=row, by=by)
    return plan


def _proposal(plan: PolicyDocument, council: GoverningBody, by: Any) -> CouncilProposal:
    proposal: CouncilProposal = policy.keep(
        row=CouncilProposal(
            region=plan.region, municipality=council.municipality, plan=plan, title=TITLE,
            dated=_day(-55), portfolio_holder="wethouder jeugd", programme="Sociaal domein",
            decisions=[ASK], attachments=[str(plan)], fictitious=True, source=MARK,
        ),
        by=by,
    )  # fmt: skip
    for order, (kind, heading, text) in enumerate(CHAPTERS, 1):
        number = "1.1" if kind in ChapterKind.NUMBERED else ""
        row = ProposalChapter(
            proposal=proposal, kind=kind, number=number, heading=heading, text=text, order=order
        )
        policy.keep(row=row, by=by)
    policy.take(row=proposal, move="send", by=by)
    return proposal


def _decide(
    plan: PolicyDocument,
    body: GoverningBody,
    proposal: CouncilProposal,
    votes: tuple[int, int] | None,
    by: Any,
) -> None:
    """The first council amends, the others adopt; who has no votes yet still has to decide."""
    own = body.municipality_id == proposal.municipality_id
    decision = policy.keep(
        row=Decision(
            plan=plan, body=body, question=ASK, asked_for=_day(-35 if votes else 10),
            decided_on=_day(-35) if votes else None, proposal=proposal if own else None,
            votes_for=votes[0] if votes else None, votes_against=votes[1] if votes else None,
            fictitious=True, source=MARK,
        ),
        by=by,
    )  # fmt: skip
    if own:
        _amendment(decision, by)
    if votes:
        policy.take(row=decision, move="amend" if own else "adopt", by=by)


def _amendment(decision: Decision, by: Any) -> None:
    motion = policy.keep(
        row=Motion(
            region=decision.plan.region, kind=MotionKind.AMENDMENT, decision=decision,
            municipality=decision.body.municipality, plan=decision.plan, dated=_day(-35),
            title="Help gezinshuizen ook met een woning (fictief)",
            submitted_by="drie fracties (fictief)", source=MARK,
            text="Voeg aan hoofdstuk 2 toe: en helpt hen met een woning.",
            follow_up="Verwerkt in hoofdstuk 2 van versie 1.0.",
        ),
        by=by,
    )  # fmt: skip
    policy.take(row=motion, move="adopt", by=by)


def _questions(plan: PolicyDocument, council: GoverningBody, by: Any) -> None:
    meeting = policy.keep(
        row=Meeting(
            region=plan.region, kind=MeetingKind.COUNCIL, title=MEETING, held_on=_day(-90),
            plan=plan, confidentiality=Confidentiality.PUBLIC, source=MARK,
        ),
        by=by,
    )  # fmt: skip
    chapters = list(plan.sections.order_by("order"))
    for number, (theme, kind, text, answer, follow_up, days, moves) in enumerate(QUESTIONS, 1):
        question = policy.keep(
            row=CouncilQuestion(
                region=plan.region, meeting=meeting, municipality=council.municipality,
                number=number, theme=theme, kind=kind, text=text, asked_on=_day(-90),
                answer=answer, answered_on=_day(-75) if answer else None, follow_up=follow_up,
                follow_up_on=_day(days), source=MARK,
                processed_in=chapters[3 - number] if answer else None,
            ),
            by=by,
        )  # fmt: skip
        for move in moves:
            policy.take(row=question, move=move, by=by, reason=follow_up)
