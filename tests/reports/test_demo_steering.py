"""The demonstration's cases are made by the verbs, once."""

import pytest

from monitoring.models import Case, CaseSignal
from procurement.models import PlanStep
from providers.models import Provider, WaitStatement
from reports.demo.deciding import make_deciding
from reports.demo.steering import make_steering, people_of
from tests.factories import ProviderFactory, a_region, with_users
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
