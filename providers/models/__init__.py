from .contact import ProviderAgreement, ProviderConversation
from .proposals import ChangeProposal
from .provider import Provider, ProviderContact, ProviderLocation
from .relations import AccountHolder, ProviderCode, Subcontracting
from .supply import (
    ClientStop,
    CrisisReport,
    OutsidePlacement,
    PlaceStatement,
    WaitNorm,
    WaitStatement,
)
from .trust import BusinessNorms, BusinessYear, ProviderDocument, ProviderIncident

__all__ = [
    "AccountHolder",
    "BusinessNorms",
    "BusinessYear",
    "ChangeProposal",
    "ClientStop",
    "CrisisReport",
    "OutsidePlacement",
    "PlaceStatement",
    "Provider",
    "ProviderAgreement",
    "ProviderCode",
    "ProviderContact",
    "ProviderConversation",
    "ProviderDocument",
    "ProviderIncident",
    "ProviderLocation",
    "Subcontracting",
    "WaitNorm",
    "WaitStatement",
]
