"""The referral advice to access teams, by a rule. Plain values in, an advice with its reasons out.

Sources: 002:L123 ('goed presterende aanbieders krijgen meer doorverwijzingen'), L743-752 (access
may refer more to who does well, less to who does badly), L768 (access may stop referring). No
document gives a rule; this is ours, in this order, the first that applies decides:

1. none: a client stop holds, a measure 'client stop' or 'no referrals' runs, or a case stands at
   the proposed end of the contract or in phase-out;
2. fewer: a measure 'fewer referrals' runs, a case is under supervision, a case is in its second
   round or later (improvement lags), or the newest judgement is 'off course';
3. more: the newest judgement is 'on course', no case runs, at least one outcome is clearly better
   than the segment and none clearly worse, and the wait is known and within the norm;
4. as agreed: everything else, with what keeps it from more.
"""

from dataclasses import dataclass

from django.db import models

from ...enums.cases import CaseState, MeasureKind
from ...enums.interpretation import Verdict


class Referral(models.TextChoices):
    MORE = "more", "meer doorverwijzen"
    AS_AGREED = "as_agreed", "zoals afgesproken"
    FEWER = "fewer", "minder doorverwijzen"
    NONE = "none", "niet doorverwijzen"

    @property
    def tone(self) -> str:
        return {"more": "good", "fewer": "attention", "none": "bad"}.get(self.value, "neutral")


ENDING = (CaseState.DISSOLUTION_PROPOSED, CaseState.PHASING_OUT)


@dataclass(frozen=True)
class Running:
    """A running case with the provider: its step and round."""

    state: str
    round: int = 1


@dataclass(frozen=True)
class Facts:
    """What is known of a provider for one product.

    `verdict` is the newest judgement of the segment on the provider, '' when there is none.
    `better` and `worse` name the outcomes that lie outside the funnel of the segment (95 %, spread
    between providers allowed for). `within_norm` None: the wait is not known.
    """

    stopped: bool = False
    measures: frozenset[str] = frozenset()
    cases: tuple[Running, ...] = ()
    verdict: str = ""
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    within_norm: bool | None = None


@dataclass(frozen=True)
class Advice:
    referral: Referral
    reasons: tuple[str, ...]

    @property
    def tone(self) -> str:
        return self.referral.tone

    @property
    def label(self) -> str:
        return str(self.referral.label)


def advise(facts: Facts) -> Advice:
    """The advice with every reason for it; never without a reason."""
    if none := _none(facts):
        return Advice(Referral.NONE, none)
    if fewer := _fewer(facts):
        return Advice(Referral.FEWER, fewer)
    if held_back := _not_more(facts):
        return Advice(Referral.AS_AGREED, held_back)
    better = ", ".join(name.lower() for name in facts.better)
    return Advice(
        Referral.MORE,
        (f"oordeel: op koers; duidelijk beter dan het segment op: {better}; wacht binnen de norm",),
    )


def _none(facts: Facts) -> tuple[str, ...]:
    reasons = {
        "er geldt een cliëntenstop": facts.stopped or MeasureKind.CLIENT_STOP in facts.measures,
        "de regio besloot niet door te verwijzen": MeasureKind.NO_REFERRALS in facts.measures,
        "het einde van het contract is voorgesteld of de aanbieder wordt uitgefaseerd": any(
            case.state in ENDING for case in facts.cases
        ),
    }
    return _true(reasons)


def _fewer(facts: Facts) -> tuple[str, ...]:
    reasons = {
        "de regio besloot minder door te verwijzen": MeasureKind.FEWER_REFERRALS in facts.measures,
        "toezicht en handhaving is ingezet": any(
            case.state == CaseState.SUPERVISION for case in facts.cases
        ),
        "verbetering blijft uit: een zaak is aan een nieuwe ronde toe": any(
            case.round > 1 for case in facts.cases
        ),
        "oordeel: uit koers": facts.verdict == Verdict.OFF_COURSE,
    }
    return _true(reasons)


def _not_more(facts: Facts) -> tuple[str, ...]:
    worse = ", ".join(name.lower() for name in facts.worse)
    judged = str(Verdict(facts.verdict).label) if facts.verdict else ""
    reasons = {
        "er is nog geen oordeel over deze aanbieder": not facts.verdict,
        f"oordeel: {judged}": bool(facts.verdict) and facts.verdict != Verdict.ON_COURSE,
        "er loopt een zaak over verbetering": bool(facts.cases),
        f"duidelijk minder goed dan het segment op: {worse}": bool(facts.worse),
        "geen uitkomst is duidelijk beter dan het segment": not facts.better,
        "de wachttijd is niet bekend": facts.within_norm is None,
        "de wacht is langer dan de norm": facts.within_norm is False,
    }
    return _true(reasons)


def _true(reasons: dict[str, bool]) -> tuple[str, ...]:
    return tuple(text for text, holds in reasons.items() if holds)
