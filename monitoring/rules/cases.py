"""Who may do what with cases of escalation."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from ..enums.cases import REGION
from ..models import Case

SIGNALLERS = (*REGION, Role.POLICY_OFFICER, Role.ACCESS_TEAM)
FOLLOWERS = (*Role.REGIONAL_STAFF, Role.ACCESS_TEAM, Role.EXECUTIVE)


def can_follow_cases(user: Any, region: Region) -> bool:
    """Everybody who has a part in it; councils read about it in their reports."""
    return access_of(user).has(*FOLLOWERS, Role.PROVIDER, region_id=region.pk)


def check_can_follow_cases(user: Any, region: Region) -> None:
    if not can_follow_cases(user, region):
        raise NotAllowed("Zaken zijn voor de regio, de toegang, bestuurders en de aanbieder zelf.")


def sees_inside(user: Any, region_id: int) -> bool:
    """Whether somebody sees what is not for the provider: signals and what access observes."""
    return access_of(user).has(*FOLLOWERS, region_id=region_id)


def can_manage_cases(user: Any, region: Region) -> bool:
    return access_of(user).has(*REGION, region_id=region.pk)


def check_can_manage_cases(user: Any, region: Region) -> None:
    if not can_manage_cases(user, region):
        raise NotAllowed("Alleen een contractmanager of regiobeheerder behandelt zaken.")


def can_signal(user: Any, region: Region) -> bool:
    return access_of(user).has(*SIGNALLERS, region_id=region.pk)


def check_can_signal(user: Any, region: Region) -> None:
    if not can_signal(user, region):
        raise NotAllowed("Alleen de toegang en de regionale organisatie geven signalen door.")


def can_observe(user: Any, case: Case) -> bool:
    return access_of(user).has(Role.ACCESS_TEAM, *REGION, region_id=case.region_id)


def check_can_observe(user: Any, case: Case) -> None:
    if not can_observe(user, case):
        raise NotAllowed("Alleen de toegang en contractmanagement leggen waarnemingen vast.")


def is_its_provider(user: Any, case: Case) -> bool:
    own = access_of(user).provider_organisations_in(case.region_id)
    return case.provider.organisation_id in own


def check_can_write_plan(user: Any, case: Case) -> None:
    if not is_its_provider(user, case):
        raise NotAllowed("Alleen de aanbieder zelf schrijft zijn verbeterplan.")


def can_report(user: Any, case: Case) -> bool:
    return is_its_provider(user, case) or can_manage_cases(user, case.region)


def check_can_report(user: Any, case: Case) -> None:
    if not can_report(user, case):
        raise NotAllowed("Alleen de aanbieder en contractmanagement leggen voortgang vast.")


def roles_for(user: Any, case: Case) -> frozenset[str]:
    """The user's roles as the table of steps asks: a provider's counts in his own case only."""
    roles = access_of(user).roles_in(case.region_id)
    return roles if is_its_provider(user, case) else roles - {Role.PROVIDER}
