"""Each check on lines, worked out by hand; and that a run is enough to see what it changed."""

from datetime import date
from decimal import Decimal

import pytest

from care.models import DeclarationLine, SpendMovement
from finance.domain.checking import check_months, check_run, check_waiting, waiting_runs
from finance.domain.deviating import except_line, move_deviation
from finance.models import CheckedRun, Deviation, LineFinding
from segments.models import Product

from .conftest import movement
from .lines import AGB, allocation, cap, contract, line, provider, received, tariff, trajectory

pytestmark = pytest.mark.django_db
YEAR = (date(2024, 1, 1), date(2025, 1, 1))


@pytest.fixture
def region(place):
    return place.region


@pytest.fixture
def agreed(region):
    """A provider with a contract for 45A01 at 1.20 euros a minute."""
    made = contract(provider(region), ["45A01"])
    tariff(region, "45A01", "1.20")
    return made


def found(region):
    """(line, kind) with euros, as kept."""
    return {
        (row.line, row.kind): Decimal(row.at_stake_cents) / 100
        for row in LineFinding.objects.filter(region_id=region.pk)
    }


def check(region):
    check_months(region.pk, *YEAR)
    return found(region)


def test_a_line_as_agreed_passes_every_check(region, agreed):
    trajectory(region, start_on=date(2024, 1, 1))
    allocation(region, 100, "4")
    line(region, 120)
    assert check(region) == {}


def test_without_a_contract_on_the_day_all_of_it_deviates(region, agreed):
    before = line(region, 120, begin_on=date(2022, 12, 31), end_on=date(2022, 12, 31))
    after = line(region, 120, begin_on=date(2026, 1, 1), end_on=date(2026, 1, 31))
    last_day = line(region, 120, begin_on=date(2025, 12, 31), end_on=date(2025, 12, 31))
    check_months(region.pk, date(2022, 1, 1), date(2027, 1, 1))
    kept = found(region)
    assert kept[after.pk, "no_contract"] == 120
    # Before the first contract of the register nothing can be held against it.
    assert (before.pk, "no_contract") not in kept
    assert (last_day.pk, "no_contract") not in kept


def test_a_contract_for_another_municipality_does_not_hold(region, place, agreed):
    agreed.municipalities.add(place.delft)
    mine, theirs = line(region, 120), line(region, 120, municipality="0503", volume=101)
    kept = check(region)
    assert (mine.pk, "no_contract") in kept
    assert (theirs.pk, "no_contract") not in kept


def test_a_contract_that_was_never_made_does_not_count(region, agreed):
    other = contract(provider(region, "65650022", "Later"), ["45A01"], status="draft")
    one = line(region, 120, provider=other.provider.agb_code)
    assert check(region) == {(one.pk, "no_contract"): 120}


def test_a_product_that_the_contract_does_not_name(region, agreed):
    one = line(region, 75, product="45A02")
    assert check(region) == {(one.pk, "product"): 75}


def test_a_contract_that_names_no_products_says_nothing_about_them(region, agreed):
    contract(provider(region, "65650022", "Zonder lijst"))
    line(region, 75, product="45A02", provider="65650022")
    assert check(region) == {}


def test_the_tariff_counts_to_the_cent(region, agreed):
    high = line(region, "121.00")
    low = line(region, "110.00", month=2)
    line(region, "120.05", month=3)
    one_too_many = line(region, "120.06", month=4)
    # 100 minutes at 1.20 are 120 euros; five cents is rounding.
    assert check(region) == {
        (high.pk, "tariff_high"): 1,
        (low.pk, "tariff_low"): -10,
        (one_too_many.pk, "tariff_high"): Decimal("0.06"),
    }


def test_a_tariff_of_the_contract_goes_before_that_of_the_region(region, agreed):
    tariff(region, "45A01", "1.30", contract=agreed, start=date(2024, 3, 1))
    before, after = line(region, 130), line(region, 130, month=3)
    assert check(region) == {(before.pk, "tariff_high"): 10}
    assert (after.pk, "tariff_high") not in found(region)


