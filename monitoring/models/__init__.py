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
    "Letter",
    "Measure",
    "Observation",
    "Pattern",
    "PatternRun",
    "PhaseOutPlan",
    "PhaseOutStep",
    "PlanItem",
    "ProviderDelivery",
    "RoundQuestion",
    "SuppressionResult",
]
