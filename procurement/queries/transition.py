"""Transition plans for who may see them, what was counted, and who could take over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from core import clock
from core.ui import matches
from providers.models import ClientStop, PlaceStatement, Provider, WaitStatement
from providers.queries.supply import newest_places, newest_waits, running_stops
from regions.enums import Role
from regions.models import Municipality
from regions.queries.access import access_of
from segments.models import Product

from ..enums.contracts import ContractStatus
from ..enums.transition import TransitionState
from ..models import (
    Contract,
    ContractProduct,
    TransitionCount,
    TransitionCountLine,
    TransitionOffer,
    TransitionPlan,
    TransitionStep,
)

# Who finds other help for a youth, and who answers for it.
FINDERS = (Role.ACCESS_TEAM, Role.EXECUTIVE)


def plans_visible_to(user: Any) -> QuerySet[TransitionPlan]:
    """For staff of the region; once it runs, for access teams, executives and the provider."""
    access = access_of(user)
    seen = Q(region__in=access.staff_region_ids)
    for region in access.region_ids:
        shared = Q(region=region, state__in=TransitionState.SHARED)
        if access.has(*FINDERS, region_id=region):
            seen |= shared
        own = access.provider_organisations_in(region)
        if own:
            seen |= shared & Q(provider__organisation__in=own)
    rows = TransitionPlan.objects.filter(seen)
    return rows.select_related("region", "provider", "contract", "owner")


def _of_plans(model: Any) -> Any:
    def visible(user: Any) -> QuerySet[Any]:
        return model._default_manager.filter(plan__in=plans_visible_to(user))

    return visible


steps_visible_to = _of_plans(TransitionStep)
offers_visible_to = _of_plans(TransitionOffer)


def lines_visible_to(user: Any, count: TransitionCount) -> QuerySet[TransitionCountLine]:
    """Counts by municipality: all for staff and the provider itself, else the own municipality."""
    plan, access = count.plan, access_of(user)
    rows = count.lines.all()
    if sees_whole_counts(user, plan):
        return rows
    return rows.filter(gm_code__in=access.municipalities_in(plan.region_id))


def sees_whole_counts(user: Any, plan: TransitionPlan) -> bool:
    access = access_of(user)
    own = access.provider_organisations_in(plan.region_id)
    return access.is_staff_of(plan.region_id) or plan.provider.organisation_id in own


FOUND_BY = ("provider__name", "provider__agb_code", "product_code", "approach")


def matching(rows: QuerySet[TransitionPlan], words: str) -> QuerySet[TransitionPlan]:
    return matches(rows, words, FOUND_BY)


def newest_count(plan: TransitionPlan) -> TransitionCount | None:
    return plan.counts.order_by("-day").first()


@dataclass(frozen=True)
class CountTable:
    """Clients per product (rows) and municipality (columns)."""

    municipalities: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def table_of(plan: TransitionPlan, lines: Iterable[TransitionCountLine]) -> CountTable:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for line in lines:
        found[line.product_code][line.gm_code] = line.clients
    codes = sorted({code for row in found.values() for code in row})
    names = dict(Municipality.objects.filter(gm_code__in=codes).values_list("gm_code", "name"))
    products = dict(Product.objects.filter(region=plan.region).values_list("code", "name"))
    return CountTable(
        tuple(names.get(code, code) for code in codes),
        tuple(
            (f"{code} {products.get(code, '')}".strip(), tuple(row.get(gm, 0) for gm in codes))
            for code, row in sorted(found.items())
        ),
    )


@dataclass(frozen=True)
class Alternative:
    """A contracted provider of a product. `wait_days` None: not known; `free` None: no statement.

    `free` counts places of every kind that the provider stated as free.
    """

    provider: Provider
    product_code: str
    wait_days: int | None
    free: int | None
    stop: ClientStop | None
    chosen: TransitionOffer | None


def products_of(plan: TransitionPlan) -> list[str]:
    """The products for which clients need another provider: what was counted, else contracted."""
    if plan.product_code:
        return [plan.product_code]
    count = newest_count(plan)
    if count is not None and count.lines.exists():
        return sorted(set(count.lines.values_list("product_code", flat=True)))
    rows = ContractProduct.objects.filter(contract__provider=plan.provider)
    return sorted(set(rows.values_list("product__code", flat=True)))


def alternatives_for(plan: TransitionPlan) -> list[Alternative]:
    """Per product every other provider with a running contract; who has room first."""
    codes, today = products_of(plan), clock.today()
    running = Contract.objects.filter(region=plan.region, status__in=ContractStatus.LIVE)
    rows = ContractProduct.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=plan.ends_on),
        contract__in=running.filter(Q(end_date__isnull=True) | Q(end_date__gt=plan.ends_on)),
        product__code__in=codes,
        valid_from__lte=max(today, plan.ends_on),
    ).exclude(contract__provider=plan.provider)
    pairs = {
        (row.product.code, row.contract.provider_id): row.contract.provider
        for row in rows.select_related("product", "contract__provider")
    }
    room = _Room.of(plan, {provider.pk for provider in pairs.values()}, codes)
    found = [room.alternative(provider, code) for (code, _), provider in pairs.items()]
    return sorted(found, key=_by_room)


def _by_room(one: Alternative) -> tuple[Any, ...]:
    wait = one.wait_days if one.wait_days is not None else 10_000
    return (one.product_code, one.stop is not None, wait, one.provider.sort_name)


@dataclass(frozen=True)
class _Room:
    """What providers stated, read once."""

    waits: dict[tuple[int, str], WaitStatement]
    free: dict[int, int]
    stops: list[ClientStop]
    chosen: dict[tuple[int, str], TransitionOffer]

    @classmethod
    def of(cls, plan: TransitionPlan, providers: set[int], codes: list[str]) -> "_Room":
        waits = WaitStatement.objects.filter(provider__in=providers, product_code__in=codes)
        free: dict[int, int] = {}
        for place in newest_places(PlaceStatement.objects.filter(provider__in=providers)):
            free[place.provider_id] = free.get(place.provider_id, 0) + place.free
        return cls(
            {(row.provider_id, row.product_code): row for row in newest_waits(waits)},
            free,
            running_stops(plan.region),
            {(row.provider_id, row.product_code): row for row in plan.offers.all()},
        )

    def alternative(self, provider: Provider, code: str) -> Alternative:
        wait = self.waits.get((provider.pk, code))
        days = None
        if wait is not None and wait.intake_days is not None:
            days = wait.intake_days + (wait.treatment_days or 0)
        stop = next(
            (
                s
                for s in self.stops
                if s.provider_id == provider.pk and s.product_code in ("", code)
            ),
            None,
        )
        chosen = self.chosen.get((provider.pk, code))
        return Alternative(provider, code, days, self.free.get(provider.pk), stop, chosen)
