"""What every browser test looks at: two regions with a user per role, really in the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import Made, a_region, with_users
from tests.looking import say_why

ANONYMOUS = ""


@dataclass
class World:
    """`north` is where pages are looked at, `south` is another tenant with the same things."""

    north: Made
    south: Made
    extra: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def make(cls) -> "World":
        return cls(
            north=with_users(a_region(slug="noord", name="Regio Noord")),
            south=with_users(a_region(slug="zuid", name="Regio Zuid")),
        )


@dataclass
class Desk:
    """A browser in front of the running site."""

    world: World
    server: LiveServer
    browser: Browser
    shared: dict[str, Page] = field(default_factory=dict)

    def shared_page(self, role: str) -> Page:
        """One page per role for all who only look: a browser session is slow to make."""
        if role not in self.shared:
            self.shared[role] = self.page(role)
        return self.shared[role]

    def context(self, role: str = ANONYMOUS, **options: Any) -> BrowserContext:
        """A fresh browser session of the user in `north` with this role."""
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "nl-NL"} | options
        context = self.browser.new_context(base_url=self.server.url, **options)
        context.set_default_timeout(10_000)
        if role:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(self.world, role)}
            context.add_cookies([{**cookie, "url": self.server.url}])
        return context

    def page(self, role: str = ANONYMOUS, **options: Any) -> Page:
        return self.context(role, **options).new_page()


def session_of(world: World, role: str) -> str:
    """Key of a signed-in session, without the walk through the sign-in page."""
    user = world.north.users[role]
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    say_why(session, user)
    session.create()
    return str(session.session_key)


def fillers() -> Iterator[Any]:
    """Functions of page tables that add to the world what their pages need."""
    from .pages import modules  # noqa: PLC0415 -- page tables import this module

    for module in modules():
        if hasattr(module, "fill"):
            yield module.fill
