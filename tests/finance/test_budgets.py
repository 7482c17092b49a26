from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from core.errors import DomainError, NotAllowed
from core.periods import HalfYear
from finance.domain.budgeting import adopt_budget, propose_change, record_budget
from finance.enums import BudgetKind, BudgetStatus
from finance.models import Budget, IndexRule
from finance.queries.budgets import BudgetBook, budget_for, compared_with_index
from finance.queries.visible import budgets_visible_to

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
    assert asked(place) == (Decimal(50), True, 1)


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
