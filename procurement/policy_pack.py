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
from regions.models import ChainPartner, GoverningBody, Region, SubRegion
from regions.pack_parties import gm_code, municipality
from segments.models import Segment, SegmentGoal, SegmentScheme

from .models import (
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
    PolicyLink,
    ProposalChapter,
)
from .policy_enums import (
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

KEYS = (
    "kaders", "plannen", "bijeenkomsten", "raadsvoorstellen", "moties", "raadsvragen",
)  # fmt: skip
LINK_KEYS = ("verbanden",)
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


def _named(model: Any, name: str = "name") -> Any:
    """Finds a row of the region by a unique name."""

    def find(context: Context, word: str) -> Any:
        return model.objects.filter(region=context["region"], **{name: word}).first()

    return find


def find_plan(context: Context, word: str) -> PolicyDocument | None:
    """By its title, or by title and version where there are more."""
    rows = PolicyDocument.objects.filter(region=context["region"])
    by_title = list(rows.filter(title=word)[:2])
    if len(by_title) == 1:
        return by_title[0]
    return next((plan for plan in rows if str(plan) == word), None)


def plan_name(plan: PolicyDocument) -> str:
    same = PolicyDocument.objects.filter(region_id=plan.region_id, title=plan.title).count()
    return plan.title if same == 1 else str(plan)


def find_section(context: Context, word: str) -> PlanSection | None:
    """'title of the plan#number'."""
    title, _, number = word.rpartition("#")
    plan = find_plan(context, title)
    return plan.sections.filter(number=number).first() if plan else None


def section_name(section: PlanSection) -> str:
    return f"{plan_name(section.document)}#{section.number}"


def find_goal(context: Context, word: str) -> SegmentGoal | None:
    """'scheme/segment/number'."""
    scheme, segment, number = (*word.split("/"), "", "")[:3]
    return SegmentGoal.objects.filter(
        segment__scheme__region=context["region"],
        segment__scheme__code=scheme,
        segment__code=segment,
        number=number,
    ).first()


def goal_name(goal: SegmentGoal) -> str:
    return f"{goal.segment.scheme.code}/{goal.segment.code}/{goal.number}"


def find_framework(context: Context, word: str) -> PolicyFramework | None:
    rows = PolicyFramework.objects.filter(region=context["region"])
    return next((row for row in rows if word in (str(row), row.title)), None)


def find_segment(context: Context, word: str) -> Segment | None:
    """'scheme/segment'."""
    scheme, _, code = word.partition("/")
    return Segment.objects.filter(
        scheme__region=context["region"], scheme__code=scheme, code=code
    ).first()


def segment_name(segment: Segment) -> str:
    return f"{segment.scheme.code}/{segment.code}"


PARTNER = _named(ChainPartner)


def _section(word: str, attr: str) -> Ref:
    return Ref(word, attr, find=find_section, name=section_name)


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
        Ref("orgaan", "body", required=True, find=_named(GoverningBody)),
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
        _section("over", "section"), Entry("opmerking", "remark", required=True),
        Entry("reactie", "response"), Choice("afhandeling", "disposition", of=Disposition),
        _section("verwerkt_in", "processed_in"), Entry("waar", "processed_where"), SOURCE,
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
        Choice("stand", "state", of=ConsultationState, required=True, only_new=True), SOURCE,
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
        Ref("subregio", "sub_region", find=_named(SubRegion)),
        Ref("indeling", "scheme", find=_named(SegmentScheme, "code"), name=lambda s: s.code),
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
        OPEN, SOURCE,
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
        Ref("bijeenkomst", "meeting", find=_named(Meeting, "title"), name=lambda m: m.title),
        Ref("gemeente", "municipality", find=municipality, name=gm_code),
        Entry("genoemd_als", "speaker"), Entry("thema", "theme", required=True),
        Choice("soort", "kind", of=QuestionKind, default=QuestionKind.WISH),
        Entry("tekst", "text", required=True), Day("datum", "asked_on"),
        Entry("antwoord", "answer", only_new=True), Day("beantwoord", "answered_on", only_new=True),
        Entry("opvolging", "follow_up", only_new=True),
        _section("verwerkt_in", "processed_in"),
        Choice("stand", "state", of=QuestionState, default=QuestionState.RAISED, only_new=True),
        SOURCE,
    ),
    identity=("meeting", "number"), counter="number",
)  # fmt: skip


def _choice_of(attr: str) -> Any:
    """Finds the choice of a segment ('scheme/segment')."""

    def find(context: Context, word: str) -> Any:
        segment = find_segment(context, word)
        return getattr(segment, attr, None) if segment else None

    return find


def _of_segment(choice: Any) -> str:
    return segment_name(choice.segment)


LINKS = Listing(
    "verbanden", PolicyLink, "region",
    (
        Choice("soort", "kind", of=LinkKind, default=LinkKind.ELABORATES),
        _section("hoofdstuk", "section"),
        Ref("doel", "goal", find=find_goal, name=goal_name),
        Ref("bekostigingskeuze", "funding_choice", find=_choice_of("funding_choice"),
            name=_of_segment),
        Ref("procedurekeuze", "procedure_choice", find=_choice_of("procedure_choice"),
            name=_of_segment),
        _section("onder_hoofdstuk", "upper_section"),
        Ref("onder_doel", "upper_goal", find=find_goal, name=goal_name),
        Ref("onder_kader", "upper_framework", find=find_framework),
        Entry("toelichting", "note"), SOURCE,
    ),
    identity=(
        "section", "goal", "funding_choice", "procedure_choice", "upper_section", "upper_goal",
        "upper_framework",
    ),
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
        MEETINGS.key: lambda row: row.plan_id not in left,
        PROPOSALS.key: lambda row: row.plan_id not in left,
        MOTIONS.key: lambda row: row.plan_id not in left,
        QUESTIONS.key: lambda row: row.meeting is None or row.meeting.plan_id not in left,
        LINKS.key: lambda row: _in_scheme(row, left, scheme),
    }
    data = {listing.key: listing.write(region, kept.get(listing.key, _all)) for listing in ALL}
    return {key: rows for key, rows in data.items() if rows}


def read_links(pack: Node, context: Context) -> None:
    """After everything that may hang on something."""
    region = context.get("region")
    if region is not None and not pack.problems:
        LINKS.read(pack, region, context)


def write_links(context: Context) -> dict[str, Any]:
    region, scheme = context["region"], context.get("scheme")
    left = {p.pk for p in region.plans.exclude(scheme=None).exclude(scheme=scheme)}
    rows = LINKS.write(region, lambda row: _in_scheme(row, left, scheme))
    return {LINKS.key: rows} if rows else {}


def _all(row: Any) -> bool:
    return True


def _in_scheme(link: PolicyLink, left: set[int], scheme: SegmentScheme | None) -> bool:
    sections = (link.section, link.upper_section)
    goals = (link.goal, link.upper_goal, link.funding_choice, link.procedure_choice)
    return not any(s is not None and s.document_id in left for s in sections) and not any(
        g is not None and g.segment.scheme != scheme for g in goals
    )
