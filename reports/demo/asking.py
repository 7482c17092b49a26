"""Rounds of delivered figures: one behind us, one that is open, and one that is announced.

What employees think is asked of providers by a questionnaire of their own (001:L589); all figures,
texts and people are fictitious.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from core.periods import HalfYear
from core.users.models import User
from monitoring.domain.rounds.answering import Given, deliver, move_delivery
from monitoring.domain.rounds.asking import ask_round, choose_questions, prepare_round
from monitoring.models import DeliveryRound, ProviderDelivery
from monitoring.queries.rounds import questions_of
from providers.models import Provider
from regions.enums import Role
from regions.models import Region, RoleAssignment
from segments.models import GoalIndicator, IndicatorDefinition, Segment

MOST = 8
OWN = (
    ("employees", "Tevredenheid van medewerkers",
     "Medewerkers die tevreden zijn met hun werk, gedeeld door alle medewerkers die antwoordden."),
    ("waiting_contact", "Contact tijdens het wachten",
     "Wachtende gezinnen die binnen vier weken zijn gebeld, gedeeld door alle wachtende gezinnen."),
)  # fmt: skip
BACK = "De teller telt ook mensen in opleiding mee. Tel alleen vaste medewerkers (fictief)."
NOTE = "Vragenlijst in mei, onder alle vaste medewerkers (fictief)."


@transaction.atomic
def make_rounds(region: Region, *, by: Any) -> int:
    """Three half-years of asking; once. Returns how many deliveries there are."""
    if DeliveryRound.objects.filter(region=region).exists():
        return 0
    known = Provider.objects.filter(region=region, contracts__isnull=False)
    providers = list(known.distinct().order_by("sort_name"))[:MOST]
    last = HalfYear.of(clock.today()).previous()
    asked = [(definition, None) for definition in _definitions(region)]
    tomorrow = clock.today() + timedelta(days=1)
    about = {"region": region, "providers": providers, "questions": asked, "by": by}
    before = last.shift(-2)
    behind = ask_round(half_year=before, due_on=tomorrow, **about)
    _answer(behind, by)
    DeliveryRound.objects.filter(pk=behind.pk).update(due_on=_in(-10))
    running = ask_round(half_year=last.shift(-1), due_on=_in(20), **about)
    for delivery in running.deliveries.all()[1:3]:
        _deliver(delivery)
    _announce(half_year=last, due_on=_in(60), **about)
    return ProviderDelivery.objects.filter(round__region=region).count()


def _in(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _announce(*, by: Any, **about: Any) -> None:
    """Not open yet: everybody reads what is coming, and one provider is asked less."""
    coming = prepare_round(by=by, **about)
    for delivery in coming.deliveries.all():
        questions = list(questions_of(delivery))
        if len(questions) > 1:
            choose_questions(delivery=delivery, questions=questions[:1], by=by)
            return


def _definitions(region: Region) -> list[IndicatorDefinition]:
    """Each follows a goal of the first segment, so that the editions carry what was delivered."""
    made = []
    for code, name, words in OWN:
        row, _ = IndicatorDefinition.objects.get_or_create(
            region=region, code=code, version=1,
            defaults={
                "name": name, "definition": words, "is_computed": False, "unit": "aandeel",
                "polarity": 1, "source": "fictief",
            },
        )  # fmt: skip
        made.append(row)
    segment = Segment.objects.filter(scheme__region=region).order_by("scheme", "order").first()
    goals = list(segment.goals.filter(parent__isnull=True)[: len(made)]) if segment else []
    for goal, row in zip(goals, reversed(made), strict=False):
        GoalIndicator.objects.get_or_create(
            goal=goal, indicator=row, defaults={"order": 90, "reason": "Fictief voorbeeld."}
        )
    return made


def _answer(asked: DeliveryRound, by: Any) -> None:
    """All but the last deliver; most are approved, one is locked, one is given back."""
    deliveries = list(asked.deliveries.select_related("provider", "round"))
    for number, delivery in enumerate(deliveries[:-1]):
        _deliver(delivery, shift=number)
        if number == 1:
            move_delivery(delivery=delivery, move="send_back", by=by, reason=BACK)
            continue
        move_delivery(delivery=delivery, move="approve", by=by)
        if number == 0:
            move_delivery(delivery=delivery, move="lock", by=by)


def _deliver(delivery: ProviderDelivery, shift: int = 0) -> None:
    given = [
        Given(question, Decimal(38 + 2 * shift + place), Decimal(60 + shift), NOTE)
        for place, question in enumerate(questions_of(delivery))
    ]
    deliver(delivery=delivery, given=given, by=_writer(delivery.provider))


def _writer(provider: Provider) -> Any:
    """Somebody of the provider, who cannot sign in."""
    user, is_new = User.objects.get_or_create(
        email=f"cijfers.{provider.agb_code}@demo.jeugdregie.example",
        defaults={"name": f"Medewerker van {provider} (fictief)", "is_active": False},
    )
    if is_new:
        user.set_unusable_password()
        user.save()
        RoleAssignment.objects.create(
            user=user, role=Role.PROVIDER, region=provider.region,
            provider_organisation=provider.organisation,
        )  # fmt: skip
    return user
