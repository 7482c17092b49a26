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
from .measures import Alternative, Letter, Measure, PhaseOutPlan, PhaseOutStep
from .patterns import Pattern, PatternRun
from .rounds import DeliveredAnswer, DeliveryRound, ProviderDelivery, RoundQuestion
from .suppression import SuppressionResult

__all__ = [
    "ActionProgress",
    "Alternative",
    "Case",
    "CaseIndicator",
    "CaseProcess",
    "CaseSignal",
    "Conversation",
    "DeliveredAnswer",
    "DeliveryRound",
    "FigureSet",
    "ImprovementAction",
    "ImprovementPlan",
    "IndicatorValue",
    "InterpretationSession",
    "Judgement",
    "Letter",
    "Measure",
    "Observation",
    "Pattern",
    "PatternRun",
    "PerspectiveReading",
    "PhaseOutPlan",
    "PhaseOutStep",
    "PlanItem",
    "ProviderDelivery",
    "ProviderJudgement",
    "RoundQuestion",
    "SteeringDecision",
    "SuppressionResult",
]
