"""Figures that providers deliver: beside the messages, or instead of them."""

from typing import Any

from care.models import IndicatorDelivery
from regions.models import Region
from segments.enums import Feed
from segments.models import Segment

from .build import figures, parts, trajectory, value


def deliver(
    region: Region, indicator: str, numerator: float, denominator: float | None, **rest: Any
) -> None:
    row = {"provider": "65650011", "segment": "A", "half_year": "2025-H1", "run": 1, **rest}
    IndicatorDelivery.objects.create(
        region_id=region.pk,
        indicator=indicator,
        numerator=numerator,
        denominator=denominator,
        **row,
    )


def test_shares_add_up_as_sums_over_sums(region: Region) -> None:
    deliver(region, "crisis_within_24h", 9, 10)
    deliver(region, "crisis_within_24h", 10, 40, provider="65650022", municipality="0503")
    figure_set = figures(region)
    assert parts(figure_set, "crisis_within_24h") == (19, 50)
    assert value(figure_set, "crisis_within_24h") == 0.38
    assert parts(figure_set, "crisis_within_24h", segment="A", provider="65650022") == (10, 40)
    assert parts(figure_set, "crisis_within_24h", municipality="0503") == (10, 40)
    row = figure_set.values.get(
        code="crisis_within_24h", municipality="", segment="", category="", provider=""
    )
    assert row.low is not None
    assert row.low < 0.38 < row.high


def test_an_indicator_of_the_region_itself_is_taken_as_delivered(region: Region) -> None:
    deliver(region, "eigen_aanbod", 3, None)
    deliver(region, "eigen_aanbod", 4, None, provider="65650022")
    assert value(figures(region), "eigen_aanbod") == 7


def test_messages_go_before_deliveries_in_a_segment_that_has_messages(region: Region) -> None:
    trajectory(region, 1, "2024-02-01", "2025-02-01", "32", product="43A07")
    deliver(region, "dropout_rate", 5, 10)
    assert parts(figures(region), "dropout_rate") == (1, 1)


def test_a_segment_fed_by_delivery_adds_to_what_the_messages_of_others_say(
    region: Region,
) -> None:
    Segment.objects.filter(code="A").update(feed=Feed.DELIVERY)
    trajectory(region, 1, "2024-02-01", "2025-02-01", "32")
    trajectory(region, 2, "2024-02-01", "2025-02-01", "32", product="43A07")
    deliver(region, "dropout_rate", 5, 10)
    deliver(region, "outflow", 10, None)
    figure_set = figures(region)
    assert parts(figure_set, "dropout_rate") == (6, 11)
    assert parts(figure_set, "dropout_rate", segment="A") == (5, 10)
    assert value(figure_set, "outflow") == 11
    assert value(figure_set, "outflow", segment="B") == 1


def test_medians_stand_with_their_provider_only(region: Region) -> None:
    Segment.objects.filter(code="A").update(feed=Feed.DELIVERY)
    deliver(region, "duration_p50", 120, None)
    figure_set = figures(region)
    assert value(figure_set, "duration_p50") is None
    assert value(figure_set, "duration_p50", segment="A") is None
    assert value(figure_set, "duration_p50", segment="A", provider="65650011") == 120


def test_what_nobody_delivered_is_no_value_instead_of_zero(region: Region) -> None:
    Segment.objects.filter(code="A").update(feed=Feed.DELIVERY)
    trajectory(region, 1, "2024-02-01")
    figure_set = figures(region)
    assert value(figure_set, "clients", segment="A") is None
    assert value(figure_set, "clients", segment="B") == 1
    assert value(figure_set, "spend", segment="A") == 0


def test_a_delivery_of_a_later_run_is_not_seen_before_it(region: Region) -> None:
    deliver(region, "crisis_within_24h", 9, 10, run=2)
    assert value(figures(region), "crisis_within_24h") is None
