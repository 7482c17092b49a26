"""Rounds and deliveries for who may see them; what was delivered before; the burden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from care.models import IndicatorDelivery
from core import clock
from core.formats import number, percent
from core.ui.words import count_of
from providers.models import Provider
from regions.models import Region
from regions.queries.access import access_of
from segments.models import IndicatorDefinition, Segment

from ..enums import Feed, Kind
from ..enums.rounds import RoundState
from ..indicators import find
from ..models import DeliveryRound, ProviderDelivery, RoundQuestion
from .cases import of_own_provider


def deliveries_visible_to(user: Any) -> QuerySet[ProviderDelivery]:
    """Staff of the region sees all; a provider its own."""
    access = access_of(user)
    seen = Q(round__region__in=access.staff_region_ids) | of_own_provider(access, "provider")
    return ProviderDelivery.objects.filter(seen).select_related(
        "round__region", "provider__organisation"
    )


def rounds_visible_to(user: Any) -> QuerySet[DeliveryRound]:
    deliveries = deliveries_visible_to(user).values("round")
    own = Q(region__in=access_of(user).staff_region_ids) | Q(pk__in=deliveries)
    return DeliveryRound.objects.filter(own).select_related("region")


def questions_of(delivery: ProviderDelivery) -> QuerySet[RoundQuestion]:
    """What this provider is asked; rounds of before the choice asked everybody everything."""
    rows = RoundQuestion.objects.filter(round=delivery.round_id)
    if delivery.chosen.exists():
        rows = rows.filter(asked_of=delivery)
    return rows.select_related("indicator", "segment")


def questions_per_delivery(rows: Iterable[ProviderDelivery]) -> dict[int, list[RoundQuestion]]:
    """The same for many deliveries at once."""
    deliveries = {row.pk: row.round_id for row in rows}
    chosen: dict[int, set[int]] = defaultdict(set)
    through = ProviderDelivery.chosen.through.objects.filter(providerdelivery__in=deliveries)
    for key, question in through.values_list("providerdelivery", "roundquestion"):
        chosen[key].add(question)
    of_round: dict[int, list[RoundQuestion]] = defaultdict(list)
    asked = RoundQuestion.objects.filter(round__in=set(deliveries.values()))
    for one in asked.select_related("indicator", "segment"):
        of_round[one.round_id].append(one)
    return {
        key: [q for q in of_round[of] if not chosen[key] or q.pk in chosen[key]]
        for key, of in deliveries.items()
    }


@dataclass(frozen=True)
class Burden:
    """What a round asks of providers together: every question of every provider is an answer."""

    answers: int
    providers: int
    minutes: int

    @property
    def hours(self) -> float:
        return self.answers * self.minutes / 60

    @property
    def text(self) -> str:
        asked = count_of(self.answers, "antwoord,antwoorden")
        of = count_of(self.providers, "aanbieder,aanbieders")
        return f"{asked} van {of} × {self.minutes} minuten = {number(self.hours, 1)} uur"


def burden_of(asked: DeliveryRound) -> Burden:
    deliveries = list(asked.deliveries.all())
    answers = sum(len(questions) for questions in questions_per_delivery(deliveries).values())
    return Burden(answers, len(deliveries), asked.minutes)


def is_late(delivery: ProviderDelivery) -> bool:
    waits = delivery.state in (RoundState.OPEN, RoundState.RETURNED)
    return waits and delivery.round.is_open and delivery.round.due_on < clock.today()


@dataclass(frozen=True)
class Before:
    """What a provider delivered for the half-year before."""

    numerator: Decimal
    denominator: Decimal | None

    @property
    def text(self) -> str:
        if not self.denominator:
            return number(self.numerator, 0)
        share = percent(self.numerator / self.denominator)
        return f"{number(self.numerator, 0)} van {number(self.denominator, 0)} ({share})"


def before(delivery: ProviderDelivery) -> dict[int, Before]:
    """Per question what stands for the half-year before, by whatever way it came in."""
    asked = delivery.round
    rows = IndicatorDelivery.objects.filter(
        region_id=asked.region_id, provider=delivery.provider.agb_code, municipality="",
        half_year=asked.period.previous().label, replaced_in__isnull=True,
    )  # fmt: skip
    known = {(row.indicator, row.segment): row for row in rows}
    found = {}
    for question in questions_of(delivery):
        row = known.get((question.indicator.code, segment_code(question)))
        if row is not None:
            found[question.pk] = Before(row.numerator, row.denominator)
    return found


def segment_code(question: RoundQuestion) -> str:
    return question.segment.code if question.segment else ""


def is_share(definition: IndicatorDefinition) -> bool:
    """Whether it has a denominator: computed ones by their kind, own ones by their unit."""
    known = find(definition.code)
    if known is not None:
        return known.kind in (Kind.SHARE, Kind.MEAN, Kind.RATE)
    return definition.unit not in ("aantal", "stuks", "euro")


def comes_in_by_messages(definition: IndicatorDefinition, segment: Segment | None) -> bool:
    """Whether asking for it would ask twice: the site computes it for this segment."""
    if not definition.is_computed:
        return False
    known = find(definition.code)
    fed_by_messages = segment is None or segment.feed != "delivery"
    return fed_by_messages and (known is None or known.feed is not Feed.DELIVERY)


def may_be_asked(region: Region) -> list[tuple[IndicatorDefinition, Segment | None]]:
    """Newest versions of what providers can deliver, whole or for a segment fed by delivery."""
    newest: dict[str, IndicatorDefinition] = {}
    for definition in region.indicators.order_by("code", "version"):
        newest[definition.code] = definition
    fed = list(Segment.objects.filter(scheme__region=region, feed="delivery").order_by("order"))
    pairs = [(one, place) for one in newest.values() for place in (None, *fed)]
    return [pair for pair in pairs if not comes_in_by_messages(*pair)]


def providers_asked_before(region: Region) -> set[int]:
    """Providers that delivered figures before, or are paid by instalments."""
    agb = IndicatorDelivery.objects.filter(region_id=region.pk).values("provider")
    return set(
        Provider.objects.filter(region=region, agb_code__in=agb).values_list("pk", flat=True)
    )
