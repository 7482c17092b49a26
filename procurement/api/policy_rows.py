"""How plans, decisions, consultation and meetings are written in the API."""

from rest_framework import serializers

from core.api.rest import (
    Choice,
    Day,
    Euros,
    Input,
    KeyOf,
    LastDay,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    made,
    many,
    values_of,
)
from core.documents.models import Confidentiality

from ..enums.policy import (
    ChapterKind,
    ConsultationState,
    DecisionState,
    Disposition,
    FrameworkKind,
    LinkKind,
    MeetingKind,
    MotionKind,
    MotionState,
    PlanKind,
    PlanState,
    ProposalState,
    QuestionKind,
    QuestionState,
)
from ..models import (
    LocalOrderLine,
    LocalTopic,
    Meeting,
    MeetingTheme,
    ProposalChapter,
)
from ..queries.plans import plans_visible_to

OPEN_END = "Leeg: loopt door of niet vermeld."


class FrameworkRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(FrameworkKind, source="kind")
    titel = Text(source="title")
    versie = Text(source="version", allow_blank=True)
    tekst = Text(source="text", allow_blank=True)
    vindplaats = Text(source="url", allow_blank=True)
    vanaf = Day(source="valid_from", allow_null=True)
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)
    inPlaatsVan = Whole(source="replaces_id", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Kader"


class TopicRows(Rows):
    onderwerp = Text(source="title")
    inAlleGemeenten = YesNo(source="is_fixed")

    class Meta:
        ref_name = "OnderwerpVanLokalePlannen"


class OrderLineRows(Rows):
    perceel = Text(source="lot__code")
    bedrag = Euros(source="amount", allow_null=True)
    prioriteit = Text(source="priority", allow_blank=True)

    class Meta:
        ref_name = "Opdrachtregel"


class PlanRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(PlanKind, source="kind")
    titel = Text(source="title")
    versie = Text(source="version")
    datum = Day(source="dated", allow_null=True)
    stand = Choice(PlanState, source="state")
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality")
    vanaf = Day(source="valid_from", allow_null=True)
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    subregio = Text(source="sub_region__name", allow_null=True)
    indeling = Text(source="scheme__code", allow_null=True)
    vorigeVersie = Whole(source="seen_follows_id", allow_null=True)
    samenvatting = Text(source="summary", allow_blank=True)
    onderwerpen = many(TopicRows, model=LocalTopic, by="framework_id", order=("order", "pk"))
    opdracht = many(OrderLineRows, model=LocalOrderLine, by="plan_id", order=("lot__order", "pk"))
    fictief = YesNo(source="fictitious")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Plan"


class SectionRows(Rows):
    id = Whole()
    regio = Text(source="document__region__slug")
    plan = Whole(source="document_id")
    nummer = Text(source="number")
    titel = Text(source="title")
    niveau = Whole(source="depth")
    onderwerp = Whole(source="topic_id", allow_null=True)
    volgorde = Whole(source="order")
    tekst = Text(source="text", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Hoofdstuk"


class AttachmentRows(Rows):
    id = Whole()
    regio = Text(source="plan__region__slug")
    plan = Whole(source="plan_id")
    nummer = Text(source="number", allow_blank=True)
    titel = Text(source="title")
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality")
    metBestand = made(YesNo(), "file_id", by=lambda key: key is not None)
    staatHierAlsPlan = Whole(source="seen_other_plan_id", allow_null=True)
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Bijlage"


class AttachmentInput(Input):
    plan = KeyOf(plans_visible_to, noun="plan")
    nummer = serializers.CharField(source="number", max_length=20, required=False, allow_blank=True)
    titel = serializers.CharField(source="title", max_length=200)
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality", required=False)
    staatHierAlsPlan = KeyOf(
        plans_visible_to, noun="plan", source="other_plan", required=False, allow_null=True
    )
    toelichting = serializers.CharField(
        source="note", max_length=300, required=False, allow_blank=True
    )
    bron = serializers.CharField(source="source", max_length=200, required=False, allow_blank=True)

    class Meta:
        ref_name = "BijlageInvoer"


class LinkRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(LinkKind, source="kind")
    hoofdstuk = Whole(source="section_id", allow_null=True)
    doel = Whole(source="goal_id", allow_null=True)
    bekostigingskeuze = Whole(source="funding_choice_id", allow_null=True)
    procedurekeuze = Whole(source="procedure_choice_id", allow_null=True)
    onderHoofdstuk = Whole(source="upper_section_id", allow_null=True)
    onderDoel = Whole(source="upper_goal_id", allow_null=True)
    onderKader = Whole(source="upper_framework_id", allow_null=True)
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Verband"


class ChapterRows(Rows):
    hoofdstuk = Choice(ChapterKind, source="kind")
    nummer = Text(source="number", allow_blank=True)
    kop = Text(source="heading", allow_blank=True)
    tekst = Text(source="text", allow_blank=True)

    class Meta:
        ref_name = "OnderdeelVanRaadsvoorstel"


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


class ThemeRows(Rows):
    titel = Text(source="title")
    vragen = Text(source="questions", allow_blank=True)
    besproken = Text(source="text", allow_blank=True)
    vraagstuk = Whole(source="issue_id", allow_null=True)

    class Meta:
        ref_name = "ThemaVanBijeenkomst"


class MeetingRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(MeetingKind, source="kind")
    titel = Text(source="title")
    datum = Day(source="held_on")
    plaats = Text(source="location", allow_blank=True)
    doel = Text(source="purpose", allow_blank=True)
    verslag = Text(source="report", allow_blank=True)
    versieVanHetVerslag = Text(source="report_version", allow_blank=True)
    plan = Whole(source="seen_plan_id", allow_null=True)
    tafel = Whole(source="table_id", allow_null=True, help_text="Ontwikkeltafel die bijeenkomt.")
    bijlage = Whole(source="seen_annex_id", allow_null=True)
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality")
    deelnemers = values_of(
        Texts(),
        model=Meeting.partners.through,
        by="meeting_id",
        column="chainpartner__name",
    )
    andereDeelnemers = made(Texts(), "others", by=list)
    themas = many(ThemeRows, model=MeetingTheme, by="meeting_id", order=("order", "pk"))
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Bijeenkomst"


class ConsultationRows(Rows):
    id = Whole()
    regio = Text(source="plan__region__slug")
    plan = Whole(source="plan_id")
    titel = Text(source="title")
    versie = Text(source="version", allow_blank=True)
    openVanaf = Day(source="opened_on", allow_null=True)
    openTotEnMet = Day(source="closed_on", allow_null=True)
    gevraagd = Text(source="invitation", allow_blank=True)
    kopVanHetAntwoord = Text(source="answered_by", allow_blank=True)
    inleiding = Text(source="introduction", allow_blank=True)
    slot = Text(source="closing", allow_blank=True)
    bijlage = Whole(source="seen_annex_id", allow_null=True)
    stand = Choice(ConsultationState, source="state")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Consultatie"


class RemarkRows(Rows):
    id = Whole()
    regio = Text(source="consultation__plan__region__slug")
    consultatie = Whole(source="consultation_id")
    nummer = Whole(source="number")
    organisatie = Text(source="partner__name")
    overHoofdstuk = Whole(source="seen_section_id", allow_null=True)
    opmerking = Text(source="remark")
    reactie = Text(source="response", allow_blank=True)
    afhandeling = Choice(Disposition, source="disposition", allow_null=True)
    verwerktIn = Whole(source="seen_processed_in_id", allow_null=True)
    naarPlan = Whole(source="seen_processed_plan_id", allow_null=True)
    waarVerwerkt = Text(source="processed_where", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Opmerking"


class OwnTopicRows(Rows):
    id = Whole()
    regio = Text(source="framework__region__slug")
    plan = Whole(source="framework_id")
    onderwerp = Text(source="title")
    inAlleGemeenten = YesNo(source="is_fixed")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "LokaalOnderwerp"


class OwnOrderLineRows(Rows):
    id = Whole()
    regio = Text(source="plan__region__slug")
    plan = Whole(source="plan_id")
    perceel = Whole(source="lot_id", help_text="Id van het segment.")
    bedrag = Euros(source="amount", allow_null=True)
    prioriteit = Text(source="priority", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "RegelVanOpdracht"


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


class OwnThemeRows(Rows):
    id = Whole()
    regio = Text(source="meeting__region__slug")
    bijeenkomst = Whole(source="meeting_id")
    titel = Text(source="title")
    vragen = Text(source="questions", allow_blank=True)
    besproken = Text(source="text", allow_blank=True)
    vraagstuk = Whole(source="issue_id", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Thema"
