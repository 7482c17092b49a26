from .access import RoleAssignment
from .organisations import Municipality, Organisation
from .region import MunicipalityGroup, Region, RegionMembership, SubRegion
from .youth import YouthPopulation

__all__ = [
    "Municipality",
    "MunicipalityGroup",
    "Organisation",
    "Region",
    "RegionMembership",
    "RoleAssignment",
    "SubRegion",
    "YouthPopulation",
]
