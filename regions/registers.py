"""The register of people who work in a region."""

from typing import Any

from core.ui.registers import Field, Register


def _roles(person: Any) -> str:
    return ", ".join(_role(role) for role in person.region_roles)


def _role(role: Any) -> str:
    scope = role.municipality or role.provider_organisation
    return f"{role.get_role_display()} ({scope})" if scope else str(role.get_role_display())


PEOPLE = Register(
    code="people",
    title="Gebruikers en rollen",
    sorting={"naam": "name", "adres": "email"},
    default="naam",
    fields=(
        Field("Naam", "name", width=30),
        Field("E-mailadres", "email", width=34),
        Field("Rollen", _roles, width=50),
        Field("Actief", "is_active", "Wie niet actief is, kan niet inloggen."),
    ),
)
