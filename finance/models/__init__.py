from .backtests import BackTestRun
from .budgets import Budget
from .indexation import IndexRule
from .keys import AllocationKey, FixedShare
from .projections import ProjectionRun
from .savings import SavingsSeries, SavingsYear

__all__ = [
    "AllocationKey",
    "BackTestRun",
    "Budget",
    "FixedShare",
    "IndexRule",
    "ProjectionRun",
    "SavingsSeries",
    "SavingsYear",
]
