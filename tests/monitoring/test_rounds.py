"""Rounds of delivered figures: asking, checks at the door, states, and the way to the figures."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from care.models import IndicatorDelivery
from core.errors import DomainError, NotAllowed
from core.jobs.api import Job, run
from core.periods import HalfYear
from core.states.api import steps_of
from core.ui import Place
from monitoring.desk.rounds import to_deliver, to_look_at
from monitoring.domain.rounds.answering import Given, deliver, move_delivery
from monitoring.domain.rounds.asking import (
    ask_round,
    choose_questions,
    open_round,
    prepare_round,
    withdraw_round,
)
from monitoring.enums.rounds import DELIVERY
from monitoring.models import DeliveryRound, ProviderDelivery
from monitoring.queries.rounds import burden_of, deliveries_visible_to, may_be_asked, questions_of
from procurement.models import Contract
from providers.models import Provider
from regions.enums import OrganisationKind, Role
from regions.models import Region
from segments.models import (
    GoalIndicator,
    IndicatorDefinition,
    Product,
    SegmentGoal,
)
from tests.factories import user_with
from tests.monitoring.build import organisation, trajectory
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
    assert burden.text == "1 antwoord van 1 aanbieder × 30 minuten = 0,5 uur"


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


def test_unlocking_and_returning_leave_a_trace(
    region: Region, provider: Provider, manager: Any, writer: Any, client: Any
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

    move_delivery(delivery=delivery, move="send_back", by=manager, reason="Lever opnieuw aan.")
    client.force_login(writer)
    page = client.get(reverse("delivery", args=[region.slug, delivery.pk])).content.decode()
    assert "<p>Lever opnieuw aan.</p>" in page


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


def working(region: Region, name: str, agb: str) -> Provider:
    party = organisation(name, OrganisationKind.PROVIDER)
    return Provider.objects.create(region=region, agb_code=agb, name=name, organisation=party)


def test_only_a_provider_is_told_to_deliver_its_own_figures(
    region: Region, provider: Provider, manager: Any, writer: Any
) -> None:
    asked(region, provider, manager)
    controller = user_with(Role.CONTROLLER, region)
    assert [item.text for item in to_look_at(Place(writer, region))] == [
        "Lever uw cijfers aan over het eerste halfjaar 2026."
    ]
    assert to_look_at(Place(controller, region)) == []


def test_a_provider_is_asked_only_what_applies_to_it(region: Region, manager: Any) -> None:
    """Segment A by contract, A by a product in a contract, B by care, and one without any tie."""
    a, b = region.schemes.get().segments.order_by("order")[:2]
    product = Product.objects.create(region=region, code="43A07", category="43", name="Dag")
    names = ("Contract", "Product", "Hulp", "Niets", "Voorbij")
    parties = [working(region, name, f"6565002{n}") for n, name in enumerate(names)]
    for party, until in ((parties[0], None), (parties[1], None), (parties[4], date(2026, 1, 1))):
        contract = Contract.objects.create(
            region=region, provider=party, number=party.name, kind="development",
            start_date=date(2023, 1, 1), end_date=until,
            status="expired" if until else "active",
        )  # fmt: skip
        if party is parties[1]:
            contract.products.create(product=product, valid_from=date(2023, 1, 1))
        else:
            contract.segments.add(a)
    trajectory(region, 1, "2026-02-01", product="45A48",
               provider=parties[2].agb_code)  # fmt: skip
    everywhere, of_b = own(region), own(region, code="rust", name="Rust in huis")
    GoalIndicator.objects.create(
        goal=SegmentGoal.objects.create(segment=b, number="9", text="Rust"), indicator=of_b
    )
    made = prepare_round(
        region=region, half_year=H1, due_on=date(2026, 8, 31), by=manager, providers=parties,
        questions=[(own(region, code="in_a", name="In A"), a), (of_b, None)],
    )  # fmt: skip
    asked_of = {
        row.provider.name: [str(q) for q in questions_of(row)] for row in made.deliveries.all()
    }
    in_a = [f"In A ({a})"]
    assert asked_of == {"Contract": in_a, "Product": in_a, "Hulp": ["Rust in huis"]}
    assert burden_of(made).hours == 1.0  # three answers of twenty minutes
    made.delete()
    made = prepare_round(
        region=region, half_year=H1, due_on=date(2026, 8, 31), by=manager, providers=parties,
        questions=[(everywhere, None)],
    )  # fmt: skip
    assert made.deliveries.count() == len(parties)


def test_a_round_is_announced_before_it_is_opened(
    region: Region, provider: Provider, manager: Any, writer: Any
) -> None:
    made = prepare_round(
        region=region, half_year=H1, due_on=date(2026, 8, 31), by=manager, providers=[provider],
        questions=[(own(region), None), (own(region, code="two", name="Tweede"), None)],
    )  # fmt: skip
    (delivery,) = deliveries_visible_to(writer)
    assert questions_of(delivery).count() == 2
    assert list(to_deliver(region.pk, date(2027, 1, 1))) == []
    choose_questions(delivery=delivery, questions=list(made.questions.all()[:1]), by=manager)
    given = [Given(q, Decimal(3), Decimal(4)) for q in questions_of(delivery)]
    assert len(given) == 1
    refused = (
        (lambda: deliver(delivery=delivery, given=given, by=writer), "ronde-niet-open"),
        (lambda: open_round(asked=made, by=writer), None),
        (lambda: choose_questions(delivery=delivery, questions=[], by=writer), None),
    )
    for attempt, code in refused:
        with pytest.raises((DomainError, NotAllowed)) as found:
            attempt()
        assert code is None or found.value.code == code
    open_round(asked=made, by=manager)
    delivery.refresh_from_db()
    assert len(list(to_deliver(region.pk, date(2027, 1, 1)))) == 1
    deliver(delivery=ProviderDelivery.objects.get(), given=given, by=writer)
    for attempt in (
        lambda: open_round(asked=made, by=manager),
        lambda: withdraw_round(asked=made, by=manager),
        lambda: choose_questions(delivery=ProviderDelivery.objects.get(), questions=[], by=manager),
    ):
        with pytest.raises(DomainError):
            attempt()
