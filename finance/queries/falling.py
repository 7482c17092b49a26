"""How much of the care hangs on one provider, and what falls away with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q

from core import clock
from core.periods import add_months
from procurement.models import ContractProduct
from providers.models import Provider, WaitStatement
from providers.queries.supply import newest_waits, running_stops
from regions.models import Region

from .movements import payments, rows_of
from .spend import view_of_now

SHOWN = 5
POINTS = 10_000


@dataclass(frozen=True)
class Alternative:
    """Another provider that can deliver a product: by contract, or because it does. `places` are
    the municipalities of its contracts; None is all of them."""

    provider: Provider
    has_contract: bool
    clients: int
    wait_days: int | None
    is_stopped: bool
    places: frozenset[str] | None = frozenset()

    @property
    def takes(self) -> bool:
        return self.has_contract and not self.is_stopped

    def takes_in(self, municipality: str) -> bool:
        return self.takes and (self.places is None or municipality in self.places)


@dataclass(frozen=True)
class FallingProduct:
    """What one product means: youths in care now, euros of a year, and who else delivers it, those
    who take youths first."""

    code: str
    name: str
    clients: int
    euros: Decimal
    alternatives: tuple[Alternative, ...]

    @property
    def elsewhere(self) -> int:
        """Youths who get this product from others now."""
        return sum(one.clients for one in self.alternatives)

    @property
    def taking(self) -> int:
        return sum(one.takes for one in self.alternatives)

    @property
    def first(self) -> tuple[Alternative, ...]:
        return self.alternatives[:SHOWN]

    @property
    def rest(self) -> tuple[Alternative, ...]:
        return self.alternatives[SHOWN:]


@dataclass(frozen=True)
class FallingPlace:
    """One municipality. `nowhere`: youths with a product for which no other contract there takes
    anybody now."""

    code: str
    clients: int
    nowhere: int
    euros: Decimal


@dataclass(frozen=True)
class Falling:
    """What falls away with a provider. Euros are of the twelve months before `until`, instalments
    of those months included; they belong to a municipality and not to a product."""

    clients: int
    places: tuple[FallingPlace, ...]
    products: tuple[FallingProduct, ...]
    instalments: Decimal
    euros: Decimal
    share: Decimal | None
    until: date

    @property
    def without_alternative(self) -> list[FallingProduct]:
        return [one for one in self.products if not one.alternatives]

    @property
    def without_product(self) -> Decimal:
        """Instalments, and what was declared without a product."""
        return self.euros - sum((one.euros for one in self.products), Decimal(0))

    @property
    def nowhere(self) -> int:
        return sum(one.nowhere for one in self.places)


class Dependence(NamedTuple):
    """How much hangs on one provider: youths in care now, euros of a year with instalments, their
    share of the region, and products that nobody else delivers."""

    provider: Provider
    clients: int
    euros: Decimal
    share: Decimal
    alone: tuple[str, ...]


class Money(NamedTuple):
    """Cents of twelve months: declared per provider, municipality and product, and instalments per
    provider and municipality."""

    declared: Mapping[tuple[str, str, str], int]
    instalments: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, region: Region, until: date, agb: str | None = None) -> Money:
        start = add_months(until, -12)
        params = {"region_id": region.pk, "start": start, "until": until, "agb": agb}
        declared = {tuple(key): cents for *key, cents in rows_of(_DECLARED, params)}
        paid: Counter[tuple[str, str]] = Counter()
        view = view_of_now(region)
        for one in payments(view) if view else ():
            if agb in (None, one.provider):
                months = [cents for month, cents in one.months() if start <= month < until]
                paid[one.provider, one.municipality] += sum(months)
        return cls(declared, paid)

    @property
    def total(self) -> int:
        return sum(self.declared.values()) + sum(self.instalments.values())


_DECLARED = """
SELECT provider, municipality, product, sum(amount_cents)::bigint FROM care_spendtotal
WHERE region_id = %(region_id)s AND kind = 'cell'
    AND care_month >= %(start)s AND care_month < %(until)s
    AND (%(agb)s::text IS NULL OR provider = %(agb)s)
