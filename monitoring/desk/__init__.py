"""What monitoring adds to shared pages; one module per subject."""

from . import cases, delivered, figures, goals, patterns, rounds

__all__ = ["cases", "delivered", "figures", "goals", "patterns", "rounds"]
