from .figures import FigureSet, IndicatorValue
from .suppression import SuppressionResult

__all__ = ["FigureSet", "IndicatorValue", "SuppressionResult"]
