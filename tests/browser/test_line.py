"""A council member follows one goal, from the framework to the clause and the figure, and back."""

import pytest
from playwright.sync_api import expect

from regions.enums import Role

from .test_pages import violations
from .world import Desk

pytestmark = pytest.mark.browser


def test_a_council_member_walks_from_framework_to_clause_to_figure(desk: Desk) -> None:
    page = desk.page(Role.COUNCIL_MEMBER)
    page.goto("/regio/noord/kaders/")
    main = page.get_by_role("main")
    main.get_by_role("link", name="Jeugdwet").click()
    expect(main.get_by_text("Wat verandert er mee")).to_be_visible()
    assert violations(page) == []
    goal = desk.world.north.goal
    main.get_by_role("link", name=f"Doel {goal}").first.click()
    expect(page).to_have_url(f"{page.url.split('/regio/')[0]}/regio/noord/van-kader-naar-contract/"
                             f"doelen/{goal.pk}/")  # fmt: skip
    expect(main.get_by_role("heading", name="1. Waar het vandaan komt")).to_be_visible()
    expect(main.get_by_role("heading", name="3. Waar het is vastgelegd")).to_be_visible()
    expect(main.get_by_text("Partijen meten elk doel.")).to_be_visible()
    expect(main.get_by_role("heading", name="4. Het cijfer")).to_be_visible()
    expect(main.get_by_text("Verwervingsstrategie")).to_have_count(0)
    assert violations(page) == []
    main.get_by_role("link", name="4 Meten van doelen").first.click()
    expect(main.get_by_role("heading", name="4 Meten van doelen")).to_be_visible()
    main.get_by_role("link", name=f"Doel {goal}").first.click()
    expect(main.get_by_role("link", name="Jeugdwet").first).to_be_visible()
