from .goals import DevelopmentTask, GoalIndicator, SegmentGoal, Target
from .indicators import IndicatorDefinition
from .movements import Movement
from .products import CareCategory, Product, ProductPlacement
from .schemes import Segment, SegmentParticipation, SegmentScheme, SegmentTrait

__all__ = [
    "CareCategory",
    "DevelopmentTask",
    "GoalIndicator",
    "IndicatorDefinition",
    "Movement",
    "Product",
    "ProductPlacement",
    "Segment",
    "SegmentGoal",
    "SegmentParticipation",
    "SegmentScheme",
    "SegmentTrait",
    "Target",
]
