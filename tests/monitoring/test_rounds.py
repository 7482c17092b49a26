"""Rounds of delivered figures: asking, checks at the door, states, and the way to the figures."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from care.models import IndicatorDelivery
from core.errors import DomainError, NotAllowed
from core.jobs.api import Job, run
from core.periods import HalfYear
from core.states.api import steps_of
from monitoring.domain.rounds.answering import Given, deliver, move_delivery
from monitoring.domain.rounds.asking import ask_round
from monitoring.enums.rounds import DELIVERY
from monitoring.models import DeliveryRound, ProviderDelivery
from monitoring.queries.rounds import burden_of, deliveries_visible_to, may_be_asked
from providers.models import Provider
from regions.enums import OrganisationKind, Role
from regions.models import Region
from segments.models import IndicatorDefinition
from tests.factories import user_with
from tests.monitoring.build import organisation
from tests.states import Pair, every_pair

H1 = HalfYear(2026, 1)


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.CLOCK_TODAY = "2026-07-20"


@pytest.fixture
def manager(region: Region) -> Any:
    return user_with(Role.CONTRACT_MANAGER, region)


@pytest.fixture
def provider(region: Region) -> Provider:
    party = organisation("De Haven", OrganisationKind.PROVIDER)
    return Provider.objects.create(
        region=region, agb_code="65650011", name="De Haven", organisation=party
    )


@pytest.fixture
def writer(region: Region, provider: Provider) -> Any:
    return user_with(Role.PROVIDER, region, provider=provider)


def own(region: Region, **rest: Any) -> IndicatorDefinition:
    values = {"code": "employees", "name": "Tevreden medewerkers", "unit": "%", **rest}
    return IndicatorDefinition.objects.create(region=region, is_computed=False, **values)


def asked(region: Region, provider: Provider, by: Any) -> ProviderDelivery:
    made = ask_round(
        region=region, half_year=H1, due_on=date(2026, 8, 31), by=by, minutes=30,
        questions=[(own(region), None)], providers=[provider],
    )  # fmt: skip
    return made.deliveries.get()


def answers(delivery: ProviderDelivery, above: int, below: int, why: str = "") -> list[Given]:
    question = delivery.round.questions.get()
    return [Given(question, Decimal(above), Decimal(below), why)]


def earlier(region: Region, above: int, below: int) -> None:
    IndicatorDelivery.objects.create(
        region_id=region.pk, run=1, provider="65650011", indicator="employees",
        half_year="2025-H2", numerator=above, denominator=below,
    )  # fmt: skip


def test_the_burden_is_questions_times_providers_times_minutes(
    region: Region, provider: Provider, manager: Any
) -> None:
    burden = burden_of(asked(region, provider, manager).round)
    assert burden.hours == 0.5
    assert burden.text == "1 vragen × 1 aanbieders × 30 minuten = 0,5 uur"


def test_what_comes_in_by_messages_is_refused(
    region: Region, provider: Provider, manager: Any
) -> None:
    computed = IndicatorDefinition.objects.create(region=region, code="dropout_rate", name="Uitval")
    assert may_be_asked(region) == []
    with pytest.raises(DomainError, match="komt al binnen met het berichtenverkeer"):
        ask_round(
            region=region, half_year=H1, due_on=date(2026, 8, 31), by=manager,
            questions=[(computed, None)], providers=[provider],
        )  # fmt: skip
    assert not DeliveryRound.objects.exists()


def test_of_a_segment_fed_by_delivery_it_may_be_asked(region: Region) -> None:
    computed = IndicatorDefinition.objects.create(region=region, code="dropout_rate", name="Uitval")
    segment = region.schemes.get().segments.get(code="B")
    segment.feed = "delivery"
    segment.save()
    assert may_be_asked(region) == [(computed, segment)]


def test_checks_at_the_door(region: Region, provider: Provider, manager: Any, writer: Any) -> None:
    delivery = asked(region, provider, manager)
    for given, words in (
        ([], "nog niet ingevuld"),
        (answers(delivery, 41, 40), "groter dan de noemer"),
        ([Given(delivery.round.questions.get(), Decimal(4))], "noemer"),
        (answers(delivery, 4, 40, "over 123456789"), "burgerservicenummer"),
    ):
        with pytest.raises(DomainError, match=words):
            deliver(delivery=delivery, given=given, by=writer)
    assert delivery.answers.count() == 0


def test_a_jump_asks_for_an_explanation(
    region: Region, provider: Provider, manager: Any, writer: Any
) -> None:
    # 80 of 100, then 50 of 100: together .65, deviation sqrt(.2275 x .02) = .0675; 3 x is .20.
    earlier(region, 80, 100)
    delivery = asked(region, provider, manager)
    with pytest.raises(DomainError, match="80 van 100"):
        deliver(delivery=delivery, given=answers(delivery, 50, 100), by=writer)
    deliver(delivery=delivery, given=answers(delivery, 50, 100, "Fusie in maart."), by=writer)
    assert delivery.state == "delivered"


def test_a_change_within_chance_asks_nothing(
    region: Region, provider: Provider, manager: Any, writer: Any
) -> None:
    # 80 and 65 of 100: .15 is under 3 x sqrt(.725 x .275 x .02) = .189.
    earlier(region, 80, 100)
    delivery = asked(region, provider, manager)
    deliver(delivery=delivery, given=answers(delivery, 65, 100), by=writer)
    assert delivery.answers.get().numerator == 65


def test_approved_figures_go_through_the_intake(
    region: Region, provider: Provider, manager: Any, writer: Any
) -> None:
    delivery = asked(region, provider, manager)
    deliver(delivery=delivery, given=answers(delivery, 30, 40), by=writer)
    assert not IndicatorDelivery.objects.exists()
    move_delivery(delivery=delivery, move="approve", by=manager)
    run(Job.objects.get(kind="intake.run").pk)
    row = IndicatorDelivery.objects.get()
    assert (row.provider, row.indicator, row.half_year) == ("65650011", "employees", "2026-H1")
    assert (row.numerator, row.denominator) == (30, 40)


def test_unlocking_leaves_a_trace(
    region: Region, provider: Provider, manager: Any, writer: Any
) -> None:
    delivery = asked(region, provider, manager)
    deliver(delivery=delivery, given=answers(delivery, 30, 40), by=writer)
    for move in ("approve", "lock"):
        move_delivery(delivery=delivery, move=move, by=manager)
    with pytest.raises(DomainError, match="Geef een reden"):
        move_delivery(delivery=delivery, move="unlock", by=manager)
    move_delivery(delivery=delivery, move="unlock", by=manager, reason="Teller klopt niet.")
    last = list(steps_of(delivery, DELIVERY))[-1]
    assert (last.move, last.by, last.reason) == ("unlock", manager, "Teller klopt niet.")


def test_every_step_is_for_whom_the_table_names(
    region: Region, provider: Provider, manager: Any, writer: Any
) -> None:
    delivery = asked(region, provider, manager)
    users = {Role.CONTRACT_MANAGER: manager, Role.PROVIDER: writer}
    users |= {role: user_with(role, region) for role in (Role.REGIONAL_ADMIN, Role.CONTROLLER)}
    wrong = [
        str(pair)
        for pair in every_pair(DELIVERY)
        if pair.role in users
        and _is_refused(delivery, pair, users[Role(pair.role)]) is (pair.expected is None)
    ]
    assert wrong == []


def _is_refused(delivery: ProviderDelivery, pair: Pair, by: Any) -> bool:
    ProviderDelivery.objects.filter(pk=delivery.pk).update(state=pair.state)
    delivery.refresh_from_db()
    try:
        with transaction.atomic():
            if pair.move == "deliver":
                deliver(delivery=delivery, given=answers(delivery, 30, 40), by=by)
            else:
                move_delivery(delivery=delivery, move=pair.move, by=by, reason="Want.")
    except (DomainError, NotAllowed):
        return True
    return False


def test_another_provider_sees_and_delivers_nothing(
    region: Region, provider: Provider, manager: Any
) -> None:
    delivery = asked(region, provider, manager)
    party = organisation("Ander", OrganisationKind.PROVIDER)
    other = Provider.objects.create(
        region=region, agb_code="65650012", name="Ander", organisation=party
    )
    stranger = user_with(Role.PROVIDER, region, provider=other)
    assert not deliveries_visible_to(stranger).exists()
    with pytest.raises(NotAllowed, match="aanbieder zelf"):
        deliver(delivery=delivery, given=answers(delivery, 1, 2), by=stranger)
