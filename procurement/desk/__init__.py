"""What procurement adds to shared pages; one module per subject."""

from .. import kinds  # noqa: F401 -- registers its kinds
from . import (
    admission,
    ceilings,
    compliance,
    contracts,
    finding,
    policy,
    tables,
    transition,
    voting,
)

__all__ = [
    "admission",
    "ceilings",
    "compliance",
    "contracts",
    "finding",
    "policy",
    "tables",
    "transition",
    "voting",
]