def test_a_credit_takes_back_what_its_debit_put_at_stake(region, agreed):
    line(region, 140)
    line(region, -140, volume=-100)
    assert sorted(check(region).values()) == [-20, 20]
    deviation = Deviation.objects.get(kind="tariff_high")
    assert (deviation.amount, deviation.state) == (0, "lapsed")


def test_more_than_allocated_per_month(region, agreed):
    trajectory(region, start_on=date(2024, 1, 1))
    allocation(region, 150, "4")
    line(region, 120)
    last = line(region, 120, begin_on=date(2024, 1, 15))
    line(region, 120, month=2)
    # 200 of 150 minutes in January: half of the last line.
    assert check(region) == {(last.pk, "volume"): 60}


def test_more_than_allocated_per_week_counts_weeks_that_began(region, agreed):
    allocation(region, 18, "2")
    one = line(region, 120)
    # January has 31 days: five weeks of 18 minutes are 90, so 10 of 100 minutes are too many.
    assert check(region) == {(one.pk, "volume"): 12}


def test_hours_and_minutes_are_one_measure_and_nights_are_not(region, agreed):
    allocation(region, 1, "4", unit="04")
    one = line(region, 120)
    line(region, 500, month=2, unit="14", volume=3)
    # One hour of 100 minutes.
    assert check(region) == {(one.pk, "volume"): 48}


def test_a_total_is_used_up_over_the_years(region, agreed):
    allocation(region, 250, "6")
    line(region, 120, month=1)
    line(region, 120, month=2)
    third = line(region, 120, month=3, run=2)
    check_run(region.pk, 2)
    assert found(region) == {(third.pk, "volume"): 60}


def test_a_later_allocation_says_what_is_allowed(region, agreed):
    allocation(region, 50, "4")
    allocation(region, 100, "4", dagtekening=date(2024, 2, 1))
    line(region, 120)
    assert check(region) == {}


def test_a_budget_is_counted_in_euros(region, agreed):
    allocation(region, None, "", unit="", budget_cents=200_00)
    line(region, 120)
    last = line(region, 120, month=2)
    assert check(region) == {(last.pk, "volume"): 40}


def test_the_same_line_twice_deviates_once_and_not_after_a_credit(region, agreed):
    same = {"begin_on": date(2024, 1, 1)}
    first = line(region, 120, **same)
    again = line(region, 120, dagtekening=date(2024, 3, 1), allocation_number=2, **same)
    assert check(region) == {(again.pk, "double"): 120}
    line(region, -120, volume=-100, **same)
    assert check(region) == {}
    assert first.pk


def test_after_the_stop(region, agreed):
    trajectory(region, start_on=date(2023, 6, 1), stop_on=date(2024, 2, 1))
    on_the_day, later = line(region, 120, month=2), line(region, 120, month=3)
    assert check(region) == {(later.pk, "after_stop"): 120}
    assert on_the_day.pk


def test_longer_than_eighteen_months_and_later_than_eighteen_months(region, agreed):
    trajectory(region, start_on=date(2022, 7, 1))
    line(region, 120, begin_on=date(2023, 12, 31), end_on=date(2023, 12, 31))
    long = line(region, 120)
    late = line(
        region, 120, allocation_number=2, begin_on=date(2024, 2, 1), end_on=date(2024, 2, 28),
        dagtekening=date(2025, 8, 29),
    )  # fmt: skip
    line(
        region, 120, allocation_number=2, begin_on=date(2024, 3, 1), end_on=date(2024, 2, 28),
        dagtekening=date(2025, 8, 28),
    )  # fmt: skip
    assert check(region) == {(long.pk, "long"): 120, (late.pk, "late"): 120}


