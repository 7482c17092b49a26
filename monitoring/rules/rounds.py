"""Who asks for figures, and who delivers them."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from ..enums.rounds import REGION
from ..models import ProviderDelivery


def can_ask(user: Any, region: Region) -> bool:
    return access_of(user).has(*REGION, region_id=region.pk)


def check_can_ask(user: Any, region: Region) -> None:
    if not can_ask(user, region):
        raise NotAllowed("Alleen een contractmanager of regiobeheerder vraagt cijfers op.")


def can_follow_rounds(user: Any, region: Region) -> bool:
    return access_of(user).has(*Role.REGIONAL_STAFF, Role.PROVIDER, region_id=region.pk)


def check_can_follow_rounds(user: Any, region: Region) -> None:
    if not can_follow_rounds(user, region):
        raise NotAllowed("Aanleverrondes zijn voor de regio en de aanbieder zelf.")


def is_its_provider(user: Any, delivery: ProviderDelivery) -> bool:
    own = access_of(user).provider_organisations_in(delivery.round.region_id)
    return delivery.provider.organisation_id in own


def check_can_answer(user: Any, delivery: ProviderDelivery) -> None:
    if not is_its_provider(user, delivery):
        raise NotAllowed("Alleen de aanbieder zelf levert zijn cijfers aan.")


def roles_for(user: Any, delivery: ProviderDelivery) -> frozenset[str]:
    """A provider's role counts for its own delivery only."""
    roles = access_of(user).roles_in(delivery.round.region_id)
    return roles if is_its_provider(user, delivery) else roles - {Role.PROVIDER}
