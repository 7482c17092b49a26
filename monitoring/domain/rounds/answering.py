"""Delivering: checks at the door, moves, and what goes on to the figures."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.intake.api import form, receive
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks

from ...enums.rounds import DELIVERY
from ...models import DeliveredAnswer, ProviderDelivery, RoundQuestion
from ...queries.rounds import Before, before, is_share, questions_of, segment_code
from ...rules.rounds import check_can_answer, roles_for
from ..cases.signals import check_names_nobody

# A share that moves by so many standard deviations of chance, a count by so many times.
JUMP_DEVIATIONS, JUMP_TIMES = 3.0, 1.5
INTAKE_FORM = "aanleveringen"


@dataclass(frozen=True)
class Given:
    question: RoundQuestion
    numerator: Decimal
    denominator: Decimal | None = None
    explanation: str = ""


@transaction.atomic
def deliver(*, delivery: ProviderDelivery, given: Sequence[Given], by: Any) -> Step:
    """Hand in all answers of a round, for the first time or after it was given back.

    Raises DomainError naming the question: an answer is missing, the numerator is over the
    denominator, or a jump against the half-year before is not explained.
    """
    check_can_answer(by, delivery)
    check_is_open(delivery)
    earlier = before(delivery)
    _check_complete(delivery, given)
    for one in given:
        _check(one, earlier.get(one.question.pk))
    step = take(
        delivery, DELIVERY, "deliver", by=by, roles=roles_for(by, delivery),
        tenant_id=delivery.round.region_id,
    )  # fmt: skip
    delivery.answers.all().delete()
    for one in given:
        DeliveredAnswer.objects.create(
            delivery=delivery, question=one.question, numerator=one.numerator,
            denominator=one.denominator, explanation=one.explanation.strip(),
        )  # fmt: skip
    delivery.delivered_on = clock.today()
    delivery.save(update_fields=["delivered_on"])
    sync_tasks(delivery.round.region_id)
    return step


def check_is_open(delivery: ProviderDelivery) -> None:
    if not delivery.round.is_open:
        raise DomainError(
            "Deze ronde is aangekondigd. Aanleveren kan zodra de regio haar openstelt.",
            code="ronde-niet-open",
        )


@transaction.atomic
def move_delivery(*, delivery: ProviderDelivery, move: str, by: Any, reason: str = "") -> Step:
    """Any other step. Effects of approving: the answers go on to the figures, through the intake
    as a file of the same form, so that they can be traced and undone there."""
    if move == "deliver":
        raise DomainError("Lever aan met de antwoorden erbij.", code="antwoorden-ontbreken")
    step = take(
        delivery, DELIVERY, move, by=by, roles=roles_for(by, delivery),
        tenant_id=delivery.round.region_id, reason=reason,
    )  # fmt: skip
    if move == "approve":
        _to_figures(delivery, by)
    sync_tasks(delivery.round.region_id)
    return step


def _check_complete(delivery: ProviderDelivery, given: Sequence[Given]) -> None:
    answered = {one.question.pk for one in given}
    asked = {question.pk: question for question in questions_of(delivery)}
    for pk, question in asked.items():
        if pk not in answered:
            raise DomainError(f"‘{question}’ is nog niet ingevuld.", code="antwoord-ontbreekt")
    if len(answered) != len(given) or not answered <= asked.keys():
        raise DomainError(
            "Geef op elke vraag die u is gesteld één antwoord.", code="vraag-onbekend"
        )


def _check(one: Given, earlier: Before | None) -> None:
    check_names_nobody(one.explanation)
    definition = one.question.indicator
    if one.denominator is None and is_share(definition):
        raise DomainError(f"‘{one.question}’ vraagt ook een noemer.", code="noemer-ontbreekt")
    if one.numerator < 0:
        raise DomainError(f"‘{one.question}’: de teller is lager dan 0.", code="teller-onder-nul")
    if one.denominator is not None and one.numerator > one.denominator:
        raise DomainError(
            f"‘{one.question}’: de teller ({one.numerator}) is groter dan de noemer "
            f"({one.denominator}). Een deel is nooit meer dan het geheel.",
            code="teller-boven-noemer",
        )
    if earlier is not None and is_jump(one, earlier) and not one.explanation.strip():
        raise DomainError(
            f"‘{one.question}’ verschilt veel van het vorige halfjaar (toen {earlier.text}). "
            "Leg in de toelichting uit hoe dat komt, of verbeter het cijfer.",
            code="sprong-zonder-toelichting",
        )


def is_jump(one: Given, earlier: Before) -> bool:
    """Whether it moved by more than chance explains (share), or clearly in size."""
    if one.denominator and earlier.denominator:
        return _share_jumps(one, earlier) or _size_jumps(one.denominator, earlier.denominator)
    return _size_jumps(one.numerator, earlier.numerator)


def _share_jumps(one: Given, earlier: Before) -> bool:
    now, then = float(one.denominator or 0), float(earlier.denominator or 0)
    both = (float(one.numerator) + float(earlier.numerator)) / (now + then)
    deviation = sqrt(both * (1 - both) * (1 / now + 1 / then))
    moved = abs(float(one.numerator) / now - float(earlier.numerator) / then)
    return moved > JUMP_DEVIATIONS * deviation


def _size_jumps(now: Decimal, then: Decimal) -> bool:
    large, small = float(max(now, then)), float(min(now, then))
    return large > JUMP_TIMES * small and large - small > JUMP_DEVIATIONS * sqrt(large)


def _to_figures(delivery: ProviderDelivery, by: Any) -> None:
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(
        ["halfjaar", "segment", "aanbieder", "indicator", "teller", "noemer", "toelichting"]
    )
    for answer in delivery.answers.select_related("question__indicator", "question__segment"):
        rows.writerow(_row(delivery, answer))
    name = f"aanlevering-{delivery.provider.agb_code}-{delivery.round.half_year}.csv"
    receive(
        form=form(INTAKE_FORM), tenant_id=delivery.round.region_id, by=by,
        files=[(name, io.BytesIO(text.getvalue().encode()))],
    )  # fmt: skip


def _row(delivery: ProviderDelivery, answer: DeliveredAnswer) -> list[str]:
    return [
        delivery.round.half_year, segment_code(answer.question), delivery.provider.agb_code,
        answer.question.indicator.code, _cell(answer.numerator), _cell(answer.denominator),
        answer.explanation,
    ]  # fmt: skip


def _cell(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}".replace(".", ",")
