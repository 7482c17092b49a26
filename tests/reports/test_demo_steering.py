"""The demonstration's cases are made by the verbs, once."""

from datetime import date

import pytest
from django.conf import settings

from core import clock
from core.periods import HalfYear
from core.states.api import steps_of
from monitoring.enums.cases import CASE
from monitoring.models import Case, CaseSignal
from procurement.models import PlanStep
from providers.models import Provider, WaitStatement
from regions.models import RoleAssignment
from reports.demo.deciding import make_deciding
from reports.demo.earlier_cases import make_earlier_cases
from reports.demo.steering import make_steering, people_of
from tests.factories import ProviderFactory, UserFactory, a_region, with_users
from tests.procurement.policy import with_policy

pytestmark = pytest.mark.django_db


def test_cases_stand_in_different_steps_and_all_is_fictitious():
    made = with_users(a_region())
    for letter in "abcd":
        ProviderFactory(region=made.region, name=f"Zorg {letter}")
    first = Provider.objects.order_by("sort_name").first()
    made.users["provider"].role_assignments.update(provider_organisation=first.organisation)
    manager, provider = people_of(made.region)
    assert make_steering(made.region, manager=manager, provider_user=provider) == 3
    states = set(Case.objects.values_list("state", flat=True))
    assert states == {"monitoring", "plan_asked", "signalled"}
    assert all(Case.objects.values_list("fictitious", flat=True))
    assert CaseSignal.objects.filter(case__isnull=True).count() == 2
    assert WaitStatement.objects.filter(known="unknown").exists()
    assert make_steering(made.region, manager=manager, provider_user=provider) == 0


def test_earlier_cases_have_a_history_on_the_days_it_happened():
    made = with_users(a_region())
    party, second = made.users["provider"], UserFactory()
    other = ProviderFactory(region=made.region)
    party.role_assignments.update(provider_organisation=made.provider.organisation)
    RoleAssignment.objects.create(
        user=second, role="provider", region=made.region, provider_organisation=other.organisation
    )
    year, by = HalfYear.parse("2025-H2"), made.users["contract_manager"]
    for _ in range(2):
        make_earlier_cases(made.region, year, by=by)
    one, two = Case.objects.order_by("number")
    assert [(c.outcome, c.round, c.shared) for c in (one, two)] == [
        ("continue_referral", 1, True), ("continue_referral", 2, True),
    ]  # fmt: skip
    days = {clock.day_of(step.at) for step in steps_of(two, CASE)}
    assert date(2025, 2, 16) in days
    assert max(days) <= two.closed_on < date(2025, 12, 31)
    assert settings.CLOCK_TODAY == ""


def test_a_procedure_slips_and_contracts_are_tied_to_the_text():
    made = with_users(a_region())
    policy = with_policy(made)
    made.contract.fictitious, made.contract.status = True, "active"
    made.contract.save()
    by = made.users["policy_officer"]
    assert make_deciding(made.scheme, by=by)
    steps = PlanStep.objects.filter(procedure__name__contains="fictief")
    assert {step.slippage for step in steps} == {10, 14, 21}
    assert made.contract.clauses.get().section == policy.clause
    assert not make_deciding(made.scheme, by=by)
