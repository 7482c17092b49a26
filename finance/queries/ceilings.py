"""Use of the ceilings of contracts, and what falls away with a provider."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from psycopg.sql import SQL

from core import clock
from core.intake.api import plain_cursor
from core.periods import add_months
from procurement.models import CeilingSignal, ContractProduct, SpendingCap
from procurement.queries.contracts import readable_region_ids
from providers.models import Provider, WaitStatement
from providers.queries.supply import newest_waits, running_stops
from regions.models import Region

from ..domain.ceilings import Reach, reach
from ..domain.check_scope import collect_agreed, find_terms, same_spot

CRISIS = "46"


@dataclass(frozen=True)
class CeilingUse:
    """A ceiling with its use so far (euros, no crisis care) and when it will be reached."""

    cap: SpendingCap
    reach: Reach

    @property
    def share(self) -> Decimal:
        return self.reach.used / self.cap.amount

    @property
    def signals(self) -> bool:
        """The share at which the contract standard asks for a talk (art. 1.5) is reached."""
        return self.share >= self.cap.signal_share

    @property
    def signal(self) -> CeilingSignal | None:
        """What was done about it."""
        return getattr(self.cap, "signal", None)

    @property
    def left(self) -> Decimal:
        return self.cap.amount - self.reach.used

    @property
    def tone(self) -> str:
        if self.share >= 1:
            return "bad"
        return "attention" if self.signals else "good"


def ceiling_uses(*, region_id: int, year: int) -> list[CeilingUse]:
    """The ceilings of a year that hold now, the fullest first."""
    caps = list(
        SpendingCap.objects.filter(
            contract__region=region_id, year=year, valid_to__isnull=True
        ).select_related("contract__provider", "signal")
    )
    months = _spent_by_contract(region_id, year) if caps else {}
    uses = [
        CeilingUse(
            cap,
            reach(
                months=months.get(cap.contract_id, {}), year=year, most=cap.amount,
                today=clock.today(),
            ),
        )
        for cap in caps
    ]  # fmt: skip
    return sorted(uses, key=lambda use: (-use.share, use.cap.pk))


# Totals of this year and the year before, of providers with a ceiling, by the contract that covers
# them: the same way in which a line finds its contract.
_CELLS = """
CREATE TEMPORARY TABLE ceiling_cell ON COMMIT DROP AS
SELECT total.provider, total.municipality, total.product, total.unit,
    total.care_month AS begin_on, total.amount_cents
FROM care_spendtotal total
WHERE total.region_id = %(region_id)s AND total.kind = 'cell'
    AND total.care_month >= %(start)s AND total.care_month < %(end)s
    AND total.category <> %(crisis)s
    AND total.product NOT IN (
        SELECT code FROM segments_product WHERE region_id = %(region_id)s AND category = %(crisis)s
    )
    AND total.provider IN (
        SELECT provider.agb_code FROM procurement_spendingcap cap
        JOIN procurement_contract contract ON contract.id = cap.contract_id
        JOIN providers_provider provider ON provider.id = contract.provider_id
        WHERE contract.region_id = %(region_id)s AND cap.year = %(year)s
    )
"""
_BY_CONTRACT = SQL("""
SELECT terms.contract_id, line.begin_on, sum(line.amount_cents)::bigint
FROM ceiling_cell line JOIN ceiling_terms terms ON {same}
WHERE terms.contract_id IS NOT NULL
GROUP BY 1, 2
""").format(same=same_spot("line", "terms"))


@transaction.atomic
def _spent_by_contract(region_id: int, year: int) -> dict[int, dict[date, Decimal]]:
    params: dict[str, Any] = {
        "region_id": region_id, "year": year, "crisis": CRISIS,
        "start": date(year - 1, 1, 1), "end": date(year + 1, 1, 1),
    }  # fmt: skip
    found: dict[int, dict[date, Decimal]] = defaultdict(dict)
    with plain_cursor() as cursor:
        for table in ("agreed", "ceiling_cell", "ceiling_spot", "ceiling_terms"):
            cursor.execute(SQL("DROP TABLE IF EXISTS pg_temp.{}").format(SQL(table)))
        cursor.execute(_CELLS, params)
        params["stretches"] = collect_agreed(cursor, params)
        find_terms(cursor, params, lines="ceiling_cell", spot="ceiling_spot", terms="ceiling_terms")
        cursor.execute(_BY_CONTRACT, params)
        for contract, month, cents in cursor.fetchall():
            found[contract][month] = Decimal(cents).scaleb(-2)
    return found


def can_see_ceilings(user: Any, region: Region) -> bool:
    """Ceilings are in contracts: who reads the whole register of contracts sees their use."""
    return region.pk in readable_region_ids(user)


@dataclass(frozen=True)
class Alternative:
    """Another provider that can deliver a product: by contract, or because it does."""

    provider: Provider
    has_contract: bool
    clients: int
    wait_days: int | None
    is_stopped: bool


@dataclass(frozen=True)
class FallingProduct:
    """What one product means: youths in care now, euros of a year, and who else delivers it."""

    code: str
    name: str
    clients: int
    euros: Decimal
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Falling:
    """What falls away with a provider. Euros are of the twelve months before `until`."""

    clients: int
    places: tuple[tuple[str, int, Decimal], ...]
    products: tuple[FallingProduct, ...]
    euros: Decimal
    share: Decimal | None
    until: date

    @property
    def without_alternative(self) -> list[FallingProduct]:
        return [one for one in self.products if not one.alternatives]


CLIENTS = """
SELECT {column}, count(DISTINCT client)
FROM care_trajectory
WHERE region_id = %(region_id)s AND start_on <= %(today)s
    AND (end_on IS NULL OR end_on >= %(today)s)
    AND ({which})
