from .admission import (
    Admission,
    AdmissionJudgement,
    AdmissionLetter,
    AdmissionObjection,
    EligibilityRequirement,
    Evidence,
    OpenHouse,
)
from .agreements import (
    AvailabilityFee,
    BespokeAgreement,
    Clause,
    Obligation,
    Sanction,
    TransformationAgreement,
)
from .ceilings import CeilingLetter, CeilingSignal
from .changes import (
    ContractExtension,
    ContractRevision,
    ContractVersion,
    ExtensionTest,
    RevisionChange,
)
from .choices import (
    CriterionAssessment,
    ExcludedForm,
    FundingChoice,
    FundingCriterion,
    FundingPart,
    MarketFact,
    ProcedureChoice,
    ProcedureCriterion,
    ProcedureWeighing,
)
from .compliance import (
    ComplianceAnswer,
    ComplianceCheck,
    CompliancePoint,
    ComplianceStandard,
)
from .consultation import Consultation, ConsultationRemark
from .contracts import Contract, ContractPhase, ContractProduct, SpendingCap
from .dated import Dated, holding_on
from .decisions import CouncilProposal, CouncilQuestion, Decision, Motion, ProposalChapter
from .indexing import (
    IndexationAmount,
    IndexationLine,
    IndexationRule,
    IndexationRun,
    IndexFigure,
)
from .links import PolicyLink
from .lots import Lot
from .meetings import Meeting, MeetingTheme
from .phases import SchemePhase
from .planning import PlannedEvent
from .plans import (
    LocalOrderLine,
    LocalTopic,
    PlanAttachment,
    PlanSection,
    PolicyDocument,
    PolicyFramework,
)
from .procedures import PlanStep, Procedure
from .rounds import ChangeLine, ChangeRound
from .tables import Commitment, DevelopmentTable, TableIssue, TableMember, TablePosition
from .tariffs import CostComponents, Tariff
from .terms import ContractPolicy, Terms
from .transition import (
    TransitionCount,
    TransitionCountLine,
    TransitionOffer,
    TransitionPlan,
    TransitionStep,
)
from .voting import Ballot, CollegeVote, VotingRule

__all__ = [
    "Admission",
    "AdmissionJudgement",
    "AdmissionLetter",
    "AdmissionObjection",
    "AvailabilityFee",
    "Ballot",
    "BespokeAgreement",
    "CeilingLetter",
    "CeilingSignal",
    "ChangeLine",
    "ChangeRound",
    "Clause",
    "CollegeVote",
    "Commitment",
    "ComplianceAnswer",
    "ComplianceCheck",
    "CompliancePoint",
    "ComplianceStandard",
    "Consultation",
    "ConsultationRemark",
    "Contract",
    "ContractExtension",
    "ContractPhase",
    "ContractPolicy",
    "ContractProduct",
    "ContractRevision",
    "ContractVersion",
    "CostComponents",
    "CouncilProposal",
    "CouncilQuestion",
    "CriterionAssessment",
    "Dated",
    "Decision",
    "DevelopmentTable",
    "EligibilityRequirement",
    "Evidence",
    "ExcludedForm",
    "ExtensionTest",
    "FundingChoice",
    "FundingCriterion",
    "FundingPart",
    "IndexFigure",
    "IndexationAmount",
    "IndexationLine",
    "IndexationRule",
    "IndexationRun",
    "LocalOrderLine",
    "LocalTopic",
    "Lot",
    "MarketFact",
    "Meeting",
    "MeetingTheme",
    "Motion",
    "Obligation",
    "OpenHouse",
    "PlanAttachment",
    "PlanSection",
    "PlanStep",
    "PlannedEvent",
    "PolicyDocument",
    "PolicyFramework",
    "PolicyLink",
    "Procedure",
    "ProcedureChoice",
    "ProcedureCriterion",
    "ProcedureWeighing",
    "ProposalChapter",
    "RevisionChange",
    "Sanction",
    "SchemePhase",
    "SpendingCap",
    "TableIssue",
    "TableMember",
    "TablePosition",
    "Tariff",
    "Terms",
    "TransformationAgreement",
    "TransitionCount",
    "TransitionCountLine",
    "TransitionOffer",
    "TransitionPlan",
    "TransitionStep",
    "VotingRule",
    "holding_on",
]
