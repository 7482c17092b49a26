"""Who may write down plans, decisions, choices and procedures."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Municipality, Region
from regions.queries.access import access_of

from ..enums.policy import EDITORS
from ..models import (
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

# What a clerk keeps for the own municipality.
OF_A_COUNCIL = (Decision, Motion, CouncilQuestion)
# What a contract manager keeps too.
OF_DEALING = (Procedure, PlanStep, DevelopmentTable, TableMember, TableIssue, TablePosition,
              Commitment)  # fmt: skip
# The way from a row to its region.
REGION_PATHS: dict[type[Any], str] = {
    PolicyFramework: "region",
    PolicyDocument: "region",
    PlanSection: "document__region",
    LocalTopic: "framework__region",
    PlanAttachment: "plan__region",
    PolicyLink: "region",
    LocalOrderLine: "plan__region",
    CouncilProposal: "region",
    ProposalChapter: "proposal__region",
    Decision: "plan__region",
    Motion: "region",
    CouncilQuestion: "region",
    Meeting: "region",
    MeetingTheme: "meeting__region",
    Consultation: "plan__region",
    ConsultationRemark: "consultation__plan__region",
    FundingCriterion: "scheme__region",
    CriterionAssessment: "segment__scheme__region",
    ExcludedForm: "scheme__region",
    FundingChoice: "segment__scheme__region",
    FundingPart: "choice__segment__scheme__region",
    ProcedureCriterion: "scheme__region",
    ProcedureWeighing: "segment__scheme__region",
    ProcedureChoice: "segment__scheme__region",
    MarketFact: "segment__scheme__region",
    Procedure: "region",
    PlanStep: "procedure__region",
    DevelopmentTable: "region",
    TableMember: "table__region",
    TableIssue: "table__region",
    TablePosition: "issue__table__region",
    Commitment: "table__region",
    PlannedEvent: "region",
}


def region_of(row: Any) -> Region:
    """The region to which a row of plans, decisions or choices belongs."""
    found = row
    for name in REGION_PATHS[type(row)].split("__"):
        found = getattr(found, name)
    region: Region = found
    return region


def can_edit_policy(user: Any, region: Region) -> bool:
    return access_of(user).has(*EDITORS, region_id=region.pk)


def check_can_edit_policy(user: Any, region: Region, row: Any = None) -> None:
    """`row` without a municipality yet is a form that a clerk opens; keeping it asks again."""
    if can_edit_policy(user, region):
        return
    if _of_dealing(row) and access_of(user).has(Role.CONTRACT_MANAGER, region_id=region.pk):
        return
    if isinstance(row, OF_A_COUNCIL):
        of, own = _municipality(row), clerk_of(user, region)
        if own and ((of is None and row.pk is None) or (of is not None and of.gm_code in own)):
            return
    raise NotAllowed(
        f"Alleen een beleidsmedewerker of regiobeheerder van {region} kan plannen, keuzes en "
        "procedures wijzigen. Een griffier houdt besluiten, moties en vragen van de eigen raad "
        "bij."
    )


def _of_dealing(row: Any) -> bool:
    """Also a meeting of a development table, with its agenda; one that was of no table is not."""
    meeting = row.meeting if isinstance(row, MeetingTheme) else row
    if not isinstance(meeting, Meeting):
        return isinstance(row, OF_DEALING)
    if meeting.table_id is None:
        return False
    return not Meeting.objects.filter(pk=meeting.pk, table=None).exists()


def check_can_keep_tables(user: Any, table: DevelopmentTable) -> None:
    check_can_edit_policy(user, table.region, table)


def can_keep_tables(user: Any, table: DevelopmentTable) -> bool:
    """Whether the user may call the members of a table together."""
    try:
        check_can_keep_tables(user, table)
    except NotAllowed:
        return False
    return True


def check_can_keep(user: Any, row: Any) -> None:
    region = region_of(row)
    check_can_edit_policy(user, region, row)
    mine = isinstance(row, OF_A_COUNCIL) and not can_edit_policy(user, region)
    if mine and _municipality(row) is None:
        raise NotAllowed("Kies uw eigen gemeente: een griffier werkt voor de eigen raad.")


def roles_for(user: Any, row: Any) -> frozenset[str]:
    """The roles that count for this row: a clerk's only in the own municipality."""
    region = region_of(row)
    roles = access_of(user).roles_in(region.pk)
    of = _municipality(row)
    if of is None or of.gm_code not in clerk_of(user, region):
        roles -= {Role.COUNCIL_CLERK}
    return roles


def clerk_of(user: Any, region: Region) -> frozenset[str]:
    """The municipalities of whose council the user is the clerk."""
    grants = access_of(user).grants
    return frozenset(
        g.gm_code
        for g in grants
        if g.role == Role.COUNCIL_CLERK and g.region_id == region.pk and g.gm_code
    )


def _municipality(row: Any) -> Municipality | None:
    found = (
        (row.body.municipality if row.body_id else None)
        if isinstance(row, Decision)
        else getattr(row, "municipality", None)
    )
    return found if isinstance(found, Municipality) else None
