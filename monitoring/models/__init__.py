from .agreed import AgreedIndicator, AgreedSet, AgreedTarget, AgreedVersion
from .cases import Case, CaseProcess, CaseSignal
from .figures import FigureSet, IndicatorValue
from .improvement import (
    ActionProgress,
    CaseIndicator,
    Conversation,
    ImprovementAction,
    ImprovementPlan,
    Observation,
    PlanItem,
)
from .interpretation import (
    InterpretationSession,
    Judgement,
    PerspectiveReading,
    ProviderJudgement,
    SteeringDecision,
)
from .learning import Initiative, Inquiry, InquiryFollower
from .local_teams import FeatureScore, LocalTeamFeature, SelfAssessment
from .measures import Alternative, Letter, Measure, PhaseOutPlan, PhaseOutStep
from .patterns import Pattern, PatternRun
from .risks import MitigationMeasure, Risk, RiskAssessment
from .rounds import DeliveredAnswer, DeliveryRound, ProviderDelivery, RoundQuestion
from .suppression import SuppressionResult

__all__ = [
    "ActionProgress",
    "AgreedIndicator",
    "AgreedSet",
    "AgreedTarget",
    "AgreedVersion",
    "Alternative",
    "Case",
    "CaseIndicator",
    "CaseProcess",
    "CaseSignal",
    "Conversation",
    "DeliveredAnswer",
    "DeliveryRound",
    "FeatureScore",
    "FigureSet",
    "ImprovementAction",
    "ImprovementPlan",
    "IndicatorValue",
    "Initiative",
    "Inquiry",
    "InquiryFollower",
    "InterpretationSession",
    "Judgement",
    "Letter",
    "LocalTeamFeature",
    "Measure",
    "MitigationMeasure",
    "Observation",
    "Pattern",
    "PatternRun",
    "PerspectiveReading",
    "PhaseOutPlan",
    "PhaseOutStep",
    "PlanItem",
    "ProviderDelivery",
    "ProviderJudgement",
    "Risk",
    "RiskAssessment",
    "RoundQuestion",
    "SelfAssessment",
    "SteeringDecision",
    "SuppressionResult",
]
