"""Verbs of deviations: the moves of their table, and excepting one line."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from core import clock
from core.errors import DomainError
from core.formats import euro
from core.money import euros
from core.states.api import take
from core.states.models import Step
from regions.queries.access import access_of

from ..deviation_enums import DEVIATION, DeviationState
from ..models import CheckTerms, Deviation, LineFinding
from ..rules import check_can_handle_deviations
from .checking import add_up

DECIDED = ("accept", "settle")


@transaction.atomic
def move_deviation(
    *, deviation: Deviation, move: str, by: Any, reason: str, amount: Decimal | None = None
) -> Step:
    """One move of the table.

    `amount` is what is claimed or what was received; without it all that deviates, and of a
    settlement all that was claimed. Effects: the state and its step; the amount of the claim or
    the settlement; the day on which an answer is due; the amount that was decided about.
    """
    check_can_handle_deviations(by, deviation.region)
    row = Deviation.objects.select_for_update().get(pk=deviation.pk)
    found = DEVIATION.check(row.state, move, access_of(by).roles_in(row.region_id), reason)
    values: dict[str, Any] = {"moved_on": clock.today()}
    if found.name == "claim":
        values["claimed"] = _claimed(row, amount)
    if found.name == "settle":
        values["received"] = row.claimed if amount is None else euros(amount)
    if found.name in ("ask", "claim"):
        values["answer_by"] = clock.today() + timedelta(days=_terms(row).answer_days)
    if found.name in DECIDED:
        values["decided_amount"] = row.amount
    # The amounts come first: the database holds that a claim names one.
    Deviation.objects.filter(pk=row.pk).update(**values)
    step = take(
        row,
        DEVIATION,
        move,
        by=by,
        roles=access_of(by).roles_in(row.region_id),
        tenant_id=row.region_id,
        reason=reason,
    )
    deviation.refresh_from_db()
    return step


def _claimed(row: Deviation, amount: Decimal | None) -> Decimal:
    asked = row.amount if amount is None else euros(amount)
    if asked <= 0:
        raise DomainError(
            "Er is niets terug te vorderen: het bedrag is niet hoger dan nul.",
            code="niets-terug-te-vorderen",
        )
    if asked > row.amount:
        raise DomainError(
            f"U kunt niet meer terugvorderen dan afwijkt: {euro(row.amount)}.",
            code="meer-dan-afwijkt",
        )
    return asked


def _terms(row: Deviation) -> CheckTerms:
    return CheckTerms.objects.filter(region=row.region_id).first() or CheckTerms()


@transaction.atomic
def except_line(*, finding: LineFinding, reason: str, by: Any) -> None:
    """Let one line not count in its deviation. Effects: the reason on the finding, the amount of
    the deviation. The line itself stays as it was sent."""
    deviation = Deviation.objects.select_for_update().get(pk=finding.deviation_id)
    check_can_handle_deviations(by, deviation.region)
    if not reason.strip():
        raise DomainError("Geef een reden bij de uitzondering.", code="reden-ontbreekt")
    if deviation.state not in DeviationState.OPEN:
        raise DomainError(
            f"De afwijking is {deviation.get_state_display()}. Beoordeel haar eerst opnieuw.",
            code="afwijking-gesloten",
        )
    LineFinding.objects.filter(pk=finding.pk).update(excepted=reason.strip())
    _count_again(deviation)


@transaction.atomic
def count_line(*, finding: LineFinding, by: Any) -> None:
    """Take an exception back. Effects: as if it had never been made."""
    deviation = Deviation.objects.select_for_update().get(pk=finding.deviation_id)
    check_can_handle_deviations(by, deviation.region)
    LineFinding.objects.filter(pk=finding.pk).update(excepted="")
    _count_again(deviation)


def _count_again(deviation: Deviation) -> None:
    with connection.cursor() as cursor:
        add_up(cursor, [deviation.pk])


@transaction.atomic
def keep_terms(*, terms: CheckTerms, by: Any) -> CheckTerms:
    """Keep what the region agreed about the checks. Holds for what is checked from now on."""
    check_can_handle_deviations(by, terms.region)
    terms.full_clean()
    terms.save()
    return terms
