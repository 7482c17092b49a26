from .access import RoleAssignment
from .organisations import Municipality, Organisation
from .parties import (
    ChainPartner,
    GoverningBody,
    MunicipalMerger,
    PurchasingOrganisation,
    ServiceLevelAgreement,
)
from .region import MunicipalityGroup, Region, RegionMembership, SubRegion
from .youth import YouthPopulation

__all__ = [
    "ChainPartner",
    "GoverningBody",
    "MunicipalMerger",
    "Municipality",
    "MunicipalityGroup",
    "Organisation",
    "PurchasingOrganisation",
    "Region",
    "RegionMembership",
    "RoleAssignment",
    "ServiceLevelAgreement",
    "SubRegion",
    "YouthPopulation",
]
