"""The demonstration agrees on sets and asks for figures, once, by the same verbs as people."""

import pytest

from core.periods import HalfYear
from monitoring.models import AgreedVersion, DeliveryRound, ProviderDelivery
from reports.demo.agreeing import make_agreed
from reports.demo.asking import make_rounds
from segments.models import GoalIndicator
from tests.factories import (
    ContractFactory,
    IndicatorDefinitionFactory,
    ProviderFactory,
    a_region,
    with_users,
)
from tests.monitoring.steering.build import with_figures

pytestmark = pytest.mark.django_db


def test_sets_and_rounds_are_made_once_and_say_what_they_should():
    made = with_users(a_region())
    with_figures(made)
    other = IndicatorDefinitionFactory(region=made.region, code="wait_p50", name="Wachttijd")
    for segment in made.segments[1:]:
        goal = segment.goals.first() or segment.goals.create(number="1", text="Sneller")
        GoalIndicator.objects.create(goal=goal, indicator=other)
    by, manager = made.users["policy_officer"], made.users["contract_manager"]
    contract = made.provider.contracts.first() or ContractFactory(
        region=made.region, provider=made.provider
    )
    contract.segments.add(made.segments[0])
    count = make_agreed(made.scheme, HalfYear(2026, 1), by=by)
    assert count == len(made.segments) + 1
    assert make_agreed(made.scheme, HalfYear(2026, 1), by=by) == 0
    assert not AgreedVersion.objects.exclude(state="agreed").exists()
    assert AgreedVersion.objects.filter(number=2).count() == 1
    for number in range(4):
        provider = ProviderFactory(region=made.region, name=f"Proef {number}")
        ContractFactory(region=made.region, provider=provider).segments.add(made.segments[0])
    assert make_rounds(made.region, by=manager) > 0
    assert make_rounds(made.region, by=manager) == 0
    behind, running, coming = DeliveryRound.objects.order_by("half_year")
    assert (behind.is_over, running.is_over) == (True, False)
    assert (running.is_open, coming.is_open) == (True, False)
    states = set(ProviderDelivery.objects.filter(round=behind).values_list("state", flat=True))
    assert states == {"locked", "returned", "approved", "open"}
