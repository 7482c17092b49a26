from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from core.errors import DomainError, NotAllowed
from core.periods import HalfYear
from finance.domain.budgeting import adopt_budget, propose_change, record_budget
from finance.enums import BudgetKind, BudgetStatus
from finance.models import Budget, IndexRule
from finance.queries.budgets import BudgetBook, adding_up, budget_for, compared_with_index
from finance.queries.visible import budgets_visible_to
from procurement.models import Lot
from regions.models import RegionMembership

H1 = HalfYear(2025, 1)


def budget(place, amount, **fields):
    return Budget.objects.create(
        region=place.region,
        **{
            "year": 2025,
            "status": BudgetStatus.ADOPTED,
            "amount": Decimal(amount),
            **fields,
        },
    )


def asked(place, **cell):
    figure = budget_for(region_id=place.region.pk, half_year=H1, **cell)
    return figure and (figure.amount, figure.halved, figure.parts)


def test_while_amounts_come_in_a_few_of_them_are_not_the_whole(place):
    """Budgets of 2026 are entered one by one in the autumn of 2025."""
    for town in (place.hague, place.delft):
        for segment in ("S1", "S2"):
            budget(place, "100", municipality=town, segment=segment)
    book = BudgetBook(place.region.pk)
    assert book.of_year(2025).amount == 400
    whole = {"municipality": place.hague, "year": 2026}
    budget(place, "120", segment="S1", **whole)
    one = BudgetBook(place.region.pk, year=2026)
    assert one.of_year(2026) is None
    assert one.of_year(2026, municipality="0518") is None
    assert one.of_year(2026, segment="S1") is None
    assert one.of_year(2026, municipality="0518", segment="S1").amount == 120
    budget(place, "130", segment="S2", **whole)
    for segment in ("S1", "S2"):
        budget(place, "110", municipality=place.delft, segment=segment, year=2026)
    all_of_it = BudgetBook(place.region.pk)
    assert all_of_it.of_year(2026).amount == 470
    assert all_of_it.of_year(2026, municipality="0518").amount == 250
    assert all_of_it.of_year(2026, segment="S1").amount == 230


def test_who_left_the_region_or_stays_out_of_a_segment_is_not_waited_for(place):
    for town in (place.hague, place.delft):
        budget(place, "100", municipality=town, year=2025)
    RegionMembership.objects.filter(municipality=place.delft).update(valid_to=date(2026, 1, 1))
    budget(place, "120", municipality=place.hague, year=2026)
    assert BudgetBook(place.region.pk).of_year(2026).amount == 120


def test_no_budget_is_kept_for_a_year_in_which_a_municipality_does_not_belong(place, controller):
    RegionMembership.objects.filter(municipality=place.delft).update(valid_to=date(2025, 1, 1))
    row = Budget(
        municipality=place.delft, year=2025, amount=Decimal(100), subject="Jeugdhulp",
        status=BudgetStatus.PROPOSED,
    )  # fmt: skip
    with pytest.raises(DomainError, match="Delft hoort in 2025 niet bij de regio"):
        record_budget(budget=row, region=place.region, by=controller)
    row.year = 2024
    assert record_budget(budget=row, region=place.region, by=controller).pk


def test_a_half_year_is_half_a_year_where_no_half_is_given(place):
    budget(place, "3000001", municipality=place.hague, segment="S1")
    assert asked(place, municipality="0518", segment="S1") == (Decimal("1500000.5"), True, 1)


def test_a_given_half_counts_as_given(place):
    budget(place, "700", half=1)
    budget(place, "900", half=2)
    assert asked(place) == (Decimal(700), False, 1)
    assert BudgetBook(place.region.pk).of_year(2025).amount == 1600


def test_a_total_is_the_amount_given_for_it_and_not_the_sum_of_its_parts(place):
    budget(place, "1000")
    budget(place, "300", municipality=place.hague)
    assert asked(place) == (Decimal(500), True, 1)


def test_a_municipality_with_a_total_and_one_with_parts_add_up(place):
    budget(place, "300", municipality=place.hague)
    budget(place, "100", municipality=place.hague, segment="S1")
    budget(place, "30", municipality=place.delft, segment="S1")
    budget(place, "20", municipality=place.delft, segment="S2")
    assert BudgetBook(place.region.pk).of_year(2025).amount == 350


def test_a_segment_with_a_total_and_one_with_parts_add_up(place):
    budget(place, "300", segment="S1")
    budget(place, "100", municipality=place.hague, segment="S1")
    budget(place, "30", municipality=place.delft, segment="S2")
    assert BudgetBook(place.region.pk).of_year(2025).amount == 330


