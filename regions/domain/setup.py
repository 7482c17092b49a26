"""Setting up a region and changing what it is."""

from typing import Any

from django.db import transaction

from ..enums import OrganisationKind, Role
from ..models import Municipality, MunicipalityGroup, Organisation, Region, RegionMembership
from ..rules import check_can_create_region, check_can_manage_region
from .roles import assign


@transaction.atomic
def create_region(*, region: Region, organisation_name: str, by: Any) -> Region:
    """Make a region from nothing.

    Effects: the regional organisation, the region, and the maker as its first administrator.
    """
    check_can_create_region(by)
    region.organisation = Organisation.objects.create(
        kind=OrganisationKind.REGIONAL, name=organisation_name
    )
    region.full_clean()
    region.save()
    assign(user=by, role=Role.REGIONAL_ADMIN, region=region)
    return region


@transaction.atomic
def change_settings(*, region: Region, organisation_name: str, by: Any) -> Region:
    check_can_manage_region(by, region)
    region.full_clean()
    region.save()
    region.organisation.name = organisation_name
    region.organisation.save()
    return region


@transaction.atomic
def keep_membership(*, membership: RegionMembership, by: Any) -> RegionMembership:
    """Add or change the period in which a municipality belongs to the region."""
    check_can_manage_region(by, membership.region)
    membership.full_clean()
    membership.save()
    return membership


@transaction.atomic
def add_municipality(*, gm_code: str, name: str, by: Any, region: Region) -> Municipality:
    """A municipality that no region has used before, with the organisation behind it."""
    check_can_manage_region(by, region)
    known = Municipality.objects.filter(gm_code=gm_code).first()
    if known is not None:
        return known
    organisation = Organisation.objects.create(kind=OrganisationKind.MUNICIPALITY, name=name)
    municipality = Municipality(organisation=organisation, gm_code=gm_code, name=name)
    municipality.full_clean()
    municipality.save()
    return municipality


@transaction.atomic
def remove_membership(*, membership: RegionMembership, by: Any) -> None:
    """Take a membership back that was entered by mistake; an ended one gets a last day instead."""
    check_can_manage_region(by, membership.region)
    membership.delete()


@transaction.atomic
def keep_group(
    *, group: MunicipalityGroup, municipalities: list[Municipality], by: Any
) -> MunicipalityGroup:
    check_can_manage_region(by, group.region)
    group.full_clean()
    group.save()
    group.municipalities.set(municipalities)
    return group


@transaction.atomic
def remove_group(*, group: MunicipalityGroup, by: Any) -> None:
    check_can_manage_region(by, group.region)
    group.delete()
