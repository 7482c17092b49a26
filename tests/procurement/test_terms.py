"""Dates of contracts, worked out by hand on a calendar."""

from datetime import date

import pytest

from procurement.domain.terms import (
    KeyKind,
    Plan,
    earliest_last_day,
    gaps,
    is_longer_than,
    key_dates,
    months_between,
    notice_by,
    renewed_end,
    renewed_ends,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


# Last day of the contract, months of notice, last day on which notice can be given.
@pytest.mark.parametrize(
    ("last", "months", "expected"),
    [
        ("2026-12-31", 6, "2026-06-30"),  # there is no 31 June
        ("2025-12-31", 3, "2025-09-30"),
        ("2026-08-28", 2, "2026-06-28"),
        ("2024-07-31", 2, "2024-05-31"),
        ("2026-04-30", 2, "2026-02-28"),  # no 30 February
        ("2024-04-30", 2, "2024-02-29"),  # leap year
        ("2026-05-31", 1, "2026-04-30"),
        ("2026-03-31", 12, "2025-03-31"),
        ("2026-02-28", 3, "2025-11-28"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-12-31", 0, "2026-12-31"),
    ],
)
def test_notice_counts_calendar_months_back_from_the_last_day(
    last: str, months: int, expected: str
) -> None:
    end = date.fromordinal(day(last).toordinal() + 1)
    assert notice_by(end, months) == day(expected)


def test_the_earliest_last_day_is_one_for_which_notice_is_in_time() -> None:
    for given, months, expected in (
        ("2025-08-31", 6, "2026-03-01"),  # for 28 February notice was due by 28 August
        ("2025-08-28", 6, "2026-02-28"),
        ("2025-06-30", 6, "2025-12-30"),
        ("2023-12-31", 2, "2024-03-01"),
        ("2026-01-15", 0, "2026-01-15"),
    ):
        found = earliest_last_day(day(given), months)
        assert found == day(expected), given
        end = date.fromordinal(found.toordinal() + 1)
        assert notice_by(end, months) >= day(given)


# Last day before, months, last day after the renewal.
@pytest.mark.parametrize(
    ("last", "months", "expected"),
    [
        ("2025-12-31", 12, "2026-12-31"),
        ("2025-08-28", 12, "2026-08-28"),
        ("2023-07-31", 12, "2024-07-31"),
        ("2026-06-30", 6, "2026-12-31"),  # what ends with its month, goes on to the end of one
        ("2025-02-28", 36, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-01-30", 1, "2026-02-28"),  # no 30 February
        ("2024-01-30", 1, "2024-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2030-12-31", 48, "2034-12-31"),
    ],
)
def test_a_renewal_adds_calendar_months(last: str, months: int, expected: str) -> None:
    end = renewed_end(date.fromordinal(day(last).toordinal() + 1), months)
    assert end == date.fromordinal(day(expected).toordinal() + 1)


def plan(end: str, **values: object) -> Plan:
    return Plan(end=day(end), **{"notice": (2, 0), **values})  # type: ignore[arg-type]


def key(kind: KeyKind, found: list) -> str:
    return next(k for k in found if k.kind == kind).day.isoformat()


@pytest.mark.parametrize(
    ("today", "notice", "last"),
    [
        ("2025-06-28", "2025-06-28", "2025-08-28"),  # today is the last day for notice
        ("2025-06-29", "2026-06-28", "2026-08-28"),  # missed: it renews
        ("2025-09-01", "2026-06-28", "2026-08-28"),
        ("2026-06-29", "2027-06-28", "2027-08-28"),
    ],
)
def test_notice_follows_the_end_that_tacit_renewal_leads_to(
    today: str, notice: str, last: str
) -> None:
    tacit = plan("2025-08-29", renews_tacitly=True, extension_months=12, extensions_left=None)
    found = key_dates(tacit, day(today))
    assert key(KeyKind.NOTICE, found) == notice
    assert key(KeyKind.END, found) == last


def test_a_renewal_may_be_shorter_than_the_first_term() -> None:
    """36 months from 1 August 2020 end on 31 July 2023; then 12 months at a time."""
    tacit = plan("2023-08-01", renews_tacitly=True, extension_months=12, extensions_left=2)
    assert list(renewed_ends(tacit)) == [day("2023-08-01"), day("2024-08-01"), day("2025-08-01")]
    assert key(KeyKind.NOTICE, key_dates(tacit, day("2023-06-01"))) == "2024-05-31"


def test_after_the_last_tacit_renewal_the_contract_ends() -> None:
    tacit = plan("2023-08-01", renews_tacitly=True, extension_months=12, extensions_left=1)
    assert key(KeyKind.END, key_dates(tacit, day("2025-01-01"))) == "2024-07-31"


def test_extension_is_announced_six_months_ahead_and_decided_before() -> None:
    """Ends 31 December 2030: announce by 30 June, decide two months before, by 30 April."""
    found = key_dates(
        plan("2031-01-01", extension_months=48, extensions_left=1, decision_lead_months=2),
        day("2029-01-01"),
    )
    extension = next(k for k in found if k.kind == KeyKind.EXTENSION)
    assert (extension.day, extension.decide_by) == (day("2030-06-30"), day("2030-04-30"))
    assert extension.last_day == day("2030-12-31")


def test_without_extensions_left_there_is_none_to_announce() -> None:
    found = key_dates(plan("2031-01-01", extension_months=12, extensions_left=0), day("2030-01-01"))
    assert {k.kind for k in found} == {KeyKind.NOTICE, KeyKind.END}


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2023-01-01", "2031-01-01", 96),
        ("2023-01-01", "2030-12-31", 95),
        ("2024-02-29", "2025-02-28", 12),  # no 29 February in 2025
        ("2025-01-31", "2025-02-28", 1),
    ],
)
def test_whole_months_of_a_term(start: str, end: str, months: int) -> None:
    assert months_between(day(start), day(end)) == months


def test_four_years_is_not_longer_than_four_years() -> None:
    assert not is_longer_than(day("2023-01-01"), day("2027-01-01"), 48)
    assert is_longer_than(day("2023-01-01"), day("2027-01-02"), 48)


def test_gaps_between_phases() -> None:
    three, five = (day("2023-01-01"), day("2026-01-01")), (day("2026-01-01"), day("2031-01-01"))
    assert gaps([five, three]) == []
    late = (day("2026-02-01"), day("2031-01-01"))
    assert gaps([three, late]) == [(day("2026-01-01"), day("2026-02-01"))]
    assert [(three[1] - three[0]).days, (five[1] - five[0]).days] == [1096, 1826]


def test_hard_cases_of_notice_and_renewal_worked_out_by_hand() -> None:
    """Terms in days, weeks and both; 29 February; renewals of a month; notice that comes late."""
    for last, term, expected in (
        ("2027-03-31", (0, 45), "2027-02-14"),
        ("2024-03-31", (0, 56), "2024-02-04"),  # eight weeks over 29 February
        ("2026-05-31", (1, 14), "2026-04-16"),  # 30 April, and then fourteen days
        ("2026-12-31", (0, 90), "2026-10-02"),
        ("2028-02-29", (12, 0), "2027-02-28"),
    ):
        end = date.fromordinal(day(last).toordinal() + 1)
        assert notice_by(end, *term) == day(expected), (last, term)
    for given, term, expected in (
        ("2026-10-02", (0, 90), "2026-12-31"),
        ("2026-10-03", (0, 90), "2027-01-01"),  # a day late
        ("2027-01-31", (1, 0), "2027-03-01"),
        ("2027-01-17", (1, 14), "2027-03-01"),  # for 28 February it was due by 14 January
        ("2027-01-14", (1, 14), "2027-02-28"),
    ):
        assert earliest_last_day(day(given), *term) == day(expected), (given, term)
    leap = [renewed_end(day("2028-03-01"), months) for months in (12, 24, 48)]
    assert leap == [day("2029-03-01"), day("2030-03-01"), day("2032-03-01")]
    tacit = {"renews_tacitly": True, "extensions_left": None}
    by_month = plan("2027-02-01", extension_months=1, notice=(1, 0), **tacit)
    found = key_dates(by_month, day("2027-01-29"))  # for 28 February it was due by the 28th
    assert (key(KeyKind.NOTICE, found), key(KeyKind.END, found)) == ("2027-02-28", "2027-03-31")
    odd = renewed_ends(plan("2027-01-31", extension_months=1, **tacit))
    assert [next(odd) for _ in range(3)] == [
        day("2027-01-31"),
        day("2027-03-01"),
        day("2027-03-31"),
    ]
    in_days = plan("2027-01-01", extension_months=12, notice=(0, 90), **tacit)
    for today, notice, last in (
        ("2026-10-02", "2026-10-02", "2026-12-31"), ("2026-10-03", "2027-10-02", "2027-12-31"),
    ):  # fmt: skip
        found = key_dates(in_days, day(today))
        assert (key(KeyKind.NOTICE, found), key(KeyKind.END, found)) == (notice, last)
    decided = key_dates(
        plan("2027-04-01", notice=(0, 90), decision_lead_months=2), day("2026-01-01")
    )
    assert [k.decide_by for k in decided if k.kind == KeyKind.NOTICE] == [day("2026-10-31")]
