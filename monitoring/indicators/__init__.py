"""Front door of the indicator registry: every definition once, in words and in SQL."""

from .definition import Indicator, Source
from .registry import INDICATORS, find, get, of_theme

__all__ = ["INDICATORS", "Indicator", "Source", "find", "get", "of_theme"]
