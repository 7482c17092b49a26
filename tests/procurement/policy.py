"""Rows of plans, decisions and consultation, made for tests of any kind."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from procurement.models import (
    Commitment,
    Consultation,
    ConsultationRemark,
    CouncilProposal,
    CouncilQuestion,
    CriterionAssessment,
    Decision,
    DevelopmentTable,
    ExcludedForm,
    FundingChoice,
    FundingCriterion,
    FundingPart,
    LocalOrderLine,
    LocalTopic,
    MarketFact,
    Meeting,
    MeetingTheme,
    Motion,
    PlanAttachment,
    PlannedEvent,
    PlanSection,
    PlanStep,
    PolicyDocument,
    PolicyFramework,
    PolicyLink,
    Procedure,
    ProcedureChoice,
    ProcedureCriterion,
    ProcedureWeighing,
    ProposalChapter,
    TableIssue,
    TableMember,
    TablePosition,
)
from regions.models import (
    ChainPartner,
    GoverningBody,
    MunicipalMerger,
    PurchasingOrganisation,
    ServiceLevelAgreement,
    SubRegion,
)
from tests.factories import Made


@dataclass
class Policy:
    """One of everything that a region writes down; `rows` by the code of its kind."""

    plan: PolicyDocument
    chapter: PlanSection
    clause: PlanSection
    decision: Decision
    proposal: CouncilProposal
    consultation: Consultation
    remark: ConsultationRemark
    secret: PolicyDocument
    draft: PolicyDocument
    framework: PolicyFramework


def a_plan(made: Made, title: str, **fields: Any) -> PolicyDocument:
    values = {"kind": "strategy", "state": "adopted", "confidentiality": "public"} | fields
    return PolicyDocument.objects.create(region=made.region, title=title, **values)


def a_section(plan: PolicyDocument, number: str = "1", **fields: Any) -> PlanSection:
    values = {"title": "Uitgangspunten", "text": "Hulp is zo thuis als mogelijk."} | fields
    return PlanSection.objects.create(document=plan, number=number, **values)


def with_policy(made: Made) -> Policy:
    region, town = made.region, made.municipalities[0]
    _who_we_are(made)
    body = GoverningBody.objects.get(region=region, kind="council")
    partner = ChainPartner.objects.get(region=region)
    vision = a_plan(made, "Visie jeugd", kind="vision")
    plan = a_plan(
        made, "Inkoopstrategie", state="proposed", scheme=made.scheme, valid_from=date(2023, 1, 1)
    )
    plan.based_on.add(vision)
    chapter, up = a_section(plan), a_section(vision, title="Zo thuis mogelijk")
    text = a_plan(made, "Contracttekst", kind="contract")
    clause = a_section(text, "4", title="Meten van doelen", text="Partijen meten elk doel.")
    framework = PolicyFramework.objects.create(region=region, kind="law", title="Jeugdwet")
    for below in ({"goal": made.goal, "upper_section": chapter},
                  {"section": clause, "upper_goal": made.goal, "kind": "secures"},
                  {"section": chapter, "upper_section": up},
                  {"section": up, "upper_framework": framework, "kind": "bound_by"}):  # fmt: skip
        PolicyLink.objects.create(region=region, **below)
    PlanAttachment.objects.create(plan=plan, title="Factsheet", confidentiality="public")
    topic = LocalTopic.objects.create(framework=vision, title="Lokale teams")
    local = a_plan(made, "Lokaal plan", kind="local", municipality=town)
    local.based_on.add(vision)
    a_section(local, title="Lokale teams", topic=topic)
    LocalOrderLine.objects.create(plan=local, lot=made.segments[0], amount="1000.00")
    decision = Decision.objects.create(plan=plan, body=body, question="De strategie vaststellen")
    proposal = CouncilProposal.objects.create(
        region=region, municipality=town, plan=plan, title="Kaders inkoop", state="sent",
        decisions=["De strategie vaststellen."],
    )  # fmt: skip
    ProposalChapter.objects.create(proposal=proposal, kind="core", text="Waar het om gaat.")
    Motion.objects.create(region=region, municipality=town, title="Minder regels", plan=plan)
    meeting = Meeting.objects.create(
        region=region, kind="council", title="Raden bijeen", held_on=date(2025, 3, 31),
        plan=plan, confidentiality="public",
    )  # fmt: skip
    meeting.partners.add(partner)
    MeetingTheme.objects.create(meeting=meeting, title="Zorglandschap", text="Wat is er nodig?")
    CouncilQuestion.objects.create(
        region=region, meeting=meeting, municipality=town, theme="zorglandschap",
        text="Hoe blijft zorg dichtbij?", answer="Door lokale teams.", number=1,
    )  # fmt: skip
    consultation = Consultation.objects.create(plan=plan, title="Reactienota", state="closed")
    remark = ConsultationRemark.objects.create(
        consultation=consultation, number=1, partner=partner, section=chapter,
        remark="Graag concreter.", response="Dat doen we.", disposition="adopted",
    )  # fmt: skip
    secret = a_plan(
        made, "Verwervingsstrategie", kind="acquisition", confidentiality="confidential"
    )
    a_section(secret, title="Onderhandelingsmandaat", text="Hoeveel ruimte wij hebben.")
    PolicyLink.objects.create(region=region, section=secret.sections.get(), upper_section=chapter)
    draft = a_plan(made, "Nieuw inkoopplan", kind="procurement", state="draft")
    _choices(made, partner)
    return Policy(
        plan, chapter, clause, decision, proposal, consultation, remark, secret, draft, framework
    )


def _choices(made: Made, partner: ChainPartner) -> None:
    scheme, segment = made.scheme, made.segments[0]
    criterion = FundingCriterion.objects.create(
        scheme=scheme, code="T1", text="Beschikbaarheid", favours="task_based"
    )
    CriterionAssessment.objects.create(criterion=criterion, segment=segment, applies=True)
    ExcludedForm.objects.create(scheme=scheme, form="output_based", reason="Rechtszekerheid")
    funding = FundingChoice.objects.create(
        segment=segment, form="task_based", explanation="Schaars."
    )
    FundingPart.objects.create(choice=funding, name="Crisis", form="effort_based", reason="Spoed.")
    weighed = ProcedureCriterion.objects.create(scheme=scheme, number=1, text="Type zorg")
    ProcedureWeighing.objects.create(criterion=weighed, segment=segment, finding="Specialistisch")
    ProcedureChoice.objects.create(segment=segment, kind="revision", explanation="Samen verder.")
    MarketFact.objects.create(segment=segment, subject="entry", text="Geen nieuwe spelers")
    procedure = Procedure.objects.create(region=made.region, name="Herziening", kind="revision")
    procedure.segments.add(segment)
    PlanStep.objects.create(procedure=procedure, name="Start", end_on=date(2026, 7, 1))
    PlannedEvent.objects.create(
        region=made.region, level="national", title="Wijziging van de Jeugdwet",
        start_on=date(2027, 1, 1),
    )  # fmt: skip
    table = DevelopmentTable.objects.create(region=made.region, name="Tafel verblijf")
    TableMember.objects.create(table=table, partner=partner)
    issue = TableIssue.objects.create(table=table, title="Tempo")
    TablePosition.objects.create(issue=issue, partner=partner, stance="for")
    Commitment.objects.create(
        table=table, owner=partner, text="Een voorstel", due_on=date(2026, 1, 1)
    )


def _who_we_are(made: Made) -> None:
    region, (town, other) = made.region, made.municipalities[:2]
    partner = ChainPartner.objects.create(
        region=region, name="Samenwerkingsverband Noord", kind="education"
    )
    partner.municipalities.add(town)
    purchaser = PurchasingOrganisation.objects.create(region=region, name="Inkoopbureau")
    ServiceLevelAgreement.objects.create(purchaser=purchaser, name="DVO", term_years=5)
    GoverningBody.objects.create(
        region=region, name=f"Raad van {town}", kind="council", municipality=town
    )
    MunicipalMerger.objects.create(
        region=region, former=other, successor=town, merged_on=date(2022, 1, 1)
    )
    SubRegion.objects.get_or_create(region=region, name="Kust")
