"""A whole escalation, clicked through by access, region and provider."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core import clock
from monitoring.models import Case
from regions.enums import Role

from .test_by_hand import fill, save
from .world import Desk

pytestmark = pytest.mark.browser
TITLE = "Wij horen te weinig van u"


@pytest.fixture(autouse=True)
def in_database(django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


def day(days: int = 0) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def go(page: Page, url: str, step: str, reason: str = "") -> None:
    """One step of the case by its button."""
    page.goto(url)
    press(page, step)
    if reason:
        page.locator("main").get_by_label("Reden").fill(reason)
    save(page, step)


def test_three_roles_take_a_case_to_its_end(desk: Desk) -> None:
    made = desk.world.north
    access, region, provider = (
        desk.page(role) for role in (Role.ACCESS_TEAM, Role.CONTRACT_MANAGER, Role.PROVIDER)
    )
    signal(access, made)
    url = opened(region, made)
    provider.goto("/regio/noord/zaken/")
    expect(provider.get_by_text(TITLE)).to_have_count(0)

    go(region, url, "Gesprek aangaan")
    conversation(region, url)
    go(region, url, "Verbeterplan vragen")
    plan(provider, url)
    go(provider, url, "Verbeterplan indienen")
    expect(provider.get_by_role("link", name="Verbeterplan indienen")).to_have_count(0)
    go(region, url, "Plan bindend maken")
    observed(access, url)
    actions(provider, region, url)
    go(region, url, "Beoordeling beginnen")
    judged(region, url)
    region.goto(url)
    press(region, "Doorverwijzing voortzetten en sluiten")
    region.locator("main").get_by_label("Reden").fill("Afspraken zijn nagekomen.")
    save(region, "Doorverwijzing voortzetten en sluiten")
    expect(region.get_by_text("doorverwijzing voortgezet").first).to_be_visible()
    assert Case.objects.get(title=TITLE).outcome == "continue_referral"
    provider.goto(url)
    expect(provider.locator("#tijdlijn")).to_be_visible()
    expect(provider.get_by_text("Signaal van toegang")).to_have_count(0)


def signal(page: Page, made: Any) -> None:
    page.goto("/regio/noord/zaken/signalen/doorgeven/")
    page.get_by_label("Aanbieder").select_option(label=made.provider.name)
    page.get_by_label("Thema").select_option("cooperation")
    fill(page, {"Bij hoeveel jeugdigen": "5", "Wat ziet u": "Wij krijgen geen terugkoppeling."})
    save(page, "Signaal doorgeven")


def opened(page: Page, made: Any) -> str:
    page.goto("/regio/noord/zaken/signalen/")
    card = page.locator("section", has_text=f"{made.provider.name}: samenwerking")
    card.get_by_role("link", name="Zaak openen").click()
    fill(page, {"Onderwerp": TITLE})
    save(page, "Zaak openen")
    return page.url


def conversation(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("#gesprekken").get_by_role("link", name="Toevoegen").click()
    fill(page, {"Datum van het gesprek": day(), "Deelnemers": "Loes Bakker", "Verslag": "Goed."})
    save(page)
    page.get_by_role("link", name="Afspraak toevoegen").click()
    fill(page, {"Wie": "Teamleider", "Wat": "Elke maand terugkoppelen", "Wanneer klaar": day(30)})
    save(page)


def plan(page: Page, url: str) -> None:
    page.goto(url)
    press(page, "Tekst invullen")
    fill(page, {"Wat is er aan de hand": "Te druk.", "Wat wilt u bereiken": "Altijd bericht."})
    save(page)
    press(page, "Maatregel toevoegen")
    fill(
        page,
        {
            "Wie": "Zorgmanager", "Wat": "Vast moment in de week", "Hoe": "In de agenda",
            "Wanneer klaar": day(60), "Waaraan zien we dat": "De toegang meldt het",
        },
    )  # fmt: skip
    save(page)


def observed(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("#toegang").get_by_role("link", name="Toevoegen").click()
    fill(page, {"Bij hoeveel jeugdigen": "5", "Waarvan beter dan eerst": "4", "Wat ziet u": "Ja."})
    save(page)


def actions(provider: Page, region: Page, url: str) -> None:
    for _ in range(2):
        go(provider, url, "Gereed melden", "Het is gedaan.")
        go(region, url, "Vaststellen")


def judged(page: Page, url: str) -> None:
    for _ in range(2):
        page.goto(url)
        found = page.get_by_role("link", name="Resultaat beoordelen")
        found.nth(_).click()
        page.get_by_label("behaald", exact=True).check()
        fill(page, {"Waaruit blijkt dat": "De toegang bevestigt het."})
        save(page)
