from .agreements import (
    AvailabilityFee,
    BespokeAgreement,
    Clause,
    Obligation,
    Sanction,
    TransformationAgreement,
)
from .changes import (
    ContractExtension,
    ContractRevision,
    ContractVersion,
    ExtensionTest,
    RevisionChange,
)
from .contracts import Contract, ContractPhase, ContractProduct, SpendingCap
from .dated import Dated, holding_on
from .indexing import IndexationLine, IndexationRule, IndexationRun, IndexFigure
from .lots import Lot
from .phases import SchemePhase
from .tariffs import CostComponents, Tariff
from .terms import ContractPolicy, Terms

__all__ = [
    "AvailabilityFee",
    "BespokeAgreement",
    "Clause",
    "Contract",
    "ContractExtension",
    "ContractPhase",
    "ContractPolicy",
    "ContractProduct",
    "ContractRevision",
    "ContractVersion",
    "CostComponents",
    "Dated",
    "ExtensionTest",
    "IndexFigure",
    "IndexationLine",
    "IndexationRule",
    "IndexationRun",
    "Lot",
    "Obligation",
    "RevisionChange",
    "Sanction",
    "SchemePhase",
    "SpendingCap",
    "Tariff",
    "Terms",
    "TransformationAgreement",
    "holding_on",
]
