"""Asking providers for figures of a half-year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from core import clock
from core.errors import DomainError
from core.periods import HalfYear
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from providers.models import Provider
from regions.models import Region
from regions.queries.access import access_of

from ...enums.rounds import ASKING, AskingState
from ...models import DeliveryRound, ProviderDelivery, RoundQuestion
from ...queries.applying import Asked, applied
from ...queries.rounds import comes_in_by_messages
from ...rules.rounds import check_can_ask


@transaction.atomic
def ask_round(*, by: Any, **asked: Any) -> DeliveryRound:
    """Prepare a round (`prepare_round` says with what) and open it at once."""
    made = prepare_round(by=by, **asked)
    open_round(asked=made, by=by)
    return made


@transaction.atomic
def prepare_round(
    *,
    region: Region,
    half_year: HalfYear,
    due_on: date,
    questions: Sequence[Asked],
    providers: Sequence[Provider],
    by: Any,
    minutes: int = 20,
) -> DeliveryRound:
    """Announce a round: every provider is asked what applies to it (`queries.applying`).

    What the site computes from messages is refused: nobody delivers the same twice. A provider to
    whom nothing applies is left out. Everybody reads what is coming; nobody answers yet.
    """
    check_can_ask(by, region)
    _check(half_year, due_on, questions, providers)
    try:
        with transaction.atomic():
            made = DeliveryRound.objects.create(
                region=region, half_year=half_year.label, due_on=due_on, minutes=minutes,
                made_by=by, state=AskingState.PREPARING,
            )  # fmt: skip
    except IntegrityError as error:
        raise DomainError(
            f"Over het {half_year.title} is al een ronde gestart.", code="ronde-bestaat"
        ) from error
    rows = [
        RoundQuestion.objects.create(round=made, indicator=definition, segment=segment)
        for definition, segment in questions
    ]
    for one in applied(region, half_year, questions, providers):
        if one.reasons:
            delivery = ProviderDelivery.objects.create(round=made, provider=one.provider)
            delivery.chosen.set([rows[place] for place in one.reasons])
    if not made.deliveries.exists():
        raise DomainError(
            "Geen van deze vragen past bij deze aanbieders: zij hebben geen contract en leverden "
            "geen hulp in die segmenten.",
            code="niets-gevraagd",
        )
    return made


@transaction.atomic
def choose_questions(
    *, delivery: ProviderDelivery, questions: Sequence[RoundQuestion], by: Any
) -> None:
    """Ask this provider other questions of the round, while it is announced; none: leave it out."""
    check_can_ask(by, delivery.round.region)
    if delivery.round.is_open:
        raise DomainError("De ronde is al opengesteld.", code="ronde-open")
    if any(one.round_id != delivery.round_id for one in questions):
        raise DomainError("Kies vragen van deze ronde.", code="vraag-onbekend")
    if questions:
        delivery.chosen.set(questions)
    else:
        delivery.delete()


@transaction.atomic
def open_round(*, asked: DeliveryRound, by: Any) -> Step:
    """Effects: providers may answer, with a task that reminds before and after the last day."""
    check_can_ask(by, asked.region)
    if not asked.deliveries.exists():
        raise DomainError("Er is geen aanbieder meer om iets te vragen.", code="niets-gevraagd")
    step = take(
        asked, ASKING, "open", by=by, roles=access_of(by).roles_in(asked.region_id),
        tenant_id=asked.region_id,
    )  # fmt: skip
    sync_tasks(asked.region_id)
    return step


@transaction.atomic
def withdraw_round(*, asked: DeliveryRound, by: Any) -> None:
    """Take back a round that was announced only."""
    check_can_ask(by, asked.region)
    if asked.is_open:
        raise DomainError("De ronde is al opengesteld en blijft.", code="ronde-open")
    asked.delete()


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
