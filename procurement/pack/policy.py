"""Plans, decisions, consultation and meetings in a pack."""

from typing import Any

from core.documents.models import Confidentiality
from core.packs import Node
from core.packs.listing import (
    Choice,
    Context,
    Day,
    Entry,
    Flag,
    Listing,
    Number,
    Ref,
    Refs,
    Texts,
    Whole,
)
from regions.models import GoverningBody, Region, SubRegion
from regions.pack_parties import gm_code, municipality
from segments.models import SegmentScheme

from ..enums.policy import (
    ChapterKind,
    ConsultationState,
    DecisionState,
    Disposition,
    FrameworkKind,
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
    Consultation,
    ConsultationRemark,
    CouncilProposal,
    CouncilQuestion,
    Decision,
    LocalOrderLine,
    LocalTopic,
    Meeting,
    MeetingTheme,
    Motion,
    PlanAttachment,
    PlanSection,
    PolicyDocument,
    PolicyFramework,
    ProposalChapter,
)
from .naming import (
    PARTNER,
    annex_name,
    find_annex,
    find_framework,
    find_plan,
    find_segment,
    named,
    plan_name,
    section_of,
    segment_name,
)

KEYS = (
    "kaders", "plannen", "bijeenkomsten", "raadsvoorstellen", "moties", "raadsvragen",
)  # fmt: skip
SOURCE = Entry("bron", "source")
OPENNESS = {
    "openbaar": Confidentiality.PUBLIC,
    "intern": Confidentiality.INTERNAL,
    "vertrouwelijk": Confidentiality.CONFIDENTIAL,
}
CHAPTERS = {
    "kern": ChapterKind.CORE,
    "aanleiding": ChapterKind.REASON,
    "beoogd effect": ChapterKind.EFFECT,
    "argument": ChapterKind.ARGUMENT,
    "risico": ChapterKind.RISK,
    "financien": ChapterKind.MONEY,
    "participatie": ChapterKind.PARTICIPATION,
    "communicatie": ChapterKind.COMMUNICATION,
    "verdere procedure": ChapterKind.NEXT,
    "bestuurlijk kader": ChapterKind.FRAMEWORK,
}
OPEN = Choice(
    "vertrouwelijkheid", "confidentiality", options=OPENNESS, default=Confidentiality.INTERNAL
)
PERIOD = (Day("vanaf", "valid_from"), Day("tot", "valid_to"))


FRAMEWORKS = Listing(
    "kaders", PolicyFramework, "region",
    (
        Entry("titel", "title", required=True), Entry("versie", "version"),
        Choice("soort", "kind", of=FrameworkKind, required=True), Entry("tekst", "text"),
        Entry("vindplaats", "url"), *PERIOD,
        Ref("in_plaats_van", "replaces", find=find_framework), SOURCE,
    ),
    identity=("title", "version"),
)  # fmt: skip
TOPICS = Listing(
    "onderwerpen", LocalTopic, "framework",
    (Entry("titel", "title", required=True), Flag("vast", "is_fixed"), SOURCE),
    identity=("title",), counter="order",
)  # fmt: skip


def _find_topic(context: Context, word: str) -> LocalTopic | None:
    rows = LocalTopic.objects.filter(framework__region=context["region"], title=word)
    return rows.first()


