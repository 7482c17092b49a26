"""Who sees a task, and what people do with it."""

from datetime import date

import pytest

from core.errors import DomainError, NotAllowed
from core.tasks.api import (
    Task,
    add_task,
    drop_task,
    finish_task,
    hand_over,
    hand_over_all,
    of_person,
    overdue,
    postpone,
    reopen_task,
    visible_to,
)
from regions.enums import Role
from regions.models import RoleAssignment
from tests.factories import a_region, user_with

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def today(settings):
    settings.CLOCK_TODAY = "2026-11-01"


@pytest.fixture
def region():
    return a_region().region


@pytest.fixture
def manager(region):
    return user_with(Role.CONTRACT_MANAGER, region)


@pytest.fixture
def task(region, manager):
    return add_task(tenant_id=region.pk, title="Bel de aanbieder", due=DAY, by=manager)


def another():
    return a_region(slug="zuid", name="Regio Zuid").region


def of_team(region, by, **more):
    values = {"team": "contract_manager"} | more
    return add_task(tenant_id=region.pk, title="Voor het team", due=DAY, by=by, **values)


def test_a_task_without_more_is_for_who_wrote_it(task, manager):
    assert (task.owner, task.created_by, task.is_explicit) == (manager, manager, True)


def test_only_the_owner_the_team_and_who_keeps_roles_see_a_task(task, region, manager):
    team = of_team(region, manager)
    colleague = user_with(Role.CONTRACT_MANAGER, region)
    controller = user_with(Role.CONTROLLER, region)
    admin = user_with(Role.REGIONAL_ADMIN, region)
    elsewhere = user_with(Role.CONTRACT_MANAGER, another())
    assert set(visible_to(manager)) == {task, team}
    assert set(visible_to(colleague)) == {team}
    assert set(visible_to(controller)) == set()
    assert set(visible_to(admin)) == {task, team}
    assert set(visible_to(elsewhere)) == set()


def test_who_lost_his_role_sees_nothing_any_more(task, manager):
    RoleAssignment.objects.filter(user=manager).delete()
    assert not visible_to(manager).exists()


def test_a_team_of_an_organisation_sees_only_its_own(region, manager):
    made = a_region(slug="zuid", name="Regio Zuid")
    one = user_with(Role.COUNCIL_CLERK, made.region, municipality=made.municipalities[0])
    own = one.role_assignments.get().municipality.organisation_id
    admin = user_with(Role.REGIONAL_ADMIN, made.region)
    mine = of_team(made.region, admin, team="council_clerk", party_id=own)
    of_team(made.region, admin, team="council_clerk", party_id=own + 1000)
    of_team(made.region, admin, team="council_clerk")
    assert list(visible_to(one)) == [mine]


def test_what_waits_for_a_person_is_his_own_and_nobodys(task, region, manager):
    colleague = user_with(Role.CONTRACT_MANAGER, region)
    team = of_team(region, manager)
    of_team(region, manager, owner_id=colleague.pk)
    assert set(of_person(manager)) == {task, team}


def test_finishing_says_who_and_when(task, manager):
    finish_task(task=task, by=manager, note="Gebeld.")
    task.refresh_from_db()
    assert (task.state, task.done_by, task.note) == ("done", manager, "Gebeld.")
    assert task.done_at is not None


def test_finishing_twice_is_refused(task, manager):
    finish_task(task=task, by=manager)
    with pytest.raises(DomainError, match="De taak is gedaan"):
        finish_task(task=task, by=manager)


def test_dropping_and_opening_again_ask_a_reason(task, manager):
    with pytest.raises(DomainError, match="reden"):
        drop_task(task=task, by=manager, reason=" ")
    drop_task(task=task, by=manager, reason="Dubbel.")
    reopen_task(task=task, by=manager, reason="Toch nodig.")
    task.refresh_from_db()
    assert (task.state, task.done_at, task.done_by) == ("open", None, None)


def test_who_does_not_see_a_task_cannot_touch_it(task, region):
    stranger = user_with(Role.CONTROLLER, region)
    with pytest.raises(NotAllowed):
        finish_task(task=task, by=stranger)
    with pytest.raises(NotAllowed):
        hand_over(task=task, owner=stranger, by=stranger)


def test_overdue_is_derived_from_the_day(task, settings):
    assert not overdue(Task.objects.all()).exists()
    settings.CLOCK_TODAY = "2026-12-01"
    assert not overdue(Task.objects.all()).exists()
    settings.CLOCK_TODAY = "2026-12-02"
    assert list(overdue(Task.objects.all())) == [task]
    assert task.is_overdue


def test_handing_over_goes_only_to_who_works_here(task, manager, region):
    with pytest.raises(DomainError, match="werkt niet in deze regio"):
        hand_over(task=task, owner=user_with(Role.CONTRACT_MANAGER, another()), by=manager)
    colleague = user_with(Role.POLICY_OFFICER, region)
    hand_over(task=task, owner=colleague, by=manager)
    assert list(visible_to(colleague)) == [task]


def test_a_task_of_nobodys_team_cannot_be_given_back(task, manager):
    with pytest.raises(DomainError, match="geen team"):
        hand_over(task=task, owner=None, by=manager)


def test_postponing_asks_a_reason_and_a_later_day(task, manager):
    with pytest.raises(DomainError, match="reden"):
        postpone(task=task, due=date(2027, 1, 1), reason="", by=manager)
    with pytest.raises(DomainError, match="later"):
        postpone(task=task, due=DAY, reason="Druk.", by=manager)
    assert postpone(task=task, due=date(2027, 1, 1), reason="Druk.", by=manager).due.year == 2027


def test_a_term_of_a_source_cannot_be_postponed(task, manager):
    Task.objects.filter(pk=task.pk).update(source="notice")
    with pytest.raises(DomainError, match="volgt uit"):
        postpone(task=task, due=date(2027, 1, 1), reason="Druk.", by=manager)


def test_all_tasks_of_who_leaves_go_in_one_act(task, region, manager):
    add_task(tenant_id=region.pk, title="Nog een", due=DAY, by=manager)
    done = add_task(tenant_id=region.pk, title="Klaar", due=DAY, by=manager)
    finish_task(task=done, by=manager)
    admin, heir = (user_with(r, region) for r in (Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER))
    RoleAssignment.objects.filter(user=manager).delete()
    moved = hand_over_all(tenant_id=region.pk, old_owner=manager, new_owner=heir, by=admin)
    assert moved == 2
    assert of_person(heir).count() == 2
    with pytest.raises(NotAllowed):
        hand_over_all(tenant_id=region.pk, old_owner=heir, new_owner=admin, by=heir)
