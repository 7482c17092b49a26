"""Use of the ceilings of contracts, and when they will be reached."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from psycopg.sql import SQL

from core import clock
from core.intake.api import plain_cursor
from procurement.enums.ceilings import SignalSource
from procurement.models import CeilingSignal, SpendingCap
from procurement.queries.contracts import readable_region_ids
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
    def reported(self) -> Decimal | None:
        """What somebody's own books say is used, where that is more than was declared."""
        said = self.signal
        if said is None or said.source == SignalSource.FIGURES:
            return None
        return said.used_then if said.used_then > self.reach.used else None

    @property
    def tone(self) -> str:
        if self.share >= 1:
            return "bad"
        near = self.signals or self.reach.reached_on or self.reported
        return "attention" if near else "good"

    @property
    def told(self) -> str:
        """How it stands, in a few words."""
        if self.share >= 1:
            return "plafond bereikt"
        if self.signals:
            return "signaal bereikt"
        if self.reach.reached_on:
            return "wordt bereikt"
        return "meer gemeld" if self.reported else "ruimte"


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
