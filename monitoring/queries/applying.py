"""Which questions of a round apply to a provider: by its contracts, its products and its care."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from care.models import Trajectory
from core.periods import HalfYear
from procurement.enums.contracts import ContractStatus
from procurement.models import Contract, ContractProduct
from providers.models import Provider
from regions.models import Region
from segments.models import GoalIndicator, IndicatorDefinition, ProductPlacement, Segment

Asked = tuple[IndicatorDefinition, Segment | None]
NOT_CLOSED = (*ContractStatus.OPEN, ContractStatus.DECLINED)
OF_ALL = "geldt voor alle aanbieders"


@dataclass
class Ties:
    """Segments (keys) in which each provider works in a half-year, and why we think so."""

    by_contract: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_care: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    # Segments that an indicator says something of, by its code; none: of all care.
    of_indicator: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def reason(self, provider: Provider, definition: IndicatorDefinition, at: int | None) -> str:
        """Why this provider is asked this, in words; empty when it does not apply."""
        wanted = {at} if at is not None else self.of_indicator.get(definition.code, set())
        if not wanted:
            return OF_ALL
        if wanted & self.by_contract[provider.pk]:
            return "contract in dit segment"
        if wanted & self.by_care[provider.pk]:
            return "leverde hulp in dit segment"
        return ""


def ties_of(region: Region, half: HalfYear) -> Ties:
    """What is known of every provider of a region in a half-year, in five questions."""
    found = Ties()
    placed: dict[str, set[int]] = defaultdict(set)
    places = ProductPlacement.objects.filter(scheme__region=region).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=half.start), valid_from__lt=half.end
    )
    for code, segment in places.values_list("product_code", "segment"):
        placed[code].add(segment)
    contracts = _in_force(region, half)
    for provider, segment in contracts.filter(segments__isnull=False).values_list(
        "provider", "segments"
    ):
        found.by_contract[provider].add(segment)
    products = ContractProduct.objects.filter(contract__in=contracts)
    for provider, code in products.values_list("contract__provider", "product__code"):
        found.by_contract[provider] |= placed[code]
    _add_care(found, region, half, placed)
    links = GoalIndicator.objects.filter(goal__segment__scheme__region=region)
    for code, segment in links.values_list("indicator__code", "goal__segment"):
        found.of_indicator[code].add(segment)
    return found


def _in_force(region: Region, half: HalfYear) -> QuerySet[Contract]:
    rows = Contract.objects.filter(region=region, start_date__lt=half.end)
    return rows.exclude(status__in=NOT_CLOSED).filter(
        Q(end_date__isnull=True) | Q(end_date__gt=half.start)
    )


def _add_care(found: Ties, region: Region, half: HalfYear, placed: dict[str, set[int]]) -> None:
    keys = dict(Provider.objects.filter(region=region).values_list("agb_code", "pk"))
    care = Trajectory.objects.filter(
        Q(stop_on__isnull=True) | Q(stop_on__gte=half.start),
        region_id=region.pk, start_on__lt=half.end,
    )  # fmt: skip
    for agb, code in care.order_by().values_list("provider", "product").distinct():
        if agb in keys:
            found.by_care[keys[agb]] |= placed[code]


@dataclass(frozen=True)
class Applied:
    """Of one provider: per question that applies, why."""

    provider: Provider
    reasons: dict[int, str]


def applied(
    region: Region, half: HalfYear, questions: Sequence[Asked], providers: Sequence[Provider]
) -> list[Applied]:
    """Per provider the places in `questions` of what applies to it, in the order given."""
    ties = ties_of(region, half)
    found = []
    for provider in providers:
        reasons = {
            place: ties.reason(provider, definition, segment.pk if segment else None)
            for place, (definition, segment) in enumerate(questions)
        }
        found.append(Applied(provider, {key: why for key, why in reasons.items() if why}))
    return found
