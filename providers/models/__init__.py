from .contact import ProviderAgreement, ProviderConversation
from .proposals import ChangeProposal
from .provider import Provider, ProviderContact, ProviderLocation
from .relations import AccountHolder, ProviderCode, Subcontracting
from .trust import BusinessNorms, BusinessYear, ProviderDocument, ProviderIncident

__all__ = [
    "AccountHolder",
    "BusinessNorms",
    "BusinessYear",
    "ChangeProposal",
    "Provider",
    "ProviderAgreement",
    "ProviderCode",
    "ProviderContact",
    "ProviderConversation",
    "ProviderDocument",
    "ProviderIncident",
    "ProviderLocation",
    "Subcontracting",
]
