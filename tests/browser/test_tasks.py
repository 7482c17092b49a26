"""A contract manager's list of tasks, worked through in a browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from core.clock import today
from core.tasks.api import Task, add_task
from regions.enums import Role

from .test_pages import violations
from .world import Desk

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def in_database(django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


def test_many_tasks_are_handed_over_at_once_after_seeing_what_will_happen(desk: Desk) -> None:
    users, region = desk.world.north.users, desk.world.north.region
    manager, heir = users[Role.CONTRACT_MANAGER], users[Role.POLICY_OFFICER]
    for number in (1, 2):
        add_task(tenant_id=region.pk, title=f"Taak {number} van velen", due=today(), by=manager)
    page = desk.page(Role.CONTRACT_MANAGER)
    page.goto("/regio/noord/mijn-taken/?zoek=velen")
    page.get_by_label("Kies Taak 1 van velen").check()
    page.get_by_label("Kies Taak 2 van velen").check()
    page.get_by_role("button", name="Overdragen").click()
    assert violations(page) == []
    page.get_by_label("Aan wie").select_option(label=str(heir))
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    expect(page.get_by_text("Er is nog niets gedaan")).to_be_visible()
    assert violations(page) == []
    assert Task.objects.filter(owner=heir).count() == 0
    page.get_by_role("button", name="Overdragen voor 2 regels").click()
    expect(page.get_by_text("gedaan voor 2 regels")).to_be_visible()
    assert Task.objects.filter(owner=heir).count() == 2
