"""What a region buys and wants: which scheme is shown, and who writes it down."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.errors import DomainError, NotAllowed
from regions.enums import Role
from regions.models import Region
from segments.domain.framework import keep, remove
from segments.models import SegmentParticipation, SegmentScheme, Target
from segments.queries.framework import (
    participation_matrix,
    placements_on,
    scheme_to_show,
    segments_with_counts,
)
from tests.factories import (
    IndicatorDefinitionFactory,
    ProductPlacementFactory,
    RegionFactory,
    SegmentFactory,
    SegmentGoalFactory,
    SegmentSchemeFactory,
    a_region,
    user_with,
)

pytestmark = pytest.mark.django_db


def scheme(region: Region, code: str, start: int, end: int | None) -> SegmentScheme:
    return SegmentSchemeFactory(
        region=region,
        code=code,
        valid_from=date(start, 1, 1),
        valid_to=date(end, 1, 1) if end else None,
    )


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2025, 6, 1), "nu"),
        (date(2026, 12, 31), "nu"),
        (date(2027, 1, 1), "straks"),
        (date(2022, 6, 1), "nu"),
        (date(2040, 6, 1), "straks"),
    ],
)
def test_scheme_in_force_is_shown_else_the_next_else_the_last(day: date, shown: str) -> None:
    region = RegionFactory()
    scheme(region, "nu", 2023, 2027)
    scheme(region, "straks", 2027, 2035)
    found = scheme_to_show(region, day)
    assert found is not None
    assert found.code == shown


def test_a_region_without_scheme_shows_none() -> None:
    assert scheme_to_show(RegionFactory()) is None


def test_sub_goals_do_not_count_as_goals() -> None:
    goal = SegmentGoalFactory(number="1")
    SegmentGoalFactory(segment=goal.segment, parent=goal, number="1a")
    assert [s.goal_count for s in segments_with_counts(goal.segment.scheme)] == [1]


def test_a_product_stands_where_the_day_says() -> None:
    here = ProductPlacementFactory(valid_from=date(2023, 1, 1), valid_to=date(2025, 1, 1))
    there = SegmentFactory(scheme=here.scheme)
    ProductPlacementFactory(scheme=here.scheme, segment=there, valid_from=date(2025, 1, 1))
    assert [p.segment for p in placements_on(here.scheme, date(2024, 12, 31))] == [here.segment]
    assert [p.segment for p in placements_on(here.scheme, date(2025, 1, 1))] == [there]


def test_matrix_is_empty_where_a_municipality_takes_part_fully() -> None:
    made = a_region()
    row = SegmentParticipation.objects.create(
        segment=made.segments[1], municipality=made.municipalities[0], participation="none"
    )
    _, rows = participation_matrix(made.scheme, made.municipalities)
    assert [[cell for _, cell in cells] for _, cells in rows] == [[None, row], [None, None]]


@pytest.mark.parametrize("role", [Role.CONTRACT_MANAGER, Role.CONTROLLER, Role.COUNCIL_MEMBER])
def test_others_do_not_write_the_framework(role: Role) -> None:
    made = a_region()
    user = user_with(role, made.region, municipality=made.municipalities[0])
    made.goal.text = "Iets anders"
    with pytest.raises(NotAllowed):
        keep(row=made.goal, by=user)


def test_a_target_must_fit_its_kind() -> None:
    made = a_region()
    user = user_with(Role.POLICY_OFFICER, made.region)
    indicator = IndicatorDefinitionFactory(region=made.region)
    target = Target(scheme=made.scheme, indicator=indicator, kind="number")
    with pytest.raises(ValidationError, match="Geef een getal"):
        keep(row=target, by=user)


def test_two_schemes_never_hold_on_one_day() -> None:
    made = a_region()
    user = user_with(Role.POLICY_OFFICER, made.region)
    other = SegmentScheme(
        region=made.region, code="ander", name="Ander", valid_from=date(2026, 1, 1)
    )
    with pytest.raises(ValidationError, match="geldt al een andere indeling"):
        keep(row=other, by=user)


def test_an_indicator_in_use_stays() -> None:
    made = a_region()
    user = user_with(Role.POLICY_OFFICER, made.region)
    indicator = IndicatorDefinitionFactory(region=made.region)
    made.goal.indicators.create(indicator=indicator)
    with pytest.raises(DomainError, match="kan niet weg"):
        remove(row=indicator, by=user)
