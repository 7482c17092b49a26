"""Working with the site: by keyboard, with errors, without JavaScript, and from nothing."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from regions.enums import Role
from regions.models import Region
from segments.models import SegmentGoal

from .pages.core import job
from .test_pages import too_wide, violations
from .world import Desk

pytestmark = pytest.mark.browser

OUTLINE = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const style = getComputedStyle(document.activeElement);
  return {
    tag: document.activeElement.tagName,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    onScreen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


@pytest.fixture(autouse=True)
def in_database(django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


def test_the_checks_see_a_fault(desk: Desk) -> None:
    page = desk.page(Role.CONTROLLER)
    page.goto("/regio/noord/")
    page.evaluate(
        """() => {
          const link = document.createElement("a");
          link.href = "#";
          document.querySelector("main").append(link);
          document.querySelector("main").style.width = "2000px";
        }"""
    )
    assert [v.split(":")[0] for v in violations(page)] == ["link-name"]
    assert too_wide(page)


def test_first_tab_skips_to_the_content(desk: Desk) -> None:
    page = desk.page(Role.CONTROLLER)
    page.goto("/regio/noord/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Naar de inhoud")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_on_a_telephone_a_table_of_a_word_and_an_amount_needs_no_sliding(desk: Desk) -> None:
    page = desk.page(Role.CONTROLLER)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/regio/noord/")
    cut_off = """columns => {
      const cells = Array.from({length: columns}, (_, i) => `<td>cel ${i}</td>`).join("");
      const box = document.createElement("div");
      box.className = "jr-table";
      box.innerHTML = `<div class="jr-table__scroll"><table><tr>${cells}</tr></table></div>`;
      document.querySelector("main").append(box);
      return box.firstChild.scrollWidth > box.firstChild.clientWidth;
    }"""
    assert not page.evaluate(cut_off, 2)
    # A table of many columns keeps room for its words, and is slid.
    assert page.evaluate(cut_off, 4)


def test_focus_is_always_seen(desk: Desk) -> None:
    page = desk.page(Role.REGIONAL_ADMIN)
    page.goto("/regio/noord/gebruikers/")
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(OUTLINE)
        if stop["tag"] == "BODY":
            break
        assert stop["outlined"], stop
        assert stop["onScreen"], stop


def test_lists_in_the_header_work_by_keyboard(desk: Desk) -> None:
    page = desk.page(Role.CONTROLLER)
    page.goto("/regio/noord/")
    name = page.locator(".jr-switch--user summary")
    name.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Mijn account")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(name).to_be_focused()
    expect(page.get_by_role("link", name="Mijn account")).to_be_hidden()


def test_menu_folds_on_a_narrow_screen(desk: Desk) -> None:
    page = desk.page(Role.CONTROLLER, viewport={"width": 320, "height": 640})
    page.goto("/regio/noord/")
    link = page.get_by_role("link", name="Mijn taken", exact=True).first
    expect(page.locator("#hoofdmenu")).to_be_hidden()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.locator("#hoofdmenu")).to_be_visible()
    expect(link).to_be_visible()


def test_a_long_menu_opens_where_one_is_and_keeps_what_was_opened(desk: Desk) -> None:
    page = desk.page(Role.CONTRACT_MANAGER)
    page.goto("/regio/noord/contracten/")
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu.get_by_role("link", name="Contracten")).to_be_visible()
    expect(menu.get_by_role("link", name="Begrotingen")).to_be_hidden()
    menu.get_by_text("Geld", exact=True).press("Enter")
    expect(menu.get_by_role("link", name="Begrotingen")).to_be_visible()
    page.reload()
    expect(menu.get_by_role("link", name="Begrotingen")).to_be_visible()


def test_errors_take_the_focus_and_lead_to_their_field(desk: Desk) -> None:
    page = desk.page(Role.REGIONAL_ADMIN)
    page.goto(f"/regio/noord/segmenten/{desk.world.north.segments[0].pk}/doel/")
    page.get_by_role("button", name="Opslaan").click()
    summary = page.locator(".jr-errors")
    expect(summary).to_be_focused()
    assert page.title().startswith("Fout: ")
    field = page.get_by_label("Doel", exact=True)
    summary.get_by_role("link").nth(1).press("Enter")
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true"
    described = (field.get_attribute("aria-describedby") or "").split()
    assert [page.locator(f"#{part}").count() for part in described] == [1] * len(described)
    assert violations(page) == []


def test_progress_is_readable_without_javascript(desk: Desk) -> None:
    world = desk.world
    page = desk.page(Role.CONTROLLER, java_script_enabled=False)
    page.goto(f"/regio/noord/taken/{job(world.north, world)['pk']}/")
    expect(page.get_by_text("40 van 100 cellen berekend")).to_be_visible()
    expect(page.get_by_role("link", name="Ververs deze pagina")).to_be_visible()


def test_progress_moves_by_itself(desk: Desk) -> None:
    from core.jobs.models import Job  # noqa: PLC0415 -- apps are loaded by then

    running = Job.objects.get(pk=job(desk.world.north, desk.world)["pk"])
    page = desk.page(Role.CONTROLLER)
    page.goto(f"/regio/noord/taken/{running.pk}/")
    Job.objects.filter(pk=running.pk).update(progress_done=70, progress_text="70 van 100")
    expect(page.get_by_text("70 van 100")).to_be_visible()
    expect(page.locator("progress")).to_have_attribute("value", "70")


def test_filter_replaces_only_the_list_and_can_be_shared(desk: Desk) -> None:
    page = desk.page(Role.CONTRACT_MANAGER)
    page.goto("/regio/noord/contracten/")
    page.evaluate("window.stayed = true")
    page.get_by_label("Nummer, naam of aanbieder").fill(desk.world.north.contract.number)
    page.get_by_role("button", name="Toon").click()
    expect(page.locator("#contracten tbody tr")).to_have_count(1)
    assert page.evaluate("window.stayed") is True
    assert "zoek=" in page.url
    page.reload()
    expect(page.locator("#contracten tbody tr")).to_have_count(1)


def test_colours_of_the_reader_keep_the_menu_readable(desk: Desk) -> None:
    page = desk.page(Role.CONTROLLER, forced_colors="active")
    page.goto("/regio/noord/")
    current = page.locator('.jr-nav a[aria-current="page"]')
    width = current.evaluate("el => getComputedStyle(el).borderInlineStartWidth")
    assert width == "4px"


def test_works_without_the_fetched_stylesheets(desk: Desk) -> None:
    """Only our own styles: what a machine without npm shows."""
    context = desk.context(Role.REGIONAL_ADMIN)
    page = context.new_page()
    context.route("**/static/nlds/**", lambda route: route.abort())
    context.route("**/static/fonts/**", lambda route: route.abort())
    page.goto("/regio/noord/gebruikers/rol-geven/")
    basis = (desk.server.url, "/static/desk/basis.css")
    page.evaluate(
        """async (address) => {
          const link = document.createElement("link");
          link.rel = "stylesheet";
          link.href = address;
          const loaded = new Promise((done) => link.addEventListener("load", done));
          document.head.prepend(link);
          await loaded;
        }""",
        "".join(basis),
    )
    button = page.get_by_role("button", name="Rol geven")
    assert button.evaluate("el => getComputedStyle(el).backgroundColor") == "rgb(13, 74, 87)"
    assert violations(page) == []


def test_a_region_is_set_up_from_nothing(desk: Desk) -> None:
    page = desk.page(Role.APPLICATION_ADMIN)
    page.goto("/regios/nieuw/")
    fill(page, {"Naam": "Regio Oost", "Regionale organisatie": "Inkoop Oost"})
    page.get_by_label("Korte naam").fill("oost")
    save(page, "Regio aanmaken")
    expect(page.get_by_role("link", name="Deze regio heeft nog geen gemeenten.")).to_be_visible()

    page.goto("/regio/oost/gemeenten/toevoegen/")
    fill(page, {"Gemeentecode (CBS)": "0999", "Naam": "Oostdorp", "Vanaf": "2026-01-01"})
    save(page)
    expect(page.get_by_role("rowheader", name="Oostdorp")).to_be_visible()

    page.goto("/regio/oost/segmenten/indelingen/toevoegen/")
    fill(page, {"Naam": "Inkoop 2026", "Code": "inkoop-2026", "Vanaf": "2026-01-01"})
    save(page)
    page.get_by_role("link", name="Segment toevoegen").first.click()
    fill(page, {"Code": "S1", "Naam": "Verblijf"})
    save(page)
    page.get_by_role("link", name="Doel toevoegen").first.click()
    fill(page, {"Nummer": "1", "Doel": "Minder kinderen in een instelling"})
    save(page)
    expect(page.get_by_role("heading", name="Minder kinderen in een instelling")).to_be_visible()

    goal = SegmentGoal.objects.get(segment__scheme__region__slug="oost")
    assert goal.text == "Minder kinderen in een instelling"
    assert Region.objects.get(slug="oost").min_cases == 10


def fill(page: Page, values: dict[str, str]) -> None:
    for label, value in values.items():
        named = re.compile(rf"^{re.escape(label)}( \(niet verplicht\))?$")
        page.locator("main").get_by_label(named).fill(value)


def save(page: Page, name: str = "Opslaan") -> None:
    page.get_by_role("button", name=name).click()
    expect(page.locator(".jr-errors")).to_have_count(0)
