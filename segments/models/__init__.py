from .goals import DevelopmentTask, GoalIndicator, SegmentGoal, Target
from .indicators import IndicatorDefinition
from .products import CareCategory, Product, ProductPlacement
from .schemes import Segment, SegmentParticipation, SegmentScheme, SegmentTrait

__all__ = [
    "CareCategory",
    "DevelopmentTask",
    "GoalIndicator",
    "IndicatorDefinition",
    "Product",
    "ProductPlacement",
    "Segment",
    "SegmentGoal",
    "SegmentParticipation",
    "SegmentScheme",
    "SegmentTrait",
    "Target",
]
