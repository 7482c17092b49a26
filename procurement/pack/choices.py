"""Choices, procedures and development tables in a pack."""

from typing import Any

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
from regions.pack_parties import gm_code, municipality
from segments.enums import FundingForm
from segments.models import Segment

from ..enums.choices import (
    ChoiceState,
    IssueState,
    MarketSubject,
    MemberRole,
    NoticeKind,
    Openness,
    PlanningLevel,
    ProcedureKind,
    ProcedureState,
    ShareBase,
    StepKind,
)
from ..models import (
    CriterionAssessment,
    DevelopmentTable,
    ExcludedForm,
    FundingChoice,
    FundingCriterion,
    FundingPart,
    MarketFact,
    PlannedEvent,
    PlanStep,
    Procedure,
    ProcedureChoice,
    ProcedureCriterion,
    ProcedureWeighing,
    TableIssue,
    TableMember,
)
from .naming import PARTNER, find_framework, find_plan, find_segment, plan_name, segment_name

KEYS = (
    "bekostigingscriteria", "uitgesloten_vormen", "procedurecriteria", "afwegingen", "procedures",
    "ontwikkeltafels", "agenda",
)  # fmt: skip
SOURCE = Entry("bron", "source")


def _criterion(context: Context, code: str) -> FundingCriterion | None:
    return FundingCriterion.objects.filter(scheme=context["scheme"], code=code).first()


def _procedure_criterion(context: Context, number: str) -> ProcedureCriterion | None:
    rows = ProcedureCriterion.objects.filter(scheme=context["scheme"])
    return rows.filter(number=number).first() if number.isdigit() else None


def _step(context: Context, word: str) -> PlanStep | None:
    """'name of the procedure#name of the step': one that stands earlier in the pack."""
    procedure, _, name = word.rpartition("#")
    rows = PlanStep.objects.filter(procedure__region=context["region"], name=name)
    return rows.filter(procedure__name=procedure).first()


def _step_name(step: PlanStep) -> str:
    return f"{step.procedure}#{step.name}"


