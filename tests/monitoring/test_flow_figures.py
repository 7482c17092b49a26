"""Volume, waiting and quality: what the golden region does not reach."""

from datetime import date

import pytest

from care.models import CareRecord
from core.periods import HalfYear
from monitoring.models import IndicatorValue
from regions.models import Region, YouthPopulation

from .build import client, figures, make_region, parts, trajectory, value

H2 = HalfYear(2025, 2)


def test_other_referrers_count_as_unknown(region: Region) -> None:
    trajectory(region, 1, "2025-02-01", referrer="07")
    trajectory(region, 2, "2025-02-01", referrer="02")
    figure_set = figures(region)
    assert parts(figure_set, "referrer_share_unknown") == (1, 2)
    assert parts(figure_set, "referrer_share_02") == (1, 2)


def test_region_has_zeros_in_every_cell_of_its_own(region: Region) -> None:
    trajectory(region, 1, "2025-02-01")
    figure_set = figures(region)
    assert value(figure_set, "clients", municipality="0637") == 0
    assert value(figure_set, "clients", municipality="0637", segment="A") == 0
    assert parts(figure_set, "outflow_plan", segment="A") == (0, 0)
    assert value(figure_set, "dropout_rate", segment="A") is None


def test_other_regions_stay_out(region: Region) -> None:
    other = make_region("ander", ("0518",))
    trajectory(other, 1, "2025-02-01")
    assert value(figures(region), "clients") == 0
    assert value(figures(other), "clients") == 1


def test_a_product_without_place_is_nowhere_but_in_its_own_segment(region: Region) -> None:
    trajectory(region, 1, "2025-02-01", product="99X99")
    figure_set = figures(region)
    assert value(figure_set, "clients", segment="niet ingedeeld") == 1
    categories = IndicatorValue.objects.filter(figure_set=figure_set, code="clients")
    assert set(categories.exclude(category="").values_list("value", flat=True)) == {0}


def test_a_client_with_two_trajectories_counts_once_per_cell(region: Region) -> None:
    trajectory(region, 1, "2025-02-01", provider="65650011")
    trajectory(region, 1, "2025-03-01", provider="65650022")
    trajectory(region, 2, "2025-03-01", provider="65650022")
    figure_set = figures(region)
    assert value(figure_set, "clients") == 2
    assert value(figure_set, "clients", provider="65650011") == 1
    assert value(figure_set, "clients", segment="B", provider="65650022") == 2
    assert parts(figure_set, "stacked_care") == (1, 2)
    assert parts(figure_set, "stacked_care", provider="65650022") == (1, 2)
    assert parts(figure_set, "stacked_providers_3") == (0, 2)


def test_a_pause_ends_care_once_182_days_have_passed(region: Region) -> None:
    # 2025-01-10 + 182 days = 2025-07-11.
    trajectory(region, 1, "2024-11-01", paused_on=date(2025, 1, 10))
    during, after = date(2025, 7, 10), date(2025, 7, 11)
    assert parts(figures(region, known_on=during), "stacked_care") == (0, 1)
    assert parts(figures(region, known_on=after), "stacked_care") is None
    assert value(figures(region, known_on=after), "outflow") == 0


def test_youths_are_the_latest_count_on_or_before_the_first_day(region: Region) -> None:
    trajectory(region, 1, "2025-02-01")
    for day, count in ((date(2024, 1, 1), 50), (date(2025, 1, 1), 80), (date(2025, 2, 1), 90)):
        YouthPopulation.objects.create(
            region=region, municipality="0503", counted_on=day, count=count
        )
    figure_set = figures(region)
    assert parts(figure_set, "clients_per_100", municipality="0503") == (1, 80)
    assert value(figure_set, "clients_per_100", municipality="0503") == pytest.approx(1.25)
    assert value(figure_set, "clients_per_100", municipality="0637") is None


def test_no_youth_count_of_a_member_means_no_rate_of_the_region(region: Region) -> None:
    trajectory(region, 1, "2025-02-01")
    YouthPopulation.objects.create(
        region=region, municipality="0503", counted_on=date(2025, 1, 1), count=80
    )
    assert value(figures(region), "clients_per_100") is None


def test_waiting_counts_an_allocation_that_starts_much_later(region: Region) -> None:
    trajectory(region, 1, "2025-12-01", allocated_on=date(2025, 6, 1), valid_from=date(2025, 6, 1))
    # 2025-06-01 to 2025-06-30 is 29 days.
    assert value(figures(region), "waiting") == 1
    assert value(figures(region), "waiting_p50") == 29
    assert value(figures(region, H2), "waiting") == 0


def test_a_stop_from_long_ago_without_a_start_leaves_an_allocation_waiting(region: Region) -> None:
    given = {"allocated_on": date(2023, 1, 9), "valid_from": date(2023, 1, 9)}
    trajectory(region, 1, None, "2023-02-28", **given)
    assert value(figures(region), "waiting") == 1


def test_care_that_began_after_the_validity_runs_on_no_day(region: Region) -> None:
    # Valid to 10 March, begun on 9 April: inflow, but no care before 1 May or after 1 March.
    over = {"valid_from": date(2025, 1, 1), "valid_through": date(2025, 3, 10)}
    trajectory(region, 1, "2025-01-06", "2025-03-01", product="43A07")
    trajectory(region, 1, "2025-04-09", **over)
    trajectory(region, 1, "2025-05-01")
    trajectory(region, 2, "2025-04-09", product="43A07", **over)
    trajectory(region, 2, "2025-04-20")
    figure_set = figures(region)
    assert value(figure_set, "inflow") == 5
    assert value(figure_set, "stay_days") == 55
    assert value(figure_set, "new_clients", segment="B") == 1
    # The 90 days after 1 March end on 30 May: c1 has care from 1 May on.
    assert parts(figure_set, "heavy_to_light") == (1, 1)
    trajectory(region, 4, "2025-01-06", "2025-03-01", product="43A07")
    trajectory(region, 4, "2025-04-09", **over)
    assert parts(figures(region), "heavy_to_light") == (1, 2)


def test_orphans_are_counted_by_the_date_in_the_record(region: Region) -> None:
    care = trajectory(region, 1, "2025-02-01")
    known = {"municipality": "0503", "provider": "65650011", "client": client(1)}
    for number, begin in ((care.allocation_number, "2025-02-01"), (999_999, "2025-03-01")):
        CareRecord.objects.create(
            region_id=region.pk,
            run=1,
            seq=number,
            dagtekening=date(2025, 8, 1),
            kind="start",
            status="1",
            product="45A48",
            begin_on=date.fromisoformat(begin),
            allocation_number=number,
            **known,
        )
    figure_set = figures(region)
    assert parts(figure_set, "orphan_share") == (1, 2)
    assert parts(figure_set, "orphan_share", segment="B", provider="65650011") == (1, 2)
    assert value(figures(region, H2), "orphan_share") is None


def test_the_same_inputs_give_the_same_set(region: Region) -> None:
    trajectory(region, 1, "2025-02-01", "2025-05-31", product="43A07")
    first = figures(region)
    assert figures(region).pk == first.pk
    trajectory(region, 2, "2025-02-01")
    second = figures(region)
    assert second.checksum != first.checksum
    assert value(first, "clients") == 1
