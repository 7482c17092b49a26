"""Asking providers for figures of a half-year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from core import clock
from core.errors import DomainError
from core.periods import HalfYear
from core.tasks.api import sync_tasks
from providers.models import Provider
from regions.models import Region
from segments.models import IndicatorDefinition, Segment

from ...models import DeliveryRound, ProviderDelivery, RoundQuestion
from ...queries.rounds import comes_in_by_messages
from ...rules.rounds import check_can_ask

Asked = tuple[IndicatorDefinition, Segment | None]


@transaction.atomic
def ask_round(
    *,
    region: Region,
    half_year: HalfYear,
    due_on: date,
    questions: Sequence[Asked],
    providers: Sequence[Provider],
    by: Any,
    minutes: int = 20,
) -> DeliveryRound:
    """Open a round: every provider gets every question.

    What the site computes from messages is refused: nobody delivers the same twice. Effects: a
    delivery per provider, with a task that reminds before and after the last day.
    """
    check_can_ask(by, region)
    _check(half_year, due_on, questions, providers)
    try:
        with transaction.atomic():
            made = DeliveryRound.objects.create(
                region=region, half_year=half_year.label, due_on=due_on, minutes=minutes, made_by=by
            )
    except IntegrityError as error:
        raise DomainError(
            f"Over het {half_year.title} is al een ronde gestart.", code="ronde-bestaat"
        ) from error
    for definition, segment in questions:
        RoundQuestion.objects.create(round=made, indicator=definition, segment=segment)
    for provider in providers:
        ProviderDelivery.objects.create(round=made, provider=provider)
    sync_tasks(region.pk)
    return made


def _check(
    half_year: HalfYear, due_on: date, questions: Sequence[Asked], providers: Sequence[Provider]
) -> None:
    if half_year.end > clock.today():
        raise DomainError(
            f"Het {half_year.title} is nog niet voorbij.", code="halfjaar-niet-voorbij"
        )
    if due_on <= clock.today():
        raise DomainError("Kies een laatste dag die nog komt.", code="datum-voorbij")
    if not questions or not providers:
        raise DomainError("Kies minstens één indicator en één aanbieder.", code="niets-gevraagd")
    for definition, segment in questions:
        if comes_in_by_messages(definition, segment):
            raise DomainError(
                f"‘{definition}’ komt al binnen met het berichtenverkeer en wordt daaruit "
                "berekend. Vraag het niet nog eens aan aanbieders.",
                code="komt-al-binnen",
            )
