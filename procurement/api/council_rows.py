"""How proposals to councils, decisions, motions and questions are written in the API."""

from core.api.rest import Choice, Day, Rows, Text, Texts, Whole, made, many

from ..enums.policy import (
    ChapterKind,
    DecisionState,
    MotionKind,
    MotionState,
    ProposalState,
    QuestionKind,
    QuestionState,
)
from ..models import ProposalChapter


class ChapterRows(Rows):
    hoofdstuk = Choice(ChapterKind, source="kind")
    nummer = Text(source="number", allow_blank=True)
    kop = Text(source="heading", allow_blank=True)
    tekst = Text(source="text", allow_blank=True)

    class Meta:
        ref_name = "OnderdeelVanRaadsvoorstel"


class OwnChapterRows(Rows):
    id = Whole()
    regio = Text(source="proposal__region__slug")
    raadsvoorstel = Whole(source="proposal_id")
    hoofdstuk = Choice(ChapterKind, source="kind")
    nummer = Text(source="number", allow_blank=True)
    kop = Text(source="heading", allow_blank=True)
    tekst = Text(source="text", allow_blank=True)
    volgorde = Whole(source="order")

    class Meta:
        ref_name = "Voorstelonderdeel"


class ProposalRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality__gm_code")
    plan = Whole(source="plan_id")
    titel = Text(source="title")
    van = Text(source="sender")
    datum = Day(source="dated", allow_null=True)
    portefeuillehouder = Text(source="portfolio_holder", allow_blank=True)
    programma = Text(source="programme", allow_blank=True)
    zaaknummer = Text(source="case_number", allow_blank=True)
    stand = Choice(ProposalState, source="state")
    voorgesteldBesluit = made(Texts(), "decisions", by=list)
    bijlagen = made(Texts(), "attachments", by=list)
    ondertekenaars = made(Texts(), "signatories", by=list)
    onderdelen = many(ChapterRows, model=ProposalChapter, by="proposal_id", order=("order", "pk"))
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Raadsvoorstel"


class DecisionRows(Rows):
    id = Whole()
    regio = Text(source="plan__region__slug")
    plan = Whole(source="plan_id")
    orgaan = Text(source="body__name")
    gemeente = Text(source="body__municipality__gm_code", allow_null=True)
    raadsvoorstel = Whole(source="proposal_id", allow_null=True)
    gevraagd = Text(source="question")
    uitslag = Choice(DecisionState, source="state")
    gepland = Day(source="asked_for", allow_null=True)
    besloten = Day(source="decided_on", allow_null=True)
    stemmenVoor = Whole(source="votes_for", allow_null=True)
    stemmenTegen = Whole(source="votes_against", allow_null=True)
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Besluit"


class MotionRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(MotionKind, source="kind")
    gemeente = Text(source="municipality__gm_code")
    titel = Text(source="title")
    ingediendDoor = Text(source="submitted_by", allow_blank=True)
    datum = Day(source="dated", allow_null=True)
    tekst = Text(source="text", allow_blank=True)
    opvolging = Text(source="follow_up", allow_blank=True)
    plan = Whole(source="plan_id", allow_null=True)
    besluit = Whole(source="decision_id", allow_null=True)
    stand = Choice(MotionState, source="state")

    class Meta:
        ref_name = "Motie"


class QuestionRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    bijeenkomst = Whole(source="meeting_id", allow_null=True)
    volgnummer = Whole(source="number")
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    genoemdAls = Text(source="speaker", allow_blank=True)
    thema = Text(source="theme")
    soort = Choice(QuestionKind, source="kind")
    tekst = Text(source="text")
    datum = Day(source="asked_on", allow_null=True)
    antwoord = Text(source="answer", allow_blank=True)
    beantwoordOp = Day(source="answered_on", allow_null=True)
    opvolging = Text(source="follow_up", allow_blank=True)
    opvolgingUiterlijkOp = Day(source="follow_up_on", allow_null=True)
    verwerktIn = Whole(source="seen_processed_in_id", allow_null=True)
    stand = Choice(QuestionState, source="state")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Raadsvraag"
