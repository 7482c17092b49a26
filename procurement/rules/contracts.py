"""Who may change contracts and tariffs, and who answers an offer."""

from typing import Any

from core.errors import NotAllowed
from providers.models import Provider
from regions.enums import Role
from regions.models import Municipality, Region
from regions.queries.access import access_of

from ..enums.compliance import CHECKERS
from ..models import Contract


def can_manage_contracts(user: Any, region: Region) -> bool:
    return access_of(user).has(Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN, region_id=region.pk)


def check_can_manage_contracts(user: Any, region: Region) -> None:
    if not can_manage_contracts(user, region):
        raise NotAllowed(
            f"Alleen een contractmanager of regiobeheerder van {region} kan contracten en tarieven "
            "wijzigen."
        )


def check_can_read_indexation(user: Any, region: Region) -> None:
    if not access_of(user).is_staff_of(region.pk):
        raise NotAllowed(f"Alleen medewerkers van {region} zien de indexering.")


def roles_about(user: Any, contract: Contract) -> frozenset[str]:
    """The user's roles as a table of states asks for them: a provider only for its own contract."""
    access = access_of(user)
    roles = access.roles_in(contract.region_id)
    own = access.provider_organisations_in(contract.region_id)
    if contract.provider.organisation_id not in own:
        roles -= {Role.PROVIDER}
    return roles


def can_judge(user: Any, region: Region) -> bool:
    roles = (Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN, Role.POLICY_OFFICER, Role.CONTROLLER)
    return access_of(user).has(*roles, region_id=region.pk)


def check_can_judge(user: Any, region: Region) -> None:
    if not can_judge(user, region):
        raise NotAllowed(f"Alleen medewerkers van {region} beoordelen een aanvraag.")


def can_apply(user: Any, provider: Provider) -> bool:
    """A provider for itself, and who manages contracts on its behalf."""
    own = access_of(user).provider_organisations_in(provider.region_id)
    return provider.organisation_id in own or can_manage_contracts(user, provider.region)


def check_can_apply(user: Any, provider: Provider) -> None:
    if not can_apply(user, provider):
        raise NotAllowed(
            f"Alleen {provider} zelf, een contractmanager of een regiobeheerder kan deze toelating "
            "wijzigen."
        )


def check_can_start(user: Any, region: Region) -> None:
    if not access_of(user).is_staff_of(region.pk):
        raise NotAllowed(f"Deze pagina is voor medewerkers van {region}.")


def can_cast(user: Any, region: Region, municipality: Municipality) -> bool:
    """Who keeps contracts writes down any college's decision; an executive that of his own."""
    if can_manage_contracts(user, region) or access_of(user).has(
        Role.POLICY_OFFICER, region_id=region.pk
    ):
        return True
    grants = access_of(user).grants
    return any(
        g.role == Role.EXECUTIVE and g.region_id == region.pk and g.gm_code == municipality.gm_code
        for g in grants
    )


def check_can_cast(user: Any, region: Region, municipality: Municipality) -> None:
    if not can_cast(user, region, municipality):
        raise NotAllowed(
            f"De stem van {municipality} leggen alleen een bestuurder van die gemeente, een "
            f"contractmanager, beleidsmedewerker of regiobeheerder van {region} vast."
        )


def check_can_see_votes(user: Any, region: Region) -> None:
    access = access_of(user)
    if not (access.is_staff_of(region.pk) or access.has(Role.EXECUTIVE, region_id=region.pk)):
        raise NotAllowed(f"Stemmingen zijn voor medewerkers en bestuurders van {region}.")


def can_check_compliance(user: Any, region: Region) -> bool:
    return access_of(user).has(*CHECKERS, region_id=region.pk)


def check_can_check_compliance(user: Any, region: Region) -> None:
    if not can_check_compliance(user, region):
        raise NotAllowed(
            f"Alleen een contractmanager, beleidsmedewerker of regiobeheerder van {region} toetst "
            "aan een norm."
        )
