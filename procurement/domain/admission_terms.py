"""Terms of objection: plain dates. Six weeks each (Awb 6:7 and 7:10)."""

from datetime import date, timedelta

SIX_WEEKS = timedelta(weeks=6)
ONE_DAY = timedelta(days=1)
SATURDAY = 5


def objection_until(sent_on: date) -> date:
    """The last day to object: six weeks from the day after sending; never in a weekend.

    A public holiday lengthens the term too (Algemene termijnenwet); that is not counted here.
    """
    last = sent_on + SIX_WEEKS
    while last.weekday() >= SATURDAY:
        last += ONE_DAY
    return last


def decision_until(sent_on: date) -> date:
    """The last day to decide on an objection: six weeks after the term to object has ended."""
    last = objection_until(sent_on) + SIX_WEEKS
    while last.weekday() >= SATURDAY:
        last += ONE_DAY
    return last
