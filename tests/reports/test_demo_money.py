"""What the demonstration says of measures to come: by the verbs, once, all fictitious."""

import pytest

from finance.models import Measure, SavingsSeries
from reports.demo.scenarios import make_agreed_measure
from tests.factories import a_region, with_users

pytestmark = pytest.mark.django_db


def test_an_agreed_measure_in_steps_that_counts_beside_a_savings_series():
    made = with_users(a_region())
    by = made.users["controller"]
    assert make_agreed_measure(made.region, by=by).direction == "cheaper"
    assert make_agreed_measure(made.region, by=by) is None
    measure = Measure.objects.get(region=made.region)
    assert [int(step.share) for step in measure.steps.all()] == [25, 60, 100]
    assert measure.fictitious
    measure.delete()
    SavingsSeries.objects.create(region=made.region, code="rijk", name="Reeks")
    assert make_agreed_measure(made.region, by=by).direction == "dearer"
