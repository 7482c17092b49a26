"""What goes well is looked into and spread; what is tried is followed to a conclusion."""

from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.periods import add_months
from providers.models import Provider

from ...enums import Theme
from ...enums.patterns import Finding
from ...enums.steering import INITIATIVE, INQUIRY, InquiryState
from ...models import Initiative, Inquiry, InquiryFollower, PatternRun
from ...queries.patterns import Seen, in_words, is_newest
from .rows import BEFORE, KEEPING, TABLES

UNDER_WAY = (InquiryState.OPEN, InquiryState.EXAMINING)
MONTHS_TO_FIND_OUT = 3


@transaction.atomic
def open_inquiries(run: PatternRun) -> int:
    """Open an inquiry for every outcome that stands out favourably at a registered provider, in
    the search over all cells of the newest half-year (004:L982-983).

    Effects: inquiries, each once per provider, indicator and half-year; none while one about the
    same provider and indicator is under way. Asked by the job that searches.
    """
    if not is_newest(run):
        return 0
    providers = {p.agb_code: p for p in Provider.objects.filter(region=run.region)}
    rows = run.patterns.filter(
        theme=Theme.OUTCOME, finding=Finding.PRAISE, provider__in=providers
    ).order_by("q", "pk")
    return sum(_opened(one, providers[one.row.provider], run) for one in in_words(rows, run))


def _opened(one: Seen, provider: Provider, run: PatternRun) -> bool:
    half_year = run.figure_set.half_year
    same = Inquiry.objects.filter(provider=provider, indicator=one.row.code)
    if (same.filter(half_year=half_year) | same.filter(state__in=UNDER_WAY)).exists():
        return False
    segments = run.figure_set.scheme.segments.filter(code=one.row.segment)
    Inquiry.objects.create(
        region=run.region, provider=provider, segment=segments.first(), indicator=one.row.code,
        half_year=half_year, title=f"{provider}: {one.indicator.name}"[:200],
        evidence=evidence_of(one), due_on=add_months(clock.today(), MONTHS_TO_FIND_OUT),
        fictitious=run.region.is_demo,
    )  # fmt: skip
    return True


def evidence_of(one: Seen) -> dict[str, Any]:
    """In words: which rule, on which figures, with which uncertainty."""
    return {
        "regel": one.rule,
        "nu": one.share,
        "verwacht": one.expected,
        "grenzen": one.limits,
        "teller": one.row.numerator,
        "noemer": one.row.denominator,
        "q": one.row.q,
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
