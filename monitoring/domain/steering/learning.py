"""What goes well is looked into and spread; what is tried is followed to a conclusion."""

from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.formats import percent
from core.periods import add_months
from regions.models import Region

from ...enums.steering import INITIATIVE, INQUIRY, InquiryState
from ...models import Initiative, Inquiry, InquiryFollower
from ..cases.obliged import Development, positive_developments
from .rows import BEFORE, KEEPING, TABLES

# A rise is looked into from so many cases on both sides.
FEWEST = 30
UNDER_WAY = (InquiryState.OPEN, InquiryState.EXAMINING)
MONTHS_TO_FIND_OUT = 3


@transaction.atomic
def open_inquiries(*, region: Region) -> int:
    """Open an inquiry for every provider whose outcome clearly rose (004:L982-983).

    Effects: inquiries, each once per provider, indicator and half-year; none while one about the
    same provider and indicator is under way. Asked by the job that computes a half-year.
    """
    made = 0
    for one in positive_developments(region):
        same = Inquiry.objects.filter(provider=one.provider, indicator=one.indicator.code)
        known = same.filter(half_year=one.half_year.label) | same.filter(state__in=UNDER_WAY)
        if _is_small(one) or known.exists():
            continue
        Inquiry.objects.create(
            region=region, provider=one.provider, indicator=one.indicator.code,
            half_year=one.half_year.label, title=f"{one.provider}: {one.indicator.name}"[:200],
            evidence=evidence_of(one), due_on=add_months(clock.today(), MONTHS_TO_FIND_OUT),
            fictitious=region.is_demo,
        )  # fmt: skip
        made += 1
    return made


def _is_small(one: Development) -> bool:
    return min(one.now.denominator or 0, one.before.denominator or 0) < FEWEST


def evidence_of(one: Development) -> dict[str, Any]:
    """In words: which rule, on which figures."""
    return {
        "regel": "verschil met een jaar eerder groter dan het toeval verklaart (95 %), bij ten "
        f"minste {FEWEST} gevallen in beide halfjaren",
        "nu": percent(one.now.known),
        "jaar_eerder": percent(one.before.known),
        "noemer": one.now.denominator,
        "noemer_jaar_eerder": one.before.denominator,
    }


def check_behind(inquiry: Inquiry) -> None:
    if not inquiry.behind.strip():
        raise DomainError("Schrijf eerst op wat erachter zit.", code="oorzaak-ontbreekt")


def spread(inquiry: Inquiry) -> None:
    check_behind(inquiry)
    if not inquiry.spreadable.strip():
        raise DomainError(
            "Schrijf eerst op hoe het breder kan en wat daarvoor nodig is.",
            code="verspreiding-ontbreekt",
        )


def check_finding(initiative: Initiative) -> None:
    """Continuing and spreading rest on what it brought; stopping may come before."""
    if not initiative.finding.strip():
        raise DomainError("Schrijf eerst op wat het opleverde.", code="bevinding-ontbreekt")


def start(initiative: Initiative) -> None:
    if initiative.starts_on is None or initiative.evaluate_on is None:
        raise DomainError(
            "Vul in wanneer het begint en wanneer u het beoordeelt. Zonder die dag loopt het door.",
            code="data-ontbreken",
        )


def _keep_follower(row: InquiryFollower, by: object) -> None:
    if row.inquiry.state != InquiryState.SPREAD:
        raise DomainError(
            "Volgers komen erbij zodra de verkenning wordt verspreid.", code="nog-niet-verspreid"
        )


TABLES |= {Inquiry: INQUIRY, Initiative: INITIATIVE}
BEFORE |= {
    (INQUIRY.code, "spread"): spread,
    (INQUIRY.code, "keep"): check_behind,
    (INITIATIVE.code, "start"): start,
    (INITIATIVE.code, "continue"): check_finding,
    (INITIATIVE.code, "spread"): check_finding,
}
KEEPING[InquiryFollower] = _keep_follower
