"""Somebody new gets a mail, chooses a password with it and signs in; over a real mail server."""

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth import get_user_model
from django.test import Client

from regions.domain import inviting, roles
from regions.enums import Role
from regions.models import Region, RoleAssignment
from tests.factories import RegionFactory, user_with

pytestmark = pytest.mark.django_db
SITE = "https://jeugdregie.example"
PASSWORD = "een-nieuw-wachtwoord-24"


class Postbox:
    """Takes mail in as any server does."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.SITE_URL = SITE
    yield box
    server.stop()


@pytest.fixture
def region() -> Region:
    return RegionFactory(slug="noord", name="Regio Noord")


@pytest.fixture
def admin(region: Region) -> Any:
    return user_with(Role.REGIONAL_ADMIN, region)


def invite(region: Region, by: Any, capture: Any, email: str = "noor@example.nl") -> RoleAssignment:
    with capture(execute=True):
        return roles.invite(email=email, name="Noor", role=Role.CONTROLLER, region=region, by=by)


def link_in(mail: EmailMessage) -> str:
    found = re.search(rf"{SITE}(/account/password/reset/key/\S+)", mail.get_content())
    assert found
    return found[1]


def choose(path: str) -> str:
    """What the page says after choosing a password by the link."""
    client = Client()
    page = client.get(path, follow=True)
    if not page.redirect_chain:
        return page.content.decode()
    form = {"password1": PASSWORD, "password2": PASSWORD}
    return client.post(page.redirect_chain[-1][0], form, follow=True).content.decode()


def test_somebody_new_chooses_a_password_and_it_works_once(
    region: Region, admin: Any, postbox: Postbox, django_capture_on_commit_callbacks: Any
) -> None:
    invite(region, admin, django_capture_on_commit_callbacks)
    (mail,) = postbox.mails
    assert mail["To"] == "noor@example.nl"
    assert mail["Subject"] == "U kunt inloggen op Jeugdregie voor Regio Noord"
    assert "3 dagen geldig" in mail.get_content()
    assert "Uw wachtwoord is opgeslagen" in choose(link_in(mail))
    user = get_user_model().objects.get(email="noor@example.nl")
    assert user.check_password(PASSWORD)
    assert "Deze link werkt niet meer" in choose(link_in(mail))


def test_the_link_expires(
    region: Region, admin: Any, postbox: Postbox, settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    invite(region, admin, django_capture_on_commit_callbacks)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Deze link werkt niet meer" in choose(link_in(postbox.mails[0]))


def test_who_has_an_account_gets_the_role_without_a_mail(
    region: Region, admin: Any, postbox: Postbox, django_capture_on_commit_callbacks: Any
) -> None:
    get_user_model().objects.create_user("noor@example.nl", name="Noor", password=PASSWORD)
    invite(region, admin, django_capture_on_commit_callbacks)
    assert postbox.mails == []


def test_it_is_sent_again_from_the_page_of_people(
    region: Region, admin: Any, postbox: Postbox, settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    settings.MFA_REQUIRED = False
    role = invite(region, admin, django_capture_on_commit_callbacks)
    client = Client()
    client.force_login(admin)
    again = f"/regio/noord/gebruikers/rollen/{role.pk}/uitnodigen/"
    assert again in client.get("/regio/noord/gebruikers/").content.decode()
    client.post(again)
    assert len(postbox.mails) == 2
    assert "Uw wachtwoord is opgeslagen" in choose(link_in(postbox.mails[1]))
    assert again not in client.get("/regio/noord/gebruikers/").content.decode()


def test_a_mail_server_that_is_away_loses_no_account(
    region: Region, admin: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    role = invite(region, admin, django_capture_on_commit_callbacks)
    assert inviting.awaits(role.user)
