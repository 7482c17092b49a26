"""What monitoring adds to shared pages; one module per subject."""

from .. import kinds  # noqa: F401 -- registers its kinds
from . import (
    agreed,
    cases,
    choices,
    delivered,
    figures,
    goals,
    interpretation,
    patterns,
    rounds,
    steering,
)

__all__ = [
    "agreed",
    "cases",
    "choices",
    "delivered",
    "figures",
    "goals",
    "interpretation",
    "patterns",
    "rounds",
    "steering",
]