CRITERIA = Listing(
    "bekostigingscriteria", FundingCriterion, "scheme",
    (
        Entry("code", "code", required=True), Entry("tekst", "text", required=True),
        Choice("pleit_voor", "favours", of=FundingForm, required=True), SOURCE,
    ),
    identity=("code",), counter="order",
)  # fmt: skip
EXCLUDED = Listing(
    "uitgesloten_vormen", ExcludedForm, "scheme",
    (
        Choice("vorm", "form", of=FundingForm, required=True),
        Entry("reden", "reason", required=True), SOURCE,
    ),
    identity=("form",),
)  # fmt: skip
PROCEDURE_CRITERIA = Listing(
    "procedurecriteria", ProcedureCriterion, "scheme",
    (Entry("tekst", "text", required=True), Whole("gewicht", "weight", required=True), SOURCE),
    identity=("number",), counter="number",
)  # fmt: skip
ASSESSMENTS = Listing(
    "toetsing", CriterionAssessment, "segment",
    (
        Ref("criterium", "criterion", required=True, find=_criterion, name=lambda c: c.code),
        Flag("geldt", "applies"), Entry("reden", "reason"), SOURCE,
    ),
    identity=("criterion",),
)  # fmt: skip
PARTS = Listing(
    "onderdelen", FundingPart, "choice",
    (
        Entry("onderdeel", "name", required=True), Choice("vorm", "form", of=FundingForm),
        Number("deel", "share"), Number("bedrag", "amount"), Entry("reden", "reason"), SOURCE,
    ),
    identity=("name",), counter="order",
)  # fmt: skip
FUNDING = Listing(
    "bekostiging", FundingChoice, "segment",
    (
        Choice("vorm", "form", of=FundingForm),
        Choice("stand", "state", of=ChoiceState, required=True, only_new=True),
        Entry("schaal", "scale"), Entry("toelichting", "explanation"),
        SOURCE,
    ),
    identity=(), children=(PARTS,),
)  # fmt: skip
PROCEDURE_CHOICES = Listing(
    "procedure", ProcedureChoice, "segment",
    (
        Choice("soort", "kind", of=ProcedureKind),
        Choice("stand", "state", of=ChoiceState, required=True, only_new=True),
        Entry("overwegingen", "considerations"), Entry("toelichting", "explanation"),
        Entry("uitwijken", "fallback"), SOURCE,
    ),
    identity=(),
)  # fmt: skip
WEIGHINGS = Listing(
    "weging", ProcedureWeighing, "segment",
    (
        Ref("criterium", "criterion", required=True, find=_procedure_criterion,
            name=lambda c: str(c.number)),
        Entry("bevinding", "finding", required=True),
        Choice("pleit_voor", "favours", of=ProcedureKind), SOURCE,
    ),
    identity=("criterion",),
)  # fmt: skip
FACTS = Listing(
    "markt", MarketFact, "segment",
    (
        Choice("onderwerp", "subject", of=MarketSubject, required=True),
        Entry("feit", "text", required=True), Whole("aanbieders", "providers"),
        Number("aandeel", "share"), Choice("waarvan", "share_base", of=ShareBase), SOURCE,
    ),
    identity=("text",),
)  # fmt: skip
WEIGHED = Listing(
    "afwegingen", Segment, "scheme", (Entry("segment", "code", required=True),),
    identity=("code",), children=(ASSESSMENTS, FUNDING, FACTS, WEIGHINGS, PROCEDURE_CHOICES),
)  # fmt: skip
STEPS = Listing(
    "stappen", PlanStep, "procedure",
    (
        Entry("naam", "name", required=True), Entry("spoor", "track"),
        Choice("soort", "kind", of=StepKind, required=True),
        Choice("aankondiging", "notice", of=NoticeKind), Day("eerst_gepland", "first_end"),
        Day("begin", "start_on"), Day("gepland", "end_on"), Day("klaar", "done_on"),
        Refs("na", "after", find=_step, name=_step_name), SOURCE,
    ),
    identity=("track", "name"), counter="order",
)  # fmt: skip
PROCEDURES = Listing(
    "procedures", Procedure, "region",
    (
        Entry("naam", "name", required=True),
        Choice("soort", "kind", of=ProcedureKind, required=True),
        Refs("segmenten", "segments", find=find_segment, name=segment_name),
        Choice("stand", "state", of=ProcedureState, required=True, only_new=True),
        Choice("openstelling", "openness", of=Openness, default=Openness.NOT),
        Whole("ronde", "round", required=True), Day("contracten_vanaf", "contracts_from"),
        Entry("toelichting", "note"), SOURCE,
    ),
    identity=("name",), children=(STEPS,),
)  # fmt: skip
MEMBERS = Listing(
    "leden", TableMember, "table",
    (
        Ref("organisatie", "partner", required=True, find=PARTNER),
        Choice("rol", "role", of=MemberRole, default=MemberRole.MEMBER),
    ),
    identity=("partner",),
)  # fmt: skip
ISSUES = Listing(
    "vraagstukken", TableIssue, "table",
    (
        Entry("titel", "title", required=True), Entry("tekst", "text"),
        Choice("stand", "state", of=IssueState, required=True, only_new=True),
        Entry("uitkomst", "outcome", only_new=True), SOURCE,
    ),
    identity=("title",), counter="order",
)  # fmt: skip
TABLES = Listing(
    "ontwikkeltafels", DevelopmentTable, "region",
    (
        Entry("naam", "name", required=True), Entry("doel", "purpose"),
        Texts("spelregels", "rules"),
        Refs("segmenten", "segments", find=find_segment, name=segment_name),
        Ref("uitkomst", "plan", find=find_plan, name=plan_name), SOURCE,
    ),
    identity=("name",), children=(MEMBERS, ISSUES),
)  # fmt: skip
OF_SCHEME = (CRITERIA, EXCLUDED, PROCEDURE_CRITERIA, WEIGHED)
EVENTS = Listing(
    "agenda", PlannedEvent, "region",
    (
        Entry("titel", "title", required=True),
        Choice("niveau", "level", of=PlanningLevel, required=True),
        Day("begin", "start_on", required=True), Day("tot_en_met", "end_on"),
        Ref("gemeente", "municipality", find=municipality, name=gm_code),
        Ref("kader", "framework", find=find_framework, name=str),
        Entry("toelichting", "note"), SOURCE,
    ),
    identity=("title", "start_on"),
)  # fmt: skip
OF_REGION = (PROCEDURES, TABLES, EVENTS)


def read(pack: Node, context: Context) -> None:
    scheme, region = context.get("scheme"), context.get("region")
    for listing in OF_SCHEME if scheme is not None else ():
        listing.read(pack, scheme, context)
    for listing in OF_REGION if region is not None else ():
        listing.read(pack, region, context)


def write(context: Context) -> dict[str, Any]:
    """The choices of the scheme; procedures and tables of its segments."""
    scheme, region = context.get("scheme"), context["region"]
    data: dict[str, Any] = {}
    if scheme is not None:
        data |= {listing.key: listing.write(scheme) for listing in OF_SCHEME}
        data["afwegingen"] = [row for row in data["afwegingen"] if len(row) > 1]
    for listing in OF_REGION:
        data[listing.key] = listing.write(region, lambda row: _of(row, scheme))
    return {key: rows for key, rows in data.items() if rows}


def _of(row: Any, scheme: Any) -> bool:
    segments = list(row.segments.all()) if hasattr(row, "segments") else []
    return not segments or any(segment.scheme == scheme for segment in segments)
