"""Front door of the one suppression function; see docs/core/suppression.md."""

from core.suppression.marks import HIDDEN, Hidden, Mark

__all__ = ["HIDDEN", "Hidden", "Mark"]
