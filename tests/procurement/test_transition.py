"""Transition plans: nobody loses help when a provider leaves the offer."""

from datetime import date

import pytest
from django.db import transaction

from care.models import Trajectory
from core.errors import DomainError
from core.tasks.api import Task, sync_now
from core.writing import to_docx, to_pdf
from procurement.domain import transition
from procurement.domain.transition_paper import plan_document
from procurement.enums.transition import TRANSITION
from procurement.models import (
    ContractProduct,
    TransitionCount,
    TransitionOffer,
    TransitionPlan,
    TransitionStep,
)
from procurement.queries.transition import (
    alternatives_for,
    lines_visible_to,
    newest_count,
    plans_visible_to,
)
from providers.models import PlaceStatement, WaitStatement
from regions.enums import Role
from tests.factories import ContractFactory, Made, ProviderFactory, a_region, with_users
from tests.states import every_pair

TODAY = date(2026, 3, 2)


@pytest.fixture
def made(db, settings) -> Made:
    settings.CLOCK_TODAY = TODAY.isoformat()
    return with_users(a_region())


@pytest.fixture
def by(made: Made):
    return made.users[Role.CONTRACT_MANAGER]


def care(made: Made, client: int, number: int, product="45A01", place=0, **fields) -> None:
    fields = {"start_on": date(2026, 1, 1), "end_on": None, **fields}
    Trajectory.objects.create(
        region_id=made.region.pk, client=client.to_bytes(16, "big"), allocation_number=number,
        municipality=made.municipalities[place].gm_code, provider=made.provider.agb_code,
        category="45", product=product, allocated_on=date(2026, 1, 1),
        valid_from=date(2026, 1, 1), **fields,
    )  # fmt: skip


def a_plan(made: Made, by, **fields) -> TransitionPlan:
    plan = TransitionPlan(
        region=made.region, provider=made.provider, contract=made.contract, reason="not_again",
        approach="Per jeugdige een warme overdracht.", starts_on=TODAY,
        ends_on=date(2026, 12, 31), owner=by, **fields,
    )  # fmt: skip
    return transition.keep_plan(plan=plan, by=by)


def a_step(plan: TransitionPlan, owner, **fields) -> TransitionStep:
    fields = {"text": "Gezinnen informeren", "owner": owner, "due_on": date(2026, 4, 1), **fields}
    return transition.keep_part(part=TransitionStep(plan=plan, **fields), by=plan.owner)


def code_of(call, **given) -> str:
    with pytest.raises(DomainError) as refusal:
        call(**given)
    return refusal.value.code


def test_a_new_plan_counts_who_is_in_care(made: Made, by) -> None:
    """Client 1 has two products; client 3 ended yesterday, client 4 has yet to begin, and client 5
    ends today and is still there."""
    care(made, 1, 1)
    care(made, 1, 2, product="54A01")
    care(made, 2, 3, place=1)
    care(made, 3, 4, end_on=date(2026, 3, 1))
    care(made, 4, 5, start_on=date(2026, 3, 3))
    care(made, 5, 6, end_on=TODAY)
    count = newest_count(a_plan(made, by))
    first, second = (m.gm_code for m in made.municipalities)
    assert count.clients == 3
    found = {(line.product_code, line.gm_code, line.clients) for line in count.lines.all()}
    assert found == {("45A01", first, 2), ("45A01", second, 1), ("54A01", first, 1)}


def test_a_count_stays_as_it_was_and_the_next_shows_progress(made: Made, by, settings) -> None:
    care(made, 1, 1)
    plan = a_plan(made, by)
    Trajectory.objects.update(end_on=date(2026, 4, 1))
    settings.CLOCK_TODAY = "2026-05-01"
    transition.count_clients(plan=plan, by=by)
    assert list(plan.counts.values_list("day", "clients")) == [(TODAY, 1), (date(2026, 5, 1), 0)]


def test_alternatives_are_those_with_a_contract_that_runs_on_and_who_has_room_comes_first(
    made: Made, by
) -> None:
    fast, slow, ending, other = (
        ProviderFactory(region=made.region, name=name)
        for name in ("Vlot", "Traag", "Eindigt", "Iets anders")
    )
    for provider, end in ((fast, None), (slow, None), (ending, date(2026, 7, 1))):
        contract = ContractFactory(region=made.region, provider=provider, end_date=end)
        ContractProduct.objects.create(
            contract=contract, product=made.product, valid_from=date(2023, 1, 1)
        )
    ContractFactory(region=made.region, provider=other)
    for provider, days in ((fast, 10), (slow, 90)):
        WaitStatement.objects.create(
            provider=provider, product_code="45A01", known="known", intake_days=days,
            treatment_days=5, stated_on=TODAY,
        )  # fmt: skip
    PlaceStatement.objects.create(provider=fast, kind="stay", capacity=8, free=3, stated_on=TODAY)
    found = [(a.provider, a.wait_days, a.free) for a in alternatives_for(a_plan(made, by))]
    assert found == [(fast, 15, 3), (slow, 95, None)]


