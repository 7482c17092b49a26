"""What monitoring adds to shared pages; one module per subject."""

from . import cases, figures, goals

__all__ = ["cases", "figures", "goals"]