GROUP BY 1, 2, 3
"""
_IN_CARE = """
FROM care_trajectory
WHERE region_id = %(region_id)s AND start_on <= %(today)s
    AND (end_on IS NULL OR end_on >= %(today)s)
"""


def last_settled(today: date) -> date:
    """The month from which costs are not counted yet: that of the month before."""
    return add_months(today.replace(day=1), -1)


def dependences(region: Region) -> list[Dependence]:
    """Every provider with care now or costs in twelve months, who costs most first."""
    today = clock.today()
    money = Money.of(region, last_settled(today))
    cents: Counter[str] = Counter()
    for (agb, _, _), amount in money.declared.items():
        cents[agb] += amount
    for (agb, _), amount in money.instalments.items():
        cents[agb] += amount
    sql = f"SELECT provider, count(DISTINCT client) {_IN_CARE} GROUP BY 1"
    clients = dict(rows_of(sql, {"region_id": region.pk, "today": today}))
    alone = _alone(region, today)
    found = [
        Dependence(
            one,
            clients.get(one.agb_code, 0),
            Decimal(cents[one.agb_code]).scaleb(-2),
            Decimal(cents[one.agb_code]) / money.total if money.total else Decimal(0),
            tuple(alone.get(one.agb_code, ())),
        )
        for one in Provider.objects.filter(region=region).select_related("organisation")
        if one.agb_code in clients or cents[one.agb_code]
    ]
    return sorted(found, key=lambda one: (-one.euros, one.provider.agb_code))


def concentration(rows: Iterable[Dependence]) -> int:
    """The Herfindahl-Hirschman index of costs: from almost 0 to 10,000 (one provider)."""
    return round(sum(one.share * one.share for one in rows) * POINTS)


def _alone(region: Region, today: date) -> dict[str, list[str]]:
    """Per provider the products with youths in care now that nobody else delivers, by contract or
    in fact."""
    sql = f"SELECT DISTINCT product, provider {_IN_CARE} AND product <> ''"
    delivering = rows_of(sql, {"region_id": region.pk, "today": today})
    by_product: dict[str, set[str]] = defaultdict(set)
    for product, agb in (*delivering, *_contracted(region, today)):
        by_product[product].add(agb)
    found: dict[str, list[str]] = defaultdict(list)
    for product, agb in sorted(delivering):
        if by_product[product] == {agb}:
            found[agb].append(product)
    return found


def falls_away(region: Region, agb: str) -> Falling:
    """What falls away when a provider stops today. Youths are counted once in the whole, once per
    municipality and once per product."""
    today = clock.today()
    until = last_settled(today)
    mine, total = Money.of(region, until, agb), Money.of(region, until).total
    params = {"region_id": region.pk, "agb": agb, "today": today}
    in_care = rows_of(
        f"SELECT DISTINCT municipality, product, client {_IN_CARE} AND provider = %(agb)s", params
    )
    products = {product for _, product, _ in in_care} | {product for _, _, product in mine.declared}
    others = _others(region, agb, sorted(products - {""}), today)
    return Falling(
        clients=len({client for _, _, client in in_care}),
        places=tuple(_places(in_care, mine, others)),
        products=tuple(_products(region, in_care, mine, others, products - {""})),
        instalments=Decimal(sum(mine.instalments.values())).scaleb(-2),
        euros=Decimal(mine.total).scaleb(-2),
        share=Decimal(mine.total) / total if total else None,
        until=until,
    )


InCare = list[tuple[str, str, bytes]]
Others = dict[str, list[Alternative]]


def _places(in_care: InCare, money: Money, others: Others) -> Iterable[FallingPlace]:
    cents: Counter[str] = Counter()
    for (_, place, _), amount in money.declared.items():
        cents[place] += amount
    for (_, place), amount in money.instalments.items():
        cents[place] += amount
    for place in sorted({place for place, _, _ in in_care} | cents.keys()):
        here = [(product, client) for code, product, client in in_care if code == place]
        nowhere = {
            client
            for product, client in here
            if product and not any(one.takes_in(place) for one in others.get(product, ()))
        }
        yield FallingPlace(
            place, len({client for _, client in here}), len(nowhere),
            Decimal(cents[place]).scaleb(-2),
        )  # fmt: skip


def _products(
    region: Region, in_care: InCare, money: Money, others: Others, products: set[str]
) -> list[FallingProduct]:
    names = dict(region.products.values_list("code", "name"))
    youths: dict[str, set[bytes]] = defaultdict(set)
    for _, product, client in in_care:
        youths[product].add(client)
    cents: Counter[str] = Counter()
    for (_, _, product), amount in money.declared.items():
        cents[product] += amount
    return [
        FallingProduct(
            code, names.get(code, ""), len(youths[code]), Decimal(cents[code]).scaleb(-2),
            tuple(others.get(code, ())),
        )
        for code in sorted(products, key=lambda code: (-cents[code], code))
    ]  # fmt: skip


def _contracted(region: Region, today: date) -> dict[tuple[str, str], frozenset[str] | None]:
    """Who holds a contract for a product today, and in which municipalities (None: all)."""
    rows = ContractProduct.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today),
        Q(contract__end_date__isnull=True) | Q(contract__end_date__gt=today),
        valid_from__lte=today,
        contract__start_date__lte=today,
        contract__status__in=("active", "suspended", "notice"),
        contract__region=region,
    ).values_list(
        "product__code", "contract__provider__agb_code", "contract__municipalities__gm_code"
    )
    found: dict[tuple[str, str], frozenset[str] | None] = {}
    for product, agb, place in rows:
        known = found.get((product, agb), frozenset())
        found[product, agb] = None if known is None or place is None else known | {place}
    return found


def _others(region: Region, agb: str, products: list[str], today: date) -> Others:
    providers = {
        one.agb_code: one for one in Provider.objects.filter(region=region).exclude(agb_code=agb)
    }
    contracted = {key: at for key, at in _contracted(region, today).items() if key[0] in products}
    delivering = _delivering(region, products, today)
    waits = _waits(region)
    # A stop at one location leaves the others.
    stopped = {
        (stop.provider_id, stop.product_code)
        for stop in running_stops(region)
        if stop.location_id is None
    }
    found: Others = defaultdict(list)
    for code, other in sorted(contracted.keys() | delivering.keys()):
        if other in providers:
            row = providers[other]
            found[code].append(
                Alternative(
                    row,
                    (code, other) in contracted,
                    delivering.get((code, other), 0),
                    waits.get((code, row.pk)),
                    bool({(row.pk, ""), (row.pk, code)} & stopped),
                    contracted.get((code, other), frozenset()),
                )
            )
    for rows in found.values():
        rows.sort(key=lambda one: (one.is_stopped, not one.has_contract, -one.clients))
    return found


def _waits(region: Region) -> dict[tuple[str, int], int]:
    return {
        (row.product_code, row.provider_id): row.intake_days + row.treatment_days
        for row in newest_waits(WaitStatement.objects.filter(provider__region=region))
        if row.intake_days is not None and row.treatment_days is not None
    }


def _delivering(region: Region, products: list[str], today: date) -> dict[tuple[str, str], int]:
    """Youths in care now per product and provider."""
    params: dict[str, Any] = {"region_id": region.pk, "today": today, "products": products}
    sql = f"""
SELECT product, provider, count(DISTINCT client) {_IN_CARE} AND product = ANY (%(products)s)
GROUP BY 1, 2
"""
    return {(product, agb): number for product, agb, number in rows_of(sql, params)}