def test_what_adds_up_counts_nothing_twice(place):
    lot = Lot.objects.create(region=place.region, code="1", name="Perceel 1")
    kept = [
        budget(place, "300", municipality=place.hague),
        budget(place, "40", municipality=place.hague, kind=BudgetKind.PERSONAL_BUDGET),
        budget(place, "10", municipality=place.delft, segment="S1", half=1),
        budget(place, "20", municipality=place.delft, segment="S1", half=2),
        budget(place, "99", year=2026),
    ]
    budget(place, "30", municipality=place.delft, segment="S1")
    budget(place, "100", municipality=place.hague, segment="S1")
    budget(place, "200", lot=lot)
    assert adding_up(Budget.objects.all()) == {row.pk for row in kept}
    assert BudgetBook(place.region.pk).of_year(2025).amount == 330


def test_parts_add_up_where_no_total_is_given(place):
    budget(place, "100", municipality=place.hague, segment="S1")
    budget(place, "50", municipality=place.hague, segment="S2")
    budget(place, "30", municipality=place.delft, segment="S1")
    assert asked(place) == (Decimal(90), True, 3)
    assert asked(place, segment="S1") == (Decimal(65), True, 2)
    assert asked(place, municipality="0518") == (Decimal(75), True, 2)


def test_totals_of_municipalities_go_before_their_segments(place):
    budget(place, "100", municipality=place.hague)
    budget(place, "60", municipality=place.hague, segment="S1")
    budget(place, "40", municipality=place.delft)
    assert asked(place) == (Decimal(70), True, 2)


def test_no_budget_is_no_value(place):
    assert asked(place) is None


def test_personal_budgets_are_kept_beside_and_not_added(place):
    budget(place, "198000000", year=2025)
    budget(place, "24000000", kind=BudgetKind.PERSONAL_BUDGET)
    assert asked(place) == (Decimal(99_000_000), True, 1)


def test_a_proposal_counts_only_while_nothing_is_decided(place, controller):
    first = budget(place, "100", status=BudgetStatus.PROPOSED)
    assert budget_for(region_id=place.region.pk, half_year=H1).decided is False
    first = adopt_budget(budget=first, by=controller)
    change = propose_change(budget=first, change=Budget(amount=Decimal(150)), by=controller)
    assert asked(place)[0] == 50
    adopt_budget(budget=change, by=controller)
    assert asked(place)[0] == 75
    change.refresh_from_db()
    assert (change.version, change.status) == (2, BudgetStatus.AMENDED)
    first.refresh_from_db()
    assert first.amount == 100


def test_an_adopted_budget_is_not_adopted_again(place, controller):
    with pytest.raises(DomainError, match="al vastgesteld"):
        adopt_budget(budget=budget(place, "1"), by=controller)


def test_a_change_starts_from_the_newest_version(place, controller):
    first = budget(place, "100")
    propose_change(budget=first, change=Budget(amount=Decimal(1)), by=controller)
    with pytest.raises(DomainError, match="versie 2 al vastgelegd"):
        propose_change(budget=first, change=Budget(amount=Decimal(2)), by=controller)


def test_the_same_budget_twice_is_refused_by_form_and_database(place, controller):
    budget(place, "1")
    again = Budget(year=2025, amount=Decimal(2), status=BudgetStatus.PROPOSED)
    with pytest.raises(ValidationError, match="al vastgelegd"):
        record_budget(budget=again, region=place.region, by=controller)
    with pytest.raises(IntegrityError, match="finance_budget_version_once"):
        budget(place, "2")


def test_an_unknown_segment_is_refused_with_the_known_ones(place, controller):
    row = Budget(year=2025, amount=Decimal(2), status=BudgetStatus.PROPOSED, segment="S9")
    with pytest.raises(DomainError, match="S1, S2"):
        record_budget(budget=row, region=place.region, by=controller)


def test_only_controller_and_administrator_record_budgets(place, councillor):
    row = Budget(year=2025, amount=Decimal(2), status=BudgetStatus.PROPOSED)
    with pytest.raises(NotAllowed, match="controller"):
        record_budget(budget=row, region=place.region, by=councillor)


def test_given_amounts_stand_beside_computed_ones(place):
    # Noordwijk: 6.167.100, 6.290.454 and 6.416.261 against exactly 2 %.
    rows = [
        budget(place, amount, year=year)
        for year, amount in ((2021, "6167100"), (2022, "6290454"), (2023, "6416261"))
    ]
    for year in (2022, 2023):
        IndexRule.objects.create(
            region=place.region, year=year, percentage=Decimal(2), certainty="stated"
        )
    found = compared_with_index(Budget.objects.all(), IndexRule.objects.all())
    assert rows[0].pk not in found
    assert found[rows[1].pk].computed == Decimal("6290442.00")
    assert found[rows[1].pk].difference == Decimal("12.00")
    assert found[rows[2].pk].difference == Decimal("-2.08")


def test_another_region_and_a_provider_see_nothing(place, outsider, controller):
    budget(place, "1")
    assert budgets_visible_to(controller).count() == 1
    assert budgets_visible_to(outsider).count() == 0
