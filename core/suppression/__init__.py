"""Front door of the one suppression function; see docs/core/suppression.md."""

from core.suppression.marks import HIDDEN, Hidden, Mark
from core.suppression.model import (
    Amount,
    Count,
    Derived,
    Insider,
    Key,
    Part,
    Publication,
    Share,
    Sum,
    Suppression,
    Thresholds,
)
from core.suppression.suppress import rounded, suppress

__all__ = [
    "HIDDEN",
    "Amount",
    "Count",
    "Derived",
    "Hidden",
    "Insider",
    "Key",
    "Mark",
    "Part",
    "Publication",
    "Share",
    "Sum",
    "Suppression",
    "Thresholds",
    "rounded",
    "suppress",
]
