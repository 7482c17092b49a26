from .contracts import Contract, ContractPhase, ContractProduct, SpendingCap
from .phases import SchemePhase
from .tariffs import Tariff

__all__ = [
    "Contract",
    "ContractPhase",
    "ContractProduct",
    "SchemePhase",
    "SpendingCap",
    "Tariff",
]
