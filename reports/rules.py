"""Who may make and read editions. Button, page, endpoint and verb share these."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from .enums import EditionKind
from .models import Edition

MAKERS = (Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.CONTROLLER)


def check_can_make_editions(user: Any, region: Region) -> None:
    if not access_of(user).has(*MAKERS, Role.API_CLIENT, region_id=region.pk):
        raise NotAllowed(
            "Rapportages maken kan alleen een medewerker van de regionale organisatie."
        )


def can_make_editions(user: Any, region: Region) -> bool:
    return access_of(user).has(*MAKERS, Role.API_CLIENT, region_id=region.pk)


def can_read_edition(user: Any, edition: Edition) -> bool:
    """The same answer as `Edition.objects` through `editions_visible_to`."""
    access = access_of(user)
    if access.is_staff_of(edition.region_id):
        return True
    if edition.kind not in EditionKind.FOR_COUNCILS or edition.region_id not in access.region_ids:
        return False
    own = access.municipalities_in(edition.region_id)
    return bool(own) and edition.municipality in ("", *own)
