"""Measures in steps and in volumes."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from care.models import Trajectory
from core.errors import DomainError
from finance.domain.keeping_measures import PhaseGiven, keep_measure
from finance.domain.months import month_of
from finance.models import Measure
from finance.queries.measure_inputs import measure_input
from finance.queries.measure_volumes import Volumes, followed
from finance.queries.movements import view_of

from .conftest import DE, DH
from .test_scenarios import a_measure, run  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


def trajectories(region, number, start, municipality=DH, product="45A01", end=None):
    Trajectory.objects.bulk_create(
        Trajectory(
            region_id=region.pk, client=bytes([place]) * 16, municipality=municipality,
            allocation_number=start.toordinal() * 1000 + place, provider="65650011",
            product=product, allocated_on=start, valid_from=start, start_on=start, end_on=end,
        )
        for place in range(number)
    )  # fmt: skip


def test_a_volume_is_a_part_of_what_began_in_the_last_year(run, controller):  # noqa: F811
    trajectories(run.region, 40, date(2024, 9, 1))
    trajectories(run.region, 10, date(2024, 9, 2), municipality=DE)
    trajectories(run.region, 5, date(2023, 9, 1))
    volumes = Volumes.of(view_of(run))
    less = a_measure(
        run.region, controller, "minder", driver="inflow", segment="S1",
        volume_low=-20, volume_central=-10, volume_high=-5,
    )  # fmt: skip
    found = measure_input(less, less, volumes)
    # 10 of the 50 that began from July 2024 to June 2025.
    assert (found.low, found.central, found.high) == (-4_000, -2_000, -1_000)
    own = a_measure(
        run.region, controller, "delft", driver="inflow", segment="S2",
        volume_low=-2, volume_central=-1, volume_high=0,
    )  # fmt: skip
    assert measure_input(own, own, volumes) is None  # nothing began in segment S2
    moves = a_measure(
        run.region, controller, "ambulant", driver="mix", segment="S1", target_segment="S2",
        replacement=50, volume_low=5, volume_central=11, volume_high=400,
    )  # fmt: skip
    moved = measure_input(moves, moves, volumes)
    # 5 in care all year, 50 for 303 and 302 days: 5 + (40 x 303 + 10 x 302) / 365 = 46.5.
    assert volumes.clients(moved.scope) == 46.5
    assert (moved.central, moved.high) == (round(10_000 * 11 / 46.5), 10_000)


def test_a_volume_that_works_already_is_a_part_of_what_was_there_before_it(
    run, controller  # noqa: F811
):  # fmt: skip
    trajectories(run.region, 75, date(2024, 9, 1))
    half = a_measure(
        run.region, controller, "half", driver="inflow", segment="S1", starts_on=date(2024, 1, 1),
        volume_low=-75, volume_central=-50, volume_high=0,
    )  # fmt: skip
    steps = [PhaseGiven(date(2024, 1, 1), Decimal(50)), PhaseGiven(date(2026, 1, 1), Decimal(100))]
    keep_measure(measure=half, by=controller, steps=steps)
    found = measure_input(half, half, Volumes.of(view_of(run)))
    # Half of 50 fewer: without the measure 100 would have begun. Of 75 fewer it would be 112,5.
    assert (found.low, found.central, found.high) == (-6_667, -5_000, 0)


def test_followed_in_volumes_beside_the_plan(run, controller, settings):  # noqa: F811
    settings.CLOCK_TODAY = "2027-03-31"
    for year, number in ((2024, 30), (2025, 40), (2026, 31)):
        trajectories(run.region, number, date(year, 2, 1), end=date(year, 2, 28))
    measure = a_measure(
        run.region, controller, "minder", driver="inflow", segment="S1",
        effect_low=-50, effect_central=-50, effect_high=-50,
    )  # fmt: skip
    steps = [PhaseGiven(date(2026, 1, 1), Decimal(40)), PhaseGiven(date(2026, 7, 1), Decimal(60))]
    keep_measure(measure=measure, by=controller, steps=steps)
    found = {one.year: one for one in followed(measure, measure_input(measure, measure))}
    assert (found[2025].begun, found[2025].planned) == (40, None)
    # 40 % half a year and 60 % the other half is half of the effect: a quarter fewer than 40.
    assert found[2026].begun == 31
    assert found[2026].works == pytest.approx(0.5)
    assert found[2026].planned == pytest.approx(30)
    assert not found[2027].whole


def test_years_before_the_first_declarations_are_no_base(run, controller, settings):  # noqa: F811
    """Of the years before January 2023 only some trajectories came along."""
    settings.CLOCK_TODAY = "2025-03-31"
    for year, number in ((2022, 12), (2023, 40), (2024, 41)):
        trajectories(run.region, number, date(year, 2, 1), end=date(year, 2, 28))
    measure = a_measure(
        run.region, controller, "minder", driver="inflow", segment="S1",
        starts_on=date(2023, 1, 1), effect_low=-50, effect_central=-50, effect_high=-50,
    )  # fmt: skip
    found = {one.year: one for one in followed(measure, measure_input(measure, measure))}
    assert sorted(found) == [2023, 2024, 2025]
    assert (found[2023].begun, found[2023].planned) == (40, None)


def test_steps_are_kept_by_page_and_api_and_have_to_go_up(client, run, controller, councillor):  # noqa: F811
    measure = a_measure(run.region, controller, effect_low=-9, effect_central=-9, effect_high=-9)
    start = measure.starts_on
    for wrong in (
        [PhaseGiven(date(2026, 2, 1), Decimal(50))],
        [PhaseGiven(start, Decimal(50)), PhaseGiven(date(2026, 5, 1), Decimal(50))],
    ):
        with pytest.raises(DomainError):
            keep_measure(measure=measure, by=controller, steps=wrong)
    client.force_login(controller)
    change = reverse("finance-measure-change", args=["haaglanden", measure.pk])
    form = client.get(change).context["form"]
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {"effect_low": "-9", "effect_central": "-9", "effect_high": "-9"}
    data |= {"starts_on": "2026-01-01", "steps": "2026-01-01 | 25 | wijkteams\n2026-07-01 | 100"}
    answer = client.post(change, data)
    assert answer.status_code == 302, answer.context["form"].errors
    given = measure_input(measure, Measure.objects.get(pk=measure.pk))
    assert given.steps == ((month_of("2026-01"), 2_500), (month_of("2026-07"), 10_000))
    assert "wijkteams" in client.get(change).content.decode()
    page = reverse("finance-measure", args=["haaglanden", measure.pk])
    assert "in stappen" in client.get(page).content.decode()
    api = APIClient()
    api.force_authenticate(controller)
    row = api.get(f"/api/v1/maatregelen/{measure.pk}").json()
    assert [one["deel"] for one in row["stappen"]] == ["25", "100"]
    client.force_login(councillor)
    assert "Gevolgd in aantallen" not in client.get(page).content.decode()
