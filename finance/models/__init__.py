from .backtests import BackTestRun
from .budgets import Budget
from .indexation import IndexRule
from .projections import ProjectionRun
from .savings import SavingsSeries, SavingsYear

__all__ = ["BackTestRun", "Budget", "IndexRule", "ProjectionRun", "SavingsSeries", "SavingsYear"]
