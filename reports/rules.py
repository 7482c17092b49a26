"""Who may make and read editions. Button, page, endpoint and verb share these."""

from typing import Any

from core.errors import DomainError, NotAllowed
from providers.models import Provider
from regions.enums import Role
from regions.models import Region
from regions.queries.access import Access, access_of

from .enums import EditionKind, EditionState
from .models import Edition

MAKERS = (Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.CONTROLLER)

COLLEGE = (Role.EXECUTIVE, Role.COUNCIL_CLERK)


def check_can_make_editions(user: Any, region: Region) -> None:
    if not access_of(user).has(*MAKERS, Role.API_CLIENT, region_id=region.pk):
        raise NotAllowed(
            "Rapportages maken kan alleen een medewerker van de regionale organisatie."
        )


def can_make_editions(user: Any, region: Region) -> bool:
    return access_of(user).has(*MAKERS, Role.API_CLIENT, region_id=region.pk)


def can_publish(user: Any, region: Region) -> bool:
    return access_of(user).has(Role.REGIONAL_ADMIN, Role.POLICY_OFFICER, region_id=region.pk)


def check_can_publish(user: Any, region: Region) -> None:
    if not can_publish(user, region):
        raise NotAllowed("Publiceren kan alleen een beleidsmedewerker of beheerder van de regio.")


def can_deliver(user: Any, region: Region) -> bool:
    return access_of(user).has(*MAKERS, Role.API_CLIENT, region_id=region.pk)


def check_can_deliver(user: Any, region: Region) -> None:
    if not can_deliver(user, region):
        raise NotAllowed("Gegevens voor anderen maakt een medewerker van de regio.")


def can_read_edition(user: Any, edition: Edition) -> bool:
    """The same answer as `editions_visible_to`."""
    access = access_of(user)
    if access.is_staff_of(edition.region_id):
        return True
    if edition.kind == EditionKind.PROVIDER:
        return _is_own_mirror(access, edition)
    return any(
        edition.kind in kinds_for(grant.role)
        and edition.municipality in ("", grant.gm_code)
        and edition.state in states_for(grant.role)
        for grant in access.grants
        if grant.region_id == edition.region_id and grant.gm_code is not None
    )


def _is_own_mirror(access: Access, edition: Edition) -> bool:
    organisations = access.provider_organisations_in(edition.region_id)
    own = Provider.objects.filter(region=edition.region_id, organisation__in=organisations)
    return (
        edition.state in EditionState.FOR_COUNCIL and own.filter(agb_code=edition.provider).exists()
    )


def kinds_for(role: str) -> tuple[str, ...]:
    """Which kinds a municipal role reads: the page for the college is not for its council."""
    return EditionKind.FOR_COLLEGES if role in COLLEGE else EditionKind.FOR_COUNCILS


def states_for(role: str) -> tuple[str, ...]:
    """In which states a municipal role reads an edition: a college earlier than its council."""
    return EditionState.FOR_COLLEGE if role in COLLEGE else EditionState.FOR_COUNCIL


def is_only_notice(user: Any, edition: Edition) -> bool:
    """Of a withdrawn edition only staff still read what it said."""
    return edition.state == EditionState.WITHDRAWN and not is_staff(user, edition)


def is_staff(user: Any, edition: Edition) -> bool:
    return access_of(user).has(*MAKERS, region_id=edition.region_id)


def check_can_write(user: Any, edition: Edition) -> None:
    if not is_staff(user, edition):
        raise NotAllowed("De tekst bewerken kan alleen een medewerker van de regio.")
    if not edition.is_editable:
        raise DomainError(
            f"De rapportage is {edition.get_state_display()}; de tekst staat vast. Zet haar eerst "
            "terug naar concept, of maak een correctie.",
            code="tekst-staat-vast",
        )


def can_write(user: Any, edition: Edition) -> bool:
    return edition.is_editable and is_staff(user, edition)


def can_comment(user: Any, edition: Edition) -> bool:
    """Staff, and the college to which it is laid before, until it is adopted."""
    college = any(
        grant.role in COLLEGE and edition.municipality in ("", grant.gm_code)
        for grant in access_of(user).grants
        if grant.region_id == edition.region_id
    )
    return edition.is_editable and (is_staff(user, edition) or college)


def check_can_comment(user: Any, edition: Edition) -> None:
    if not (can_read_edition(user, edition) and can_comment(user, edition)):
        raise NotAllowed(
            "Opmerkingen plaatsen kan de regionale organisatie, en het college zolang de "
            "rapportage voorligt."
        )


def check_can_answer_comments(user: Any, edition: Edition) -> None:
    if not is_staff(user, edition):
        raise NotAllowed("Opmerkingen verwerken kan alleen een medewerker van de regio.")


def can_adopt_for(user: Any, edition: Edition, municipality: str) -> bool:
    access = access_of(user)
    own = any(
        g.role == Role.EXECUTIVE and g.gm_code == municipality and g.region_id == edition.region_id
        for g in access.grants
    )
    return own or access.has(Role.REGIONAL_ADMIN, Role.POLICY_OFFICER, region_id=edition.region_id)


def check_can_adopt_for(user: Any, edition: Edition, municipality: str) -> None:
    if not can_adopt_for(user, edition, municipality):
        raise NotAllowed(
            "Het besluit van een college legt de bestuurder van die gemeente vast, of een "
            "beleidsmedewerker van de regio."
        )


def can_ask(user: Any, edition: Edition) -> bool:
    """Council members and clerks ask about what they may read and what is public to them."""
    open_to_questions = edition.state in (EditionState.PUBLISHED, EditionState.CORRECTED)
    return (
        open_to_questions
        and edition.kind in EditionKind.FOR_COUNCILS
        and bool(asking_municipalities(user, edition))
    )


def asking_municipalities(user: Any, edition: Edition) -> list[str]:
    """The municipalities for which this user may ask, those that the edition is about."""
    return sorted(
        {
            grant.gm_code
            for grant in access_of(user).grants
            if grant.region_id == edition.region_id
            and grant.gm_code is not None
            and grant.role in (Role.COUNCIL_MEMBER, Role.COUNCIL_CLERK, Role.EXECUTIVE)
            and edition.municipality in ("", grant.gm_code)
        }
    )


def check_can_ask(user: Any, edition: Edition) -> None:
    if not can_ask(user, edition):
        raise NotAllowed(
            "Een vraag stellen kan een raadslid, griffier of bestuurder, bij een gepubliceerde "
            "rapportage."
        )


def check_can_plan(user: Any, region: Region) -> None:
    if not can_plan(user, region):
        raise NotAllowed(
            "De planning van de verantwoording wijzigt een beleidsmedewerker of regiobeheerder."
        )


def can_plan(user: Any, region: Region) -> bool:
    return access_of(user).has(
        Role.REGIONAL_ADMIN, Role.POLICY_OFFICER, Role.CONTRACT_MANAGER, region_id=region.pk
    )


def can_see_questions(user: Any, region: Region) -> bool:
    """Staff, and whoever does something for a municipality."""
    access = access_of(user)
    return access.is_staff_of(region.pk) or bool(access.municipalities_in(region.pk))


def check_can_see_questions(user: Any, region: Region) -> None:
    if not can_see_questions(user, region):
        raise NotAllowed("Vragen van de raad zijn voor gemeenten en de regio.")
