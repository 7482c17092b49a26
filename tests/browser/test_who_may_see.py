"""Every address of the site, tried by every role, by another tenant and by nobody."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from regions.enums import Role
from tests.looking import sign_in

from .pages import Row, rows
from .world import World

ROWS = rows()
# Addresses with tables and tests of their own.
ELSEWHERE = ("account/", "beheer/", "api", "healthz", "readyz", "agenda/")
# Only sends people on; has a test of its own.
NO_PAGE = {"start"}


def addresses(patterns: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or "", route


def test_every_address_has_a_row() -> None:
    ours = {n for n, r in addresses(get_resolver().url_patterns) if not r.startswith(ELSEWHERE)}
    assert ours - NO_PAGE == {row.name for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_page_is_for_its_roles_only(row: Row, world: World) -> None:
    address = reverse(row.name, kwargs=row.arguments(world.north, world)) + row.query
    tried = [role for role in Role if worth_trying(row, role)]
    answers = {role: answer(address, row, world.north.users[role]) for role in tried}
    assert answers == {role: row.expected(role) for role in tried}


def worth_trying(row: Row, role: Role) -> bool:
    """Who may post would change the world; a file is slow to make, so it is made for one role."""
    if role not in row.roles:
        return True
    return not row.post and (not row.file or role == row.onlooker)


@pytest.mark.parametrize("row", [r for r in ROWS if not r.open], ids=lambda row: row.name)
def test_nobody_is_sent_to_the_sign_in_page(row: Row, world: World) -> None:
    address = reverse(row.name, kwargs=row.arguments(world.north, world))
    answered = Client().post(address) if row.post else Client().get(address)
    assert answered.status_code == 302
    assert answered["Location"].startswith("/account/login/")


@pytest.mark.parametrize("row", [r for r in ROWS if r.open], ids=lambda row: row.name)
def test_an_open_page_is_for_anybody_and_sets_no_cookie(row: Row, world: World) -> None:
    answered = Client().get(reverse(row.name, kwargs=row.arguments(world.north, world)))
    assert answered.status_code == 200
    assert not answered.cookies


@pytest.mark.parametrize("row", [r for r in ROWS if r.of_region], ids=lambda row: row.name)
def test_another_tenant_does_not_exist(row: Row, world: World) -> None:
    """Neither the region itself, nor its things under the address of one's own region."""
    own = world.south.users[row.onlooker if row.onlooker != Role.APPLICATION_ADMIN else "executive"]
    theirs = reverse(row.name, kwargs=row.arguments(world.north, world))
    assert answer(theirs, row, own) == 404
    words = row.arguments(world.north, world)
    if row.words(world.north, world) != row.words(world.south, world):
        mixed = reverse(row.name, kwargs=words | {"region": world.south.region.slug})
        assert answer(mixed, row, own) == 404


@cache
def client_of(user: Any) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def answer(address: str, row: Row, user: Any) -> int:
    client = client_of(user)
    return (client.post(address) if row.post else client.get(address)).status_code


def test_start_leads_to_the_only_region(world: World) -> None:
    client = Client()
    client.force_login(world.north.users[Role.CONTROLLER])
    assert client.get("/")["Location"] == "/regio/noord/"
