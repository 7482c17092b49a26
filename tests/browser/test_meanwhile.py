"""Two people at one record, each in a browser of their own."""

from typing import Any

import pytest
from playwright.sync_api import expect

from regions.enums import Role

from .test_pages import too_wide, violations
from .world import Desk

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def in_database(django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize("width", [1280, 320])
def test_the_second_sees_what_changed_and_chooses(desk: Desk, width: int) -> None:
    provider = desk.world.north.provider
    address = f"/regio/noord/aanbieders/{provider.pk}/wijzigen/"
    first = desk.page(Role.REGIONAL_ADMIN)
    second = desk.page(Role.CONTRACT_MANAGER, viewport={"width": width, "height": 900})
    first.goto(address)
    second.goto(address)
    name = provider.name
    first.get_by_label("Naam", exact=True).fill(f"{name} van de eerste")
    first.get_by_role("button", name="Opslaan").click()
    second.get_by_label("Naam", exact=True).fill(f"{name} van de tweede")
    second.get_by_role("button", name="Opslaan").click()
    expect(second.get_by_text("Iemand anders was u voor")).to_be_visible()
    expect(second.get_by_text(f"{name} van de eerste").first).to_be_visible()
    assert violations(second) == []
    assert not too_wide(second)
    second.get_by_label("Uw invoer").check()
    second.get_by_role("button", name="Zo opslaan").click()
    expect(second.get_by_text("Opgeslagen.")).to_be_visible()
    provider.refresh_from_db()
    assert provider.name == f"{name} van de tweede"
    type(provider).objects.filter(pk=provider.pk).update(name=name)
    provider.refresh_from_db()  # other tests look for it by its name
