"""Giving and taking back roles."""

import pytest
from django.core.management import call_command
from django.test import Client

from core.errors import DomainError, NotAllowed
from core.users.models import User
from regions.domain.roles import invite, revoke
from regions.enums import Role
from regions.models import RoleAssignment
from regions.queries.access import access_of
from tests.factories import Made, MunicipalityFactory, ProviderFactory, a_region, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Made:
    return a_region()


@pytest.fixture
def admin(made: Made) -> User:
    return user_with(Role.REGIONAL_ADMIN, made.region)


def test_a_new_person_gets_an_account_without_a_password(made: Made, admin: User) -> None:
    invite(email="An@Voorbeeld.nl", name="An", role=Role.CONTROLLER, region=made.region, by=admin)
    person = User.objects.get(email="an@voorbeeld.nl")
    assert not person.has_usable_password()
    assert access_of(person).is_staff_of(made.region.pk)


def test_the_first_account_of_an_installation_can_make_the_first_region(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Lang-genoeg-en-nieuw-1")
    call_command(
        "create_administrator", "--noinput", email="eerste@voorbeeld.nl", name="Eerste", verbosity=0
    )
    client.force_login(User.objects.get(email="eerste@voorbeeld.nl"))
    page = client.get("/regios/").text
    assert "Regio aanmaken" in page
    assert "Regio uit een pakket" in page


def test_who_is_known_keeps_one_account(made: Made, admin: User) -> None:
    person = user_with(Role.POLICY_OFFICER, made.region, email="an@voorbeeld.nl")
    invite(email="AN@voorbeeld.nl", name="x", role=Role.CONTROLLER, region=made.region, by=admin)
    assert sorted(person.role_assignments.values_list("role", flat=True)) == [
        "controller",
        "policy_officer",
    ]


def test_only_an_administrator_gives_roles(made: Made) -> None:
    manager = user_with(Role.CONTRACT_MANAGER, made.region)
    with pytest.raises(NotAllowed):
        invite(email="a@b.nl", name="A", role=Role.CONTROLLER, region=made.region, by=manager)


def test_an_administrator_elsewhere_gives_no_roles_here(made: Made) -> None:
    elsewhere = user_with(Role.REGIONAL_ADMIN, a_region(slug="zuid", name="Zuid").region)
    with pytest.raises(NotAllowed):
        invite(email="a@b.nl", name="A", role=Role.CONTROLLER, region=made.region, by=elsewhere)


def test_nobody_makes_an_application_administrator_in_a_region(made: Made, admin: User) -> None:
    with pytest.raises(DomainError, match="applicatiebeheerder"):
        invite(email="a@b.nl", name="A", role=Role.APPLICATION_ADMIN, region=made.region, by=admin)


def test_a_municipality_from_elsewhere_is_refused(made: Made, admin: User) -> None:
    with pytest.raises(DomainError, match="hoort niet bij"):
        invite(
            email="a@b.nl",
            name="A",
            role=Role.EXECUTIVE,
            region=made.region,
            municipality=MunicipalityFactory(),
            by=admin,
        )


def test_a_provider_from_elsewhere_is_refused(made: Made, admin: User) -> None:
    with pytest.raises(DomainError, match="geen aanbieder in"):
        invite(
            email="a@b.nl",
            name="A",
            role=Role.PROVIDER,
            region=made.region,
            provider_organisation=ProviderFactory().organisation,
            by=admin,
        )


def test_a_role_taken_back_ends_the_right(made: Made, admin: User) -> None:
    person = user_with(Role.CONTROLLER, made.region)
    revoke(assignment=RoleAssignment.objects.get(user=person), by=admin)
    assert not access_of(User.objects.get(pk=person.pk)).is_staff_of(made.region.pk)


def test_the_last_administrator_cannot_lock_himself_out(made: Made, admin: User) -> None:
    with pytest.raises(NotAllowed, match="eigen rol"):
        revoke(assignment=RoleAssignment.objects.get(user=admin), by=admin)