def test_a_plan_begins_with_a_step_and_ends_when_nobody_is_left(made: Made, by, settings) -> None:
    care(made, 1, 1)
    plan = a_plan(made, by)
    move = {"plan": plan, "by": by}
    assert code_of(transition.move_plan, move="start", **move) == "stap-ontbreekt"
    step = a_step(plan, by)
    transition.move_plan(move="start", **move)
    assert code_of(transition.move_plan, move="finish", **move) == "stappen-open"
    step.done_on = TODAY
    transition.keep_part(part=step, by=by)
    assert code_of(transition.move_plan, move="finish", **move) == "nog-jeugdigen-bij-aanbieder"
    Trajectory.objects.update(end_on=date(2026, 3, 1))
    transition.count_clients(plan=plan, by=by)
    transition.move_plan(move="finish", **move)
    assert plan.state == "done"
    assert code_of(transition.keep_plan, **move) == "overgangsplan-ligt-vast"


def test_steps_and_the_end_are_tasks_of_who_sets_them(made: Made, by) -> None:
    plan = a_plan(made, by)
    a_step(plan, made.users[Role.POLICY_OFFICER])
    transition.move_plan(plan=plan, move="start", by=by)
    sync_now(tenant_id=made.region.pk)
    tasks = Task.objects.filter(source="procurement.transition").order_by("due")
    assert [(t.due, t.owner) for t in tasks] == [
        (date(2026, 4, 1), made.users[Role.POLICY_OFFICER]), (date(2026, 12, 31), by),
    ]  # fmt: skip


def test_who_sets_a_step_notes_its_progress_and_others_do_not(made: Made, by) -> None:
    plan = a_plan(made, by)
    officer = made.users[Role.POLICY_OFFICER]
    step = a_step(plan, by)
    step.owner = officer
    transition.keep_part(part=step, by=by)
    step.note = "Negen van de tien gesproken."
    assert transition.keep_part(part=step, by=officer).note
    code = code_of(transition.keep_part, part=step, by=made.users[Role.CONTROLLER])
    assert code == "niet-bevoegd"


def test_a_provider_does_not_take_over_from_itself(made: Made, by) -> None:
    plan = a_plan(made, by)
    offer = TransitionOffer(
        plan=plan, provider=made.provider, product_code="45A01", clients=5, from_day=TODAY
    )
    assert code_of(transition.keep_part, part=offer, by=by) == "zelfde-aanbieder"


def test_a_municipality_sees_its_own_numbers_once_the_plan_runs(made: Made, by) -> None:
    care(made, 1, 1)
    care(made, 2, 2, place=1)
    plan = a_plan(made, by)
    access = made.users[Role.ACCESS_TEAM]
    assert not plans_visible_to(access).exists()
    a_step(plan, by)
    transition.move_plan(plan=plan, move="start", by=by)
    assert plans_visible_to(access).get() == plan
    count = TransitionCount.objects.get(plan=plan)
    assert [line.gm_code for line in lines_visible_to(access, count)] == [
        made.municipalities[0].gm_code
    ]
    assert lines_visible_to(made.users[Role.PROVIDER], count).count() == 2


def test_paper_hides_small_numbers(made: Made, by) -> None:
    for client in range(14):
        care(made, client, client)
    for client in range(20, 23):
        care(made, client, client, place=1)
    plan = a_plan(made, by)
    a_step(plan, by)
    written = plan_document(plan)
    table = next(b for b in written.blocks if getattr(b, "columns", ())[:1] == ("Product",))
    assert "*" in table.rows[0]
    assert "3" not in table.rows[0]
    assert to_pdf(written).startswith(b"%PDF")
    assert to_docx(written).startswith(b"PK")


def test_each_move_from_each_state_by_each_role(made: Made, by) -> None:
    plan = a_plan(made, by)
    a_step(plan, by, done_on=TODAY)
    unlike = []
    for pair in every_pair(TRANSITION):
        with transaction.atomic():
            TransitionPlan.objects.filter(pk=plan.pk).update(state=pair.state)
            try:
                transition.move_plan(
                    plan=TransitionPlan.objects.get(pk=plan.pk), move=pair.move,
                    by=made.users[pair.role], reason="Omdat het moet",
                )  # fmt: skip
                found = None
            except DomainError as error:
                found = error.code
            state = TransitionPlan.objects.get(pk=plan.pk).state
            if (found, state) != (pair.expected, pair.target or pair.state):
                unlike.append((str(pair), found, state))
            transaction.set_rollback(True)
    assert unlike == []
