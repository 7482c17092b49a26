"""Who may deliver which data about care."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.intake_forms import may_deliver_setup
from regions.queries.access import access_of

NO_LOOKS = "Wie gegevens over jeugdigen inzag, ziet de beheerder van de regio."
NO_ROWS = (
    "Gegevens over afzonderlijke jeugdigen ziet alleen een medewerker van de regionale organisatie."
)


def can_deliver_for_region(user: Any, region_id: int) -> bool:
    """What concerns the whole region: those who may deliver its set-up."""
    return may_deliver_setup(user, region_id)


def can_deliver_messages(user: Any, region_id: int) -> bool:
    """People of a municipality deliver its own messages (see domain.region_scope)."""
    return can_deliver_for_region(user, region_id) or access_of(user).has(
        Role.ACCESS_TEAM, region_id=region_id
    )


def can_deliver_indicators(user: Any, region_id: int) -> bool:
    """A provider delivers its own numerators and denominators."""
    return can_deliver_for_region(user, region_id) or access_of(user).has(
        Role.PROVIDER, region_id=region_id
    )


def can_see_waiting(user: Any, region_id: int) -> bool:
    """Numbers of records that wait, over the whole region."""
    return access_of(user).is_staff_of(region_id)


def check_can_see_waiting(user: Any, region_id: int) -> None:
    if not can_see_waiting(user, region_id):
        raise NotAllowed("Wat er wacht, ziet alleen een medewerker van de regionale organisatie.")


def can_see_looks(user: Any, region_id: int) -> bool:
    """Whoever answers for the region's data: its administrator."""
    return access_of(user).has(Role.REGIONAL_ADMIN, region_id=region_id)


def check_can_see_looks(user: Any, region_id: int) -> None:
    if not can_see_looks(user, region_id):
        raise NotAllowed(NO_LOOKS)


def check_answers_for_looks(user: Any) -> None:
    """In some region; which looks are shown is a question of the rows."""
    if not access_of(user).has(Role.REGIONAL_ADMIN):
        raise NotAllowed(NO_LOOKS)


def check_can_see_rows(user: Any) -> None:
    """Rows of single clients are for staff of a regional organisation, and every look is logged."""
    if not access_of(user).staff_region_ids:
        raise NotAllowed(NO_ROWS)


def check_can_see_rows_of(user: Any, region_id: int) -> None:
    if not access_of(user).is_staff_of(region_id):
        raise NotAllowed(NO_ROWS)