def test_the_normal_duration_of_a_product_goes_before_the_term_of_the_region(region, agreed):
    """From 1 October 2023 on, 92 days later is 1 January 2024."""
    trajectory(region, start_on=date(2023, 10, 1))
    line(region, 120, begin_on=date(2023, 12, 31), end_on=date(2023, 12, 31))
    long = line(region, 120)
    assert check(region) == {}
    Product.objects.filter(region=region, code=long.product).update(normal_duration_days=92)
    assert check(region) == {(long.pk, "long"): 120}


def test_above_the_ceiling_the_last_received_and_no_crisis(region, agreed):
    cap(agreed, 2024, 200)
    first = line(region, 120)
    line(region, 900, product="46A01", category="46", unit="14")
    second = line(region, 120, month=2, dagtekening=date(2024, 3, 1))
    spent = [
        movement(region, date(2024, 1, 1), date(2024, 2, 1), 240_00),
        movement(region, date(2024, 1, 1), date(2024, 2, 1), 900_00),
    ]
    spent[1].category = "46"
    SpendMovement.objects.bulk_create(spent)
    kept = {key: euros for key, euros in check(region).items() if key[1] == "ceiling"}
    # 240 of 200 euros; crisis care is always paid.
    assert kept == {(second.pk, "ceiling"): 40}
    assert first.pk


@pytest.mark.parametrize(("volume", "too_much"), [(100, None), (101, Decimal("1.20"))])
def test_an_allocation_is_kept_to_the_unit(region, agreed, volume, too_much):
    allocation(region, 100, "4")
    one = line(region, Decimal("1.20") * volume, volume=volume)
    assert check(region) == ({(one.pk, "volume"): too_much} if too_much else {})


@pytest.mark.parametrize(("euros", "too_much"), [("120", None), ("120.01", Decimal("0.01"))])
def test_a_budget_is_kept_to_the_cent(region, agreed, euros, too_much):
    allocation(region, None, "", unit="", budget_cents=120_00)
    one = line(region, euros)
    assert check(region) == ({(one.pk, "volume"): too_much} if too_much else {})


@pytest.mark.parametrize(("second", "above"), [("80", None), ("80.01", Decimal("0.01"))])
def test_a_ceiling_is_kept_to_the_cent(region, agreed, second, above):
    cap(agreed, 2024, 200)
    line(region, 120)
    last = line(region, second, month=2, volume=66, dagtekening=date(2024, 3, 1))
    cents = 120_00 + round(Decimal(second) * 100)
    SpendMovement.objects.bulk_create([movement(region, date(2024, 1, 1), date(2024, 2, 1), cents)])
    kept = {key: euros for key, euros in check(region).items() if key[1] == "ceiling"}
    assert kept == ({(last.pk, "ceiling"): above} if above else {})


OTHERWISE = {
    "client": bytes([1]) * 16, "product": "45A02", "unit": "14", "begin_on": date(2024, 1, 2),
    "end_on": date(2024, 1, 29), "volume": 101, "amount_cents": 120_01,
}  # fmt: skip


@pytest.mark.parametrize("field", [None, *OTHERWISE])
def test_a_line_with_one_thing_different_is_no_double(region, agreed, field):
    contract(agreed.provider, ["45A02"])
    line(region, 120)
    other = {} if field is None else {field: OTHERWISE[field]}
    again = line(region, 120)
    DeclarationLine.objects.filter(pk=again.pk).update(**other)
    doubles = [line for line, kind in check(region) if kind == "double"]
    # Received on the same day: the last in its message is the one too many.
    assert doubles == ([] if field else [again.pk])


def test_three_of_the_same_with_one_credited_leave_one_too_many(region, agreed):
    for euros, volume in ((120, 100), (120, 100), (120, 100), (-120, -100)):
        line(region, euros, volume=volume)
    kept = [euros for (_, kind), euros in check(region).items() if kind == "double"]
    assert kept == [120]


