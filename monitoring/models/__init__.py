from .figures import FigureSet, IndicatorValue

__all__ = ["FigureSet", "IndicatorValue"]
