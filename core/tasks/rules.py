"""Who may do what with a task."""

from typing import Any

from core.errors import DomainError, NotAllowed

from .models import Task
from .queries import visible_to
from .registry import memberships_of, organisation


def can_handle(user: Any, task: Task) -> bool:
    """Whoever sees a task may finish it, hand it over or open it again."""
    return visible_to(user).filter(pk=task.pk).exists()


def check_can_handle(user: Any, task: Task) -> None:
    if not can_handle(user, task):
        raise NotAllowed("Deze taak is van een ander team. Alleen dat team kan er iets mee doen.")


def works_in(user: Any, tenant_id: int) -> bool:
    """Whether the user works in a tenant, for all of it or for one organisation."""
    return any(m.tenant_id == tenant_id for m in memberships_of(user)) or (
        tenant_id in set(organisation().manages(user))
    )


def check_can_add(user: Any, tenant_id: int) -> None:
    if not works_in(user, tenant_id):
        raise NotAllowed("U werkt niet in deze regio en kunt er geen taak opschrijven.")


def check_can_own(user: Any, task_team: str, tenant_id: int) -> None:
    """A task goes only to somebody who works in the tenant: others would never see it."""
    if not works_in(user, tenant_id):
        raise DomainError(
            f"{user} werkt niet in deze regio. Kies iemand die hier een rol heeft.",
            code="eigenaar-niet-hier",
        )


def can_hand_over_all(user: Any, tenant_id: int) -> bool:
    return tenant_id in set(organisation().manages(user))


def check_can_hand_over_all(user: Any, tenant_id: int) -> None:
    if not can_hand_over_all(user, tenant_id):
        raise NotAllowed("Alleen de regiobeheerder kan alle taken van iemand overdragen.")


def check_can_postpone(task: Task) -> None:
    if not task.is_explicit:
        raise DomainError(
            "Deze termijn volgt uit een afspraak of regel. Pas de datum daar aan; de taak gaat "
            "dan vanzelf mee.",
            code="termijn-volgt-uit-bron",
        )
    if not task.is_open:
        raise DomainError("Deze taak is al afgesloten.", code="taak-afgesloten")
