"""Who may change things signs in with a second factor."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from regions.enums import Role
from tests.factories import PASSWORD, Made, a_region, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.MFA_REQUIRED = True


@pytest.fixture
def made() -> Made:
    return a_region()


def signed_in(made: Made, role: str) -> Client:
    client = Client()
    client.force_login(user_with(role, made.region, municipality=made.municipalities[0]))
    return client


@pytest.mark.parametrize("role", ["regional_admin", "contract_manager", "controller"])
def test_without_a_second_factor_there_is_only_the_page_to_set_it_up(made: Made, role: str) -> None:
    answered = signed_in(made, role).get(f"/regio/{made.region.slug}/")
    assert answered.status_code == 302
    assert answered["Location"] == "/account/2fa/totp/activate/"


def test_who_only_reads_needs_none(made: Made) -> None:
    answered = signed_in(made, Role.COUNCIL_MEMBER).get(f"/regio/{made.region.slug}/")
    assert answered.status_code == 200


def test_with_a_second_factor_the_site_opens(made: Made) -> None:
    user = user_with(Role.CONTROLLER, made.region)
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.force_login(user)
    assert client.get(f"/regio/{made.region.slug}/").status_code == 200


def test_signing_in_asks_for_the_code(made: Made) -> None:
    user = user_with(Role.CONTROLLER, made.region)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client = Client()
    form = {"login": user.email, "password": PASSWORD}
    answered = client.post("/account/login/", form)
    assert answered["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/").status_code == 302
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    code = hotp_value(secret, next(iter(yield_hotp_counters_from_time())))
    answered = client.post("/account/2fa/authenticate/", {"code": f"{code:06d}"})
    assert answered["Location"] == "/"
    assert client.get(f"/regio/{made.region.slug}/").status_code == 200


def test_a_recovery_code_works_once(made: Made) -> None:
    user = user_with(Role.CONTROLLER, made.region)
    TOTP.activate(user, generate_totp_secret())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    outcomes = []
    for _ in range(2):
        client = Client()
        client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        outcomes.append(client.post("/account/2fa/authenticate/", {"code": code}).status_code)
    assert outcomes == [302, 200]
    assert Authenticator.objects.filter(user=user).count() == 2
    assert re.fullmatch(r"[0-9a-f]+", code)
