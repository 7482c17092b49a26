"""Tokens on the desk: made, shown once, seen and withdrawn by who may."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from core.api.models import Token
from core.errors import NotAllowed
from regions.domain import tokens
from regions.enums import Role
from regions.models import RoleAssignment
from regions.queries.tokens import systems_managed_by, tokens_visible_to
from tests.api.conftest import api_of
from tests.factories import UserFactory, a_region, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return a_region(slug="noord", name="Noord").region


@pytest.fixture
def admin(region):
    return user_with(Role.REGIONAL_ADMIN, region)


@pytest.fixture
def system(region):
    return user_with(Role.API_CLIENT, region)


def desk_of(user, settings):
    settings.MFA_REQUIRED = False
    client = Client()
    client.force_login(user)
    return client


def test_a_token_is_shown_once_and_opens_the_api(admin, system, settings):
    client = desk_of(admin, settings)
    asked = {"user": system.pk, "name": "datawarehouse", "days": 30}
    page = client.post(reverse("token-make"), asked)
    text = re.search(r"<code[^>]*>([0-9a-f]{40,})</code>", page.content.decode()).group(1)
    assert page["Cache-Control"] == "no-store"
    opened = api_of().client.get("/api/v1/regios", headers={"Authorization": f"Token {text}"})
    assert [row["korteNaam"] for row in opened.json()["resultaten"]] == ["noord"]
    listed = client.get(reverse("tokens")).content.decode()
    assert "datawarehouse" in listed
    assert text not in listed


def test_withdrawing_is_for_its_owner_and_who_keeps_the_system(admin, system, region, settings):
    tokens.give(user=system, name="datawarehouse", days=30, by=admin)
    token = Token.objects.get()
    address = reverse("token-withdraw", args=[token.pk])
    other = user_with(Role.CONTRACT_MANAGER, region)
    assert desk_of(other, settings).post(address).status_code == 404
    assert desk_of(admin, settings).post(address).status_code == 302
    token.refresh_from_db()
    assert token.has_ended
    assert token.withdrawn_by == admin


def test_nobody_makes_a_token_for_a_person(admin, region):
    colleague = user_with(Role.CONTROLLER, region)
    with pytest.raises(NotAllowed):
        tokens.give(user=colleague, name="van een ander", days=1, by=admin)


def test_a_system_that_also_works_elsewhere_is_not_this_administrators_to_open(admin, system):
    assert list(systems_managed_by(admin)) == [system]
    there = a_region(slug="zuid", name="Zuid").region
    RoleAssignment.objects.create(user=system, role=Role.API_CLIENT, region=there)
    assert list(systems_managed_by(admin)) == []
    with pytest.raises(NotAllowed):
        tokens.give(user=system, name="te veel", days=1, by=admin)


def test_one_who_is_no_administrator_sees_only_his_own(admin, system, region):
    tokens.give(user=system, name="datawarehouse", days=30, by=admin)
    manager = user_with(Role.CONTRACT_MANAGER, region)
    tokens.give(user=manager, name="rekenblad", days=30, by=manager)
    assert [t.name for t in tokens_visible_to(manager)] == ["rekenblad"]
    assert [t.name for t in tokens_visible_to(admin)] == ["datawarehouse"]


def test_without_a_role_there_is_nothing_to_open():
    user = UserFactory()
    with pytest.raises(NotAllowed):
        tokens.give(user=user, name="leeg", days=1, by=user)
