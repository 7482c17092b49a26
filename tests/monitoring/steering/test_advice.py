"""The rule of the referral advice, by cases worked out by hand."""

from dataclasses import replace

import pytest

from monitoring.domain.steering.advice import Facts, Referral, Running, advise

GOOD = Facts(verdict="on_course", better=("Doelrealisatie",), within_norm=True)


def given(**changes):
    return replace(GOOD, **changes)


# What differs from a provider that does well in everything, and what the advice then is.
CASES = [
    ({}, "more"),
    ({"stopped": True}, "none"),
    ({"measures": frozenset({"client_stop"})}, "none"),
    ({"measures": frozenset({"no_referrals"})}, "none"),
    ({"cases": (Running("phasing_out"),)}, "none"),
    ({"cases": (Running("dissolution_proposed"),)}, "none"),
    # The heaviest decides.
    ({"stopped": True, "measures": frozenset({"fewer_referrals"})}, "none"),
    ({"measures": frozenset({"fewer_referrals"})}, "fewer"),
    ({"cases": (Running("supervision"),)}, "fewer"),
    ({"cases": (Running("monitoring", 2),)}, "fewer"),
    ({"verdict": "off_course"}, "fewer"),
    ({"cases": (Running("monitoring"),)}, "as_agreed"),
    ({"cases": (Running("signalled"),)}, "as_agreed"),
    ({"verdict": "attention"}, "as_agreed"),
    ({"verdict": "unknown"}, "as_agreed"),
    ({"verdict": ""}, "as_agreed"),
    ({"better": ()}, "as_agreed"),
    ({"worse": ("Uitval",)}, "as_agreed"),
    ({"within_norm": None}, "as_agreed"),
    ({"within_norm": False}, "as_agreed"),
]


@pytest.mark.parametrize(("changes", "expected"), CASES)
def test_the_rule(changes, expected):
    advice = advise(given(**changes))
    assert advice.referral == expected
    assert advice.reasons
    assert all(advice.reasons)


def test_every_reason_is_told():
    advice = advise(given(verdict="", better=(), within_norm=None))
    assert advice.referral == Referral.AS_AGREED
    assert advice.reasons == (
        "er is nog geen oordeel over deze aanbieder",
        "geen uitkomst is duidelijk beter dan het segment",
        "de wachttijd is niet bekend",
    )


def test_nothing_known_is_never_more():
    assert advise(Facts()).referral == Referral.AS_AGREED
