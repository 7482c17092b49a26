from .backtests import BackTestRun
from .budgets import Budget
from .deviations import CheckedRun, CheckTerms, Deviation, LineFinding
from .indexation import IndexRule
from .keys import AllocationKey, FixedShare, KeyBasis
from .measures import Measure, MeasureStep
from .projections import ProjectionRun
from .savings import SavingsSeries, SavingsYear
from .savings_plans import SavingsPlan, SegmentShare
from .scenarios import Scenario, ScenarioMeasure
from .steering import (
    BudgetShift,
    IncomeFromState,
    ProviderIndication,
    Settlement,
    ShiftRule,
    VolumeTarget,
)
from .turning import ExpectedTurn

__all__ = [
    "AllocationKey",
    "BackTestRun",
    "Budget",
    "BudgetShift",
    "CheckTerms",
    "CheckedRun",
    "Deviation",
    "ExpectedTurn",
    "FixedShare",
    "IncomeFromState",
    "IndexRule",
    "KeyBasis",
    "LineFinding",
    "Measure",
    "MeasureStep",
    "ProjectionRun",
    "ProviderIndication",
    "SavingsPlan",
    "SavingsSeries",
    "SavingsYear",
    "Scenario",
    "ScenarioMeasure",
    "SegmentShare",
    "Settlement",
    "ShiftRule",
    "VolumeTarget",
]
