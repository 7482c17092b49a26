"""Which providers, and which people there, a user sees."""

import pytest

from providers.models import Provider, ProviderContact
from providers.queries import providers
from regions.enums import Role
from tests.factories import ProviderFactory, a_region, user_with, with_users

pytestmark = pytest.mark.django_db


def test_a_provider_sees_only_itself() -> None:
    made = a_region()
    ProviderFactory(region=made.region)
    user = user_with(Role.PROVIDER, made.region, provider=made.provider)
    assert list(providers.visible_to(user)) == [made.provider]


def test_nobody_sees_another_region() -> None:
    made, south = with_users(a_region()), a_region(slug="zuid", name="Zuid")
    seen = {role: providers.visible_to(user) for role, user in made.users.items()}
    assert all(south.provider not in rows for rows in seen.values())


def test_people_at_a_provider_are_for_staff_and_the_provider() -> None:
    made = with_users(a_region())
    person = ProviderContact.objects.create(provider=made.provider, name="Loes")
    seeing = {
        role for role, user in made.users.items() if person in providers.contacts_visible_to(user)
    }
    assert seeing == {*Role.REGIONAL_STAFF, Role.PROVIDER}


def test_accents_do_not_matter_when_searching() -> None:
    found = ProviderFactory(name="Café Één")
    ProviderFactory(name="De Brug")
    assert list(providers.matching(Provider.objects.all(), "cafe een")) == [found]
