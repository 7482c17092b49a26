"""What is written down row by row on shared pages; each module registers its own kinds."""

from . import choices, policy, tables

__all__ = ["choices", "policy", "tables"]
