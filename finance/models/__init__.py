from .budgets import Budget
from .indexation import IndexRule
from .projections import ProjectionRun
from .savings import SavingsSeries, SavingsYear

__all__ = ["Budget", "IndexRule", "ProjectionRun", "SavingsSeries", "SavingsYear"]
