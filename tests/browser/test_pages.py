"""Every page in a real browser: accessible, quiet, and readable on a narrow screen."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Page

from .pages import Row, rows
from .world import Desk

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# The spacing that a reader may set (WCAG 1.4.12).
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
PAGES = [row for row in rows() if not (row.post or row.file)]


def violations(page: Page) -> list[str]:
    """What axe finds: rule, and the elements that break it."""
    wanted = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=wanted)
    return [
        f"{v['id']}: {[node['target'] for node in v['nodes']]}"
        for v in found.response["violations"]
    ]


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.fixture(autouse=True)
def in_database(django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page(row: Row, desk: Desk) -> None:
    look_at(desk, row.onlooker, address_of(row, desk))


def address_of(row: Row, desk: Desk) -> str:
    words = row.arguments(desk.world.north, desk.world)
    return reverse(row.name, kwargs=words) + row.query


def look_at(desk: Desk, role: str, address: str) -> None:
    """No complaint in the console, none from axe, and nothing beside a screen of 320 pixels."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page = desk.shared_page(role)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.on("console", listen)
    try:
        answered = page.goto(address)
        assert answered is not None
        assert answered.status == 200
        assert page.locator("h1").count() == 1
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert not too_wide(page)
        page.evaluate(SPACED)
        assert not too_wide(page)
        assert complaints == []
    finally:
        page.remove_listener("console", listen)


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/"])
def test_page_before_sign_in(address: str, desk: Desk) -> None:
    look_at(desk, "", address)


@pytest.mark.parametrize(
    "address",
    ["/account/logout/", "/account/password/change/", "/account/2fa/", "/account/sessions/"],
)
def test_page_of_the_account(address: str, desk: Desk) -> None:
    look_at(desk, "executive", address)
