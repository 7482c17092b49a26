"""Terms of a source become tasks, move with it, and close with it."""

from datetime import date

import pytest

from core.states.api import steps_of
from core.tasks import registry
from core.tasks.api import DeadlineSource, Due, Task, finish_task, hand_over, sync_now, sync_tasks
from core.tasks.enums import TASK
from regions.enums import Role
from tests.factories import a_region, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms(monkeypatch):
    """What the one source gives: change the list, then sync."""
    found: list[Due] = []
    source = DeadlineSource("notice", "Opzegtermijn", lambda tenant_id, until: list(found))
    monkeypatch.setattr(registry, "_sources", {source.code: source})
    return found


@pytest.fixture
def made():
    return a_region()


def due(day=date(2026, 12, 1), key="contract-1", **more):
    return Due(key, day, "Zeg contract 1 op", "/regio/x/", **({"team": "contract_manager"} | more))


@pytest.fixture(autouse=True)
def today(settings):
    settings.CLOCK_TODAY = "2026-11-01"


def the_task():
    return Task.objects.get()


def test_a_term_becomes_one_task_however_often_it_is_synced(terms, made):
    terms.append(due())
    assert sync_now(tenant_id=made.region.pk).added == 1
    assert sync_now(tenant_id=made.region.pk).added == 0
    assert (the_task().due, the_task().team) == (date(2026, 12, 1), "contract_manager")


def test_a_date_that_moves_takes_the_task_along(terms, made):
    terms.append(due())
    sync_now(tenant_id=made.region.pk)
    terms[0] = due(day=date(2027, 6, 1))
    assert sync_now(tenant_id=made.region.pk).changed == 1
    assert the_task().due == date(2027, 6, 1)


def test_a_term_that_is_gone_closes_its_task_and_opens_it_when_it_returns(terms, made):
    terms.append(due())
    sync_now(tenant_id=made.region.pk)
    terms.clear()
    assert sync_now(tenant_id=made.region.pk).closed == 1
    assert (the_task().state, the_task().done_by, the_task().withdrawn) == ("dropped", None, True)
    terms.append(due())
    assert sync_now(tenant_id=made.region.pk).reopened == 1
    assert (the_task().state, the_task().done_at) == ("open", None)


def test_what_somebody_finished_stays_finished_until_the_date_moves(terms, made):
    terms.append(due())
    sync_now(tenant_id=made.region.pk)
    finish_task(task=the_task(), by=user_with(Role.CONTRACT_MANAGER, made.region))
    sync_now(tenant_id=made.region.pk)
    assert the_task().state == "done"
    terms[0] = due(day=date(2027, 6, 1))
    sync_now(tenant_id=made.region.pk)
    assert the_task().state == "open"
    assert [s.move for s in steps_of(the_task(), TASK)] == ["finish", "reopen"]


def test_an_owner_that_people_chose_is_not_undone_by_the_source(terms, made):
    one, other = (user_with(Role.CONTRACT_MANAGER, made.region) for _ in "ab")
    terms.append(due(owner_id=one.pk))
    sync_now(tenant_id=made.region.pk)
    hand_over(task=the_task(), owner=other, by=one)
    terms[0] = due(owner_id=one.pk, day=date(2027, 1, 1))
    sync_now(tenant_id=made.region.pk)
    assert the_task().owner == other
    for left in (other, one):
        left.role_assignments.all().delete()
        sync_now(tenant_id=made.region.pk)
    assert (the_task().owner, the_task().team) == (None, "contract_manager")


def test_terms_far_ahead_wait(terms, made):
    terms.append(due(day=date(2029, 1, 1)))
    sync_now(tenant_id=made.region.pk)
    assert not Task.objects.exists()


def test_a_source_that_fails_leaves_its_tasks_and_the_others_alone(terms, made, monkeypatch):
    def broken(tenant_id, until):
        raise RuntimeError

    terms.append(due())
    sync_now(tenant_id=made.region.pk)
    whole = registry._sources["notice"]
    registry._sources["notice"] = DeadlineSource("notice", "Opzegtermijn", broken)
    registry._sources["proof"] = DeadlineSource("proof", "Bewijs", whole.find)
    done = sync_now(tenant_id=made.region.pk)
    assert (done.failed, done.added) == (("notice",), 1)
    assert Task.objects.filter(state="open").count() == 2


def test_another_tenant_has_its_own(terms, made):
    terms.append(due())
    other = a_region(slug="zuid", name="Regio Zuid")
    sync_now(tenant_id=made.region.pk)
    sync_now(tenant_id=other.region.pk)
    assert Task.objects.filter(key="contract-1").count() == 2


def test_many_changes_ring_once(terms, made, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rung:
        for _ in range(3):
            sync_tasks(made.region.pk)
        sync_tasks(made.region.pk + 1)
    assert len(rung) == 2


def test_the_bell_brings_the_tasks(terms, made, django_capture_on_commit_callbacks):
    terms.append(due())
    with django_capture_on_commit_callbacks(execute=True):
        sync_tasks(made.region.pk)
    assert Task.objects.count() == 1