@pytest.mark.parametrize(
    ("start", "last_day", "first_day"),
    [
        (date(2022, 7, 1), date(2023, 12, 31), date(2024, 1, 1)),
        (date(2022, 7, 15), date(2024, 1, 14), date(2024, 1, 15)),
        (date(2022, 8, 31), date(2024, 2, 28), date(2024, 2, 29)),
    ],
)
def test_eighteen_months_to_the_day(region, agreed, start, last_day, first_day):
    trajectory(region, start_on=start)
    line(region, 120, begin_on=last_day, end_on=last_day)
    long = line(region, 120, begin_on=first_day, end_on=first_day)
    check_months(region.pk, date(2023, 1, 1), date(2025, 1, 1))
    assert [key for key in found(region) if key[1] == "long"] == [(long.pk, "long")]


def test_the_day_after_the_stop(region, agreed):
    trajectory(region, start_on=date(2023, 6, 1), stop_on=date(2024, 2, 14))
    on_the_day = line(region, 120, begin_on=date(2024, 2, 14), end_on=date(2024, 2, 14))
    next_day = line(region, 120, begin_on=date(2024, 2, 15), end_on=date(2024, 2, 15))
    assert check(region) == {(next_day.pk, "after_stop"): 120}
    assert on_the_day.pk


def test_lines_that_do_not_count_are_not_checked(region, agreed):
    line(region, 500, revised=True, counts=True, refused=True)
    line(region, 500, revised=True, counts=False)
    assert check(region) == {}


def test_a_run_finds_what_all_would_find(region, agreed):
    """Only the run is looked at, also where it makes an earlier line double or right."""
    first = line(region, 120)
    check_run(region.pk, 1)
    assert found(region) == {}
    again = line(region, 120, run=2, begin_on=first.begin_on, dagtekening=date(2024, 3, 1))
    check_run(region.pk, 2)
    assert found(region) == {(again.pk, "double"): 120}
    line(region, -120, run=3, volume=-100)
    check_run(region.pk, 3)
    after_runs = found(region)
    check_months(region.pk, *YEAR)
    assert found(region) == after_runs == {}


def test_waiting_runs_are_checked_once_and_an_undone_run_leaves_nothing(region, agreed):
    line(region, 150)
    received(region, 1)
    assert waiting_runs(region.pk) == [1]
    check_waiting(region.pk)
    assert waiting_runs(region.pk) == []
    assert Deviation.objects.get().amount == 30
    DeclarationLine.objects.all().delete()
    region_runs = CheckedRun.objects.filter(region_id=region.pk)
    assert region_runs.count() == 1
    received_runs = __import__("care.models", fromlist=["ReceivedRun"]).ReceivedRun
    received_runs.objects.all().delete()
    check_waiting(region.pk)
    assert (found(region), region_runs.count()) == ({}, 0)
    assert Deviation.objects.get().state == "lapsed"


def test_amounts_follow_the_lines_and_the_decision_holds_until_there_is_more(
    region, agreed, controller
):
    line(region, 150)
    check(region)
    deviation = Deviation.objects.get(kind="tariff_high")
    assert (deviation.provider, deviation.lines, deviation.amount) == (AGB, 1, 30)
    move_deviation(deviation=deviation, move="accept", by=controller, reason="Afgesproken.")
    check(region)
    deviation.refresh_from_db()
    assert (deviation.state, deviation.decided_amount) == ("accepted", 30)
    line(region, 160, begin_on=date(2024, 1, 8))
    check(region)
    deviation.refresh_from_db()
    assert (deviation.state, deviation.lines, deviation.amount) == ("found", 2, 70)


def test_an_excepted_line_stays_excepted_and_does_not_count(region, agreed, controller):
    first, second = line(region, 150), line(region, 140, begin_on=date(2024, 1, 8))
    check(region)
    except_line(
        finding=LineFinding.objects.get(line=first.pk), reason="Maatwerkafspraak.", by=controller
    )
    check(region)
    deviation = Deviation.objects.get(kind="tariff_high")
    assert (deviation.lines, deviation.amount) == (1, 20)
    assert (first.pk, "tariff_high") in found(region)
    assert second.pk