GROUP BY 1
"""


def falls_away(region: Region, agb: str) -> Falling:
    """What falls away when a provider stops today. Youths are counted once in the whole, once per
    municipality and once per product."""
    today = clock.today()
    until = add_months(today.replace(day=1), -1)
    params = {
        "region_id": region.pk, "agb": agb, "today": today, "until": until,
        "start": add_months(until, -12),
    }  # fmt: skip
    per_place, per_product = (
        _clients(column, "provider = %(agb)s", params) for column in ("municipality", "product")
    )
    money_of = {column: _money(column, params) for column in ("municipality", "product")}
    total = _all_money(params)
    mine = sum(money_of["product"].values(), Decimal(0))
    products = {code for code in (*per_product, *money_of["product"]) if code}
    others = _others(region, agb, sorted(products), params)
    names = dict(region.products.values_list("code", "name"))
    return Falling(
        clients=_clients("provider", "provider = %(agb)s", params).get(agb, 0),
        places=tuple(
            (code, per_place.get(code, 0), money_of["municipality"].get(code, Decimal(0)))
            for code in sorted(per_place.keys() | money_of["municipality"].keys())
        ),
        products=tuple(
            FallingProduct(
                code, names.get(code, ""), per_product.get(code, 0),
                money_of["product"].get(code, Decimal(0)), tuple(others.get(code, ())),
            )
            for code in sorted(products, key=lambda c: -money_of["product"].get(c, Decimal(0)))
        ),
        euros=mine,
        share=mine / total if total else None,
        until=until,
    )  # fmt: skip


def _clients(column: str, which: str, params: dict[str, Any]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(CLIENTS.format(column=column, which=which), params)
        return dict(cursor.fetchall())


def _money(column: str, params: dict[str, Any]) -> dict[str, Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {column}, sum(amount_cents)::bigint FROM care_spendtotal
            WHERE region_id = %(region_id)s AND kind = 'cell' AND provider = %(agb)s
                AND care_month >= %(start)s AND care_month < %(until)s
            GROUP BY 1
            """,  # noqa: S608 -- made of constants
            params,
        )
        return {key: Decimal(cents).scaleb(-2) for key, cents in cursor.fetchall()}


def _all_money(params: dict[str, Any]) -> Decimal:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(sum(amount_cents), 0)::bigint FROM care_spendtotal
            WHERE region_id = %(region_id)s AND kind = 'cell'
                AND care_month >= %(start)s AND care_month < %(until)s
            """,
            params,
        )
        return Decimal(cursor.fetchone()[0]).scaleb(-2)


def _others(
    region: Region, agb: str, products: list[str], params: dict[str, Any]
) -> dict[str, list[Alternative]]:
    today: date = params["today"]
    providers = {
        one.agb_code: one for one in Provider.objects.filter(region=region).exclude(agb_code=agb)
    }
    delivering = _delivering({**params, "products": products})
    contracted = set(
        ContractProduct.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=today),
            Q(contract__end_date__isnull=True) | Q(contract__end_date__gt=today),
            valid_from__lte=today,
            contract__start_date__lte=today,
            contract__status__in=("active", "suspended", "notice"),
            contract__region=region,
            product__code__in=products,
        ).values_list("product__code", "contract__provider__agb_code")
    )
    waits = {
        (row.product_code, row.provider_id): row.intake_days + row.treatment_days
        for row in newest_waits(WaitStatement.objects.filter(provider__region=region))
        if row.intake_days is not None and row.treatment_days is not None
    }
    stopped = {(stop.provider_id, stop.product_code) for stop in running_stops(region)}
    found: dict[str, list[Alternative]] = defaultdict(list)
    for code, other in sorted(contracted | delivering.keys()):
        if other in providers:
            row = providers[other]
            found[code].append(
                Alternative(
                    row,
                    (code, other) in contracted,
                    delivering.get((code, other), 0),
                    waits.get((code, row.pk)),
                    bool({(row.pk, ""), (row.pk, code)} & stopped),
                )
            )
    for rows in found.values():
        rows.sort(key=lambda one: (one.is_stopped, not one.has_contract, -one.clients))
    return found


def _delivering(params: dict[str, Any]) -> dict[tuple[str, str], int]:
    """Youths in care now per product and provider."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT product, provider, count(DISTINCT client) FROM care_trajectory
            WHERE region_id = %(region_id)s AND start_on <= %(today)s
                AND (end_on IS NULL OR end_on >= %(today)s) AND product = ANY (%(products)s)
                AND provider <> %(agb)s
            GROUP BY 1, 2
            """,
            params,
        )
        return {(product, agb): number for product, agb, number in cursor.fetchall()}
