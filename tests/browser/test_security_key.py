"""Signing in with a security key as the second step, with a key that the browser plays."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from regions.enums import Role
from tests.factories import user_with

from .test_pages import violations
from .world import Desk

pytestmark = pytest.mark.browser
PASSWORD = "Een lang wachtwoord voor dit ene bezoek"


@pytest.fixture(autouse=True)
def in_database(django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


def with_key(desk: Desk) -> Page:
    """A page on `localhost`, a name that keys accept, with a security key in the computer."""
    address = desk.server.url.replace("127.0.0.1", "localhost")
    context = desk.browser.new_context(base_url=address, locale="nl-NL")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    return page


def sign_in(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(email)
    confirm(page)


def confirm(page: Page) -> None:
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.locator("main button").first.click()


def test_a_security_key_is_added_used_to_sign_in_renamed_and_taken_away(desk: Desk) -> None:
    user = user_with(Role.CONTROLLER, desk.world.north.region)
    user.set_password(PASSWORD)
    user.save()
    page = with_key(desk)
    sign_in(page, user.email)
    page.goto("/account/2fa/webauthn/add/")
    confirm(page)
    assert violations(page) == []
    page.get_by_label("Naam").fill("Sleutel aan mijn bos")
    page.get_by_role("button", name="Sleutel toevoegen").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="Sleutel aan mijn bos")).to_be_visible()
    assert violations(page) == []

    page.context.clear_cookies()
    sign_in(page, user.email)
    expect(page.get_by_role("heading", name="Tweede stap")).to_be_visible()
    page.get_by_role("button", name="Beveiligingssleutel gebruiken").click()
    page.wait_for_url(lambda url: "/account/" not in url)

    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Naam wijzigen").click()
    confirm(page)
    assert violations(page) == []
    page.get_by_label("Naam").fill("Reservesleutel")
    page.get_by_role("button", name="Naam bewaren").click()
    page.get_by_role("link", name="Weghalen").click()
    assert violations(page) == []
    page.get_by_role("button", name="Weghalen").click()
    expect(page.get_by_text("nog geen sleutels")).to_be_visible()
    assert not user.authenticator_set.exclude(type="recovery_codes").exists()
