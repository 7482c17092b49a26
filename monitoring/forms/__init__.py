from .figures import FigureFilter

__all__ = ["FigureFilter"]