SECTIONS = Listing(
    "hoofdstukken", PlanSection, "document",
    (
        Entry("nummer", "number", required=True), Entry("titel", "title", required=True),
        Whole("niveau", "depth", required=True), Entry("tekst", "text"),
        Ref("onderwerp", "topic", find=_find_topic), SOURCE,
    ),
    identity=("number",), counter="order",
)  # fmt: skip
ATTACHMENTS = Listing(
    "bijlagen", PlanAttachment, "plan",
    (
        Entry("nummer", "number"), Entry("titel", "title", required=True), OPEN,
        Ref("staat_als_plan", "other_plan", find=find_plan, name=plan_name),
        Entry("toelichting", "note"), SOURCE,
    ),
    identity=("title",),
)  # fmt: skip
ORDER_LINES = Listing(
    "opdracht", LocalOrderLine, "plan",
    (
        Ref("perceel", "lot", required=True, find=find_segment, name=segment_name),
        Number("bedrag", "amount"), Entry("prioriteit", "priority"), SOURCE,
    ),
    identity=("lot",),
)  # fmt: skip
DECISIONS = Listing(
    "besluiten", Decision, "plan",
    (
        Ref("orgaan", "body", required=True, find=named(GoverningBody)),
        Entry("gevraagd", "question", required=True),
        Choice("uitslag", "state", of=DecisionState, required=True, only_new=True),
        Day("gepland", "asked_for"), Day("besloten", "decided_on"), Whole("voor", "votes_for"),
        Whole("tegen", "votes_against"), Entry("toelichting", "note"),
        Flag("fictief", "fictitious"), SOURCE,
    ),
    identity=("body",),
)  # fmt: skip
REMARKS = Listing(
    "opmerkingen", ConsultationRemark, "consultation",
    (
        Ref("organisatie", "partner", required=True, find=PARTNER),
        section_of("over", "section"), Entry("opmerking", "remark", required=True),
        Entry("reactie", "response"), Choice("afhandeling", "disposition", of=Disposition),
        section_of("verwerkt_in", "processed_in"),
        Ref("naar_plan", "processed_plan", find=find_plan, name=plan_name),
        Entry("waar", "processed_where"), SOURCE,
    ),
    identity=("number",), counter="number",
)  # fmt: skip
CONSULTATIONS = Listing(
    "consultaties", Consultation, "plan",
    (
        Entry("titel", "title", required=True), Entry("kop_reactie", "answered_by"),
        Entry("versie", "version"), Day("open", "opened_on"), Day("dicht", "closed_on"),
        Entry("gevraagd", "invitation"), Entry("inleiding", "introduction"),
        Entry("slot", "closing"),
        Choice("stand", "state", of=ConsultationState, required=True, only_new=True),
        Ref("bijlage", "annex", find=find_annex, name=annex_name), SOURCE,
    ),
    identity=("title",), children=(REMARKS,),
)  # fmt: skip
PLANS = Listing(
    "plannen", PolicyDocument, "region",
    (
        Entry("titel", "title", required=True), Entry("versie", "version", required=True),
        Choice("soort", "kind", of=PlanKind, required=True), Day("datum", "dated"),
        Choice("stand", "state", of=PlanState, required=True, only_new=True), OPEN, *PERIOD,
        Ref("gemeente", "municipality", find=municipality, name=gm_code),
        Ref("subregio", "sub_region", find=named(SubRegion)),
        Ref("indeling", "scheme", find=named(SegmentScheme, "code"), name=lambda s: s.code),
        Refs("werkt_uit", "based_on", find=find_plan, name=plan_name),
        Ref("vorige_versie", "follows", find=find_plan),
        Entry("samenvatting", "summary"), Flag("fictief", "fictitious"), SOURCE,
    ),
    identity=("title", "version"),
    children=(TOPICS, SECTIONS, ATTACHMENTS, ORDER_LINES, DECISIONS, CONSULTATIONS),
)  # fmt: skip
THEMES = Listing(
    "themas", MeetingTheme, "meeting",
    (
        Entry("titel", "title", required=True), Entry("vragen", "questions"),
        Entry("besproken", "text"), SOURCE,
    ),
    identity=("title",), counter="order",
)  # fmt: skip
MEETINGS = Listing(
    "bijeenkomsten", Meeting, "region",
    (
        Entry("titel", "title", required=True), Day("datum", "held_on", required=True),
        Choice("soort", "kind", of=MeetingKind, required=True), Entry("plaats", "location"),
        Entry("doel", "purpose"), Entry("verslag", "report"),
        Entry("verslag_versie", "report_version"), Refs("deelnemers", "partners", find=PARTNER),
        Texts("andere_deelnemers", "others"), Ref("plan", "plan", find=find_plan, name=plan_name),
        Ref("bijlage", "annex", find=find_annex, name=annex_name), OPEN, SOURCE,
    ),
    identity=("title", "held_on"), children=(THEMES,),
)  # fmt: skip
PROPOSAL_CHAPTERS = Listing(
    "onderdelen", ProposalChapter, "proposal",
    (
        Choice("hoofdstuk", "kind", options=CHAPTERS, required=True), Entry("nummer", "number"),
        Entry("kop", "heading"), Entry("tekst", "text"),
    ),
    identity=("order",), counter="order",
)  # fmt: skip
PROPOSALS = Listing(
    "raadsvoorstellen", CouncilProposal, "region",
    (
        Entry("titel", "title", required=True),
        Ref("gemeente", "municipality", required=True, find=municipality, name=gm_code),
        Ref("plan", "plan", required=True, find=find_plan, name=plan_name), Entry("van", "sender"),
        Day("datum", "dated"), Entry("portefeuillehouder", "portfolio_holder"),
        Entry("programma", "programme"), Entry("zaaknummer", "case_number"),
        Texts("besluit", "decisions"), Texts("bijlagen", "attachments"),
        Texts("ondertekening", "signatories"),
        Choice("stand", "state", of=ProposalState, required=True, only_new=True),
        Flag("fictief", "fictitious"), SOURCE,
    ),
    identity=("title", "municipality"), children=(PROPOSAL_CHAPTERS,),
)  # fmt: skip
MOTIONS = Listing(
    "moties", Motion, "region",
    (
        Entry("titel", "title", required=True),
        Choice("soort", "kind", of=MotionKind, required=True),
        Ref("gemeente", "municipality", required=True, find=municipality, name=gm_code),
        Ref("plan", "plan", find=find_plan, name=plan_name),
        Entry("ingediend_door", "submitted_by"), Day("datum", "dated"), Entry("tekst", "text"),
        Entry("opvolging", "follow_up"),
        Choice("stand", "state", of=MotionState, required=True, only_new=True), SOURCE,
    ),
    identity=("title", "municipality"),
)  # fmt: skip
QUESTIONS = Listing(
    "raadsvragen", CouncilQuestion, "region",
    (
        Ref("bijeenkomst", "meeting", find=named(Meeting, "title"), name=lambda m: m.title),
        Ref("gemeente", "municipality", find=municipality, name=gm_code),
        Entry("genoemd_als", "speaker"), Entry("thema", "theme", required=True),
        Choice("soort", "kind", of=QuestionKind, default=QuestionKind.WISH),
        Entry("tekst", "text", required=True), Day("datum", "asked_on"),
        Entry("antwoord", "answer", only_new=True), Day("beantwoord", "answered_on", only_new=True),
        Entry("opvolging", "follow_up", only_new=True),
        Day("opvolging_op", "follow_up_on", only_new=True),
        section_of("verwerkt_in", "processed_in"),
        Choice("stand", "state", of=QuestionState, default=QuestionState.RAISED, only_new=True),
        SOURCE,
    ),
    identity=("meeting", "municipality", "theme", "text"), counter="number",
)  # fmt: skip


ALL = (FRAMEWORKS, PLANS, MEETINGS, PROPOSALS, MOTIONS, QUESTIONS)


def read(pack: Node, context: Context) -> None:
    region = context.get("region")
    if region is None:
        return
    for listing in ALL:
        listing.read(pack, region, context)
        if pack.problems:
            return


def write(context: Context) -> dict[str, Any]:
    """Everything of the region that belongs to the scheme that is written, or to none."""
    region: Region = context["region"]
    scheme = context.get("scheme")
    left = {p.pk for p in region.plans.exclude(scheme=None).exclude(scheme=scheme)}
    kept = {
        PLANS.key: lambda row: row.pk not in left,
        # What is said at a development table stays with those who sit there.
        MEETINGS.key: lambda row: row.plan_id not in left and row.table_id is None,
        PROPOSALS.key: lambda row: row.plan_id not in left,
        MOTIONS.key: lambda row: row.plan_id not in left,
        QUESTIONS.key: lambda row: row.meeting is None or row.meeting.plan_id not in left,
    }
    data = {listing.key: listing.write(region, kept.get(listing.key, _all)) for listing in ALL}
    return {key: rows for key, rows in data.items() if rows}


def _all(row: Any) -> bool:
    return True
