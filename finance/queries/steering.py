"""Income, indications, volumes, shifts and settlements beside what really happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from core.money import euros
from procurement.models import AvailabilityFee
from regions.models import Municipality, Region

from ..domain.settling import Settled, fee_in_year, settle
from ..enums import BudgetKind, ShiftState
from ..models import (
    Budget,
    BudgetShift,
    IncomeFromState,
    ProviderIndication,
    Settlement,
    ShiftRule,
    VolumeTarget,
)
from .budgets import BudgetBook, BudgetFigure, counting
from .movements import PLACED, View, payments
from .spend import Cut, spend_now, view_of_now
from .visible import staffed_region_ids, visible_region_ids

ZERO = Decimal(0)


def incomes_visible_to(user: Any) -> QuerySet[IncomeFromState]:
    """What the state gives is public."""
    rows = IncomeFromState.objects.filter(region__in=visible_region_ids(user))
    return rows.select_related("municipality", "region")


def shift_rules_visible_to(user: Any) -> QuerySet[ShiftRule]:
    rows = ShiftRule.objects.filter(region__in=visible_region_ids(user))
    return rows.select_related("from_lot", "to_lot", "region")


def shifts_visible_to(user: Any) -> QuerySet[BudgetShift]:
    """Shifts are between budgets, and public to councils as they are."""
    rows = BudgetShift.objects.filter(region__in=visible_region_ids(user))
    return rows.select_related(
        "rule", "region", "from_budget__municipality", "from_budget__lot",
        "to_budget__municipality", "to_budget__lot",
    )  # fmt: skip


def volumes_visible_to(user: Any) -> QuerySet[VolumeTarget]:
    """What access teams agreed."""
    rows = VolumeTarget.objects.filter(region__in=visible_region_ids(user))
    return rows.select_related("municipality", "region")


def indications_visible_to(user: Any) -> QuerySet[ProviderIndication]:
    """Of single providers: staff of the regional organisation."""
    rows = ProviderIndication.objects.filter(region__in=staffed_region_ids(user))
    return rows.select_related("provider", "region")


def settlements_visible_to(user: Any) -> QuerySet[Settlement]:
    rows = Settlement.objects.filter(region__in=staffed_region_ids(user))
    return rows.select_related("contract__provider", "region")


@dataclass(frozen=True)
class Used:
    """An agreement beside what happened; `share` of it is used."""

    row: Any
    agreed: Decimal
    used: Decimal

    @property
    def left(self) -> Decimal:
        return self.agreed - self.used

    @property
    def share(self) -> Decimal | None:
        return self.used / self.agreed if self.agreed else None


def indications_used(rows: QuerySet[ProviderIndication], region: Region, year: int) -> list[Used]:
    """Indications of a year beside what is known of the provider's spend on its care."""
    view = view_of_now(region)
    spent: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    if view is not None:
        for one in spend_now(
            view, [Cut.PROVIDER, Cut.SEGMENT], care_from=date(year, 1, 1),
            care_to=date(year + 1, 1, 1),
        ):  # fmt: skip
            agb, segment = one.keys
            spent[agb, segment] += one.euros
            spent[agb, ""] += one.euros
    return [
        Used(row, row.amount, spent[row.provider.agb_code, row.segment])
        for row in rows.filter(year=year)
    ]


STARTED = f"""
{PLACED}
SELECT t.municipality, coalesce(place.segment, ''), count(*)
FROM care_trajectory t LEFT JOIN place ON place.product_code = t.product
WHERE t.region_id = %(region_id)s AND t.start_on >= %(start)s AND t.start_on < %(end)s
GROUP BY 1, 2
"""  # noqa: S608 -- made of constants


def volumes_used(
    rows: QuerySet[VolumeTarget], region: Region, year: int, only: list[str] | None
) -> list[Used]:
    """Agreements of a year beside the trajectories that began in it, as known now; of the
    municipalities in `only`."""
    started = _started(view_of_now(region), year)
    wanted = rows.filter(year=year)
    if only is not None:
        wanted = wanted.filter(municipality__gm_code__in=only)
    return [
        Used(row, Decimal(row.most), Decimal(started[row.municipality.gm_code, row.segment]))
        for row in wanted
    ]


def _started(view: View | None, year: int) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    if view is None:
        return found
    params = {**view.params, "start": date(year, 1, 1), "end": date(year + 1, 1, 1)}
    with connection.cursor() as cursor:
        cursor.execute(STARTED, params)
        for municipality, segment, number in cursor.fetchall():
            found[municipality, segment] += number
            if segment:
                found[municipality, ""] += number
    return found


@dataclass(frozen=True)
class YearOfPlace:
    """One municipality (None: the region) in a year: what is budgeted and what the state gives."""

    municipality: Municipality | None
    in_kind: BudgetFigure | None
    personal: BudgetFigure | None
    income: IncomeFromState | None
    # What last year's income would be with the indexation that this year's circular names.
    indexed: Decimal | None

    @property
    def fictitious(self) -> bool:
        """Whether any of it was made up; amounts of documents stand in a demonstration too."""
        income = self.income is not None and self.income.fictitious
        return income or any(figure.fictitious for figure in self.budgets)

    @property
    def budgets(self) -> list[BudgetFigure]:
        return [figure for figure in (self.in_kind, self.personal) if figure]

    @property
    def sources(self) -> str:
        """Where the budgets come from, each source once."""
        return "; ".join(dict.fromkeys(s for one in self.budgets for s in one.sources if s))

    @property
    def budgeted(self) -> Decimal:
        return sum((figure.amount for figure in self.budgets), ZERO)

    @property
    def left(self) -> Decimal | None:
        return None if self.income is None else self.income.amount - self.budgeted


def year_by_place(
    budgets: QuerySet[Budget], incomes: QuerySet[IncomeFromState], region: Region, year: int
) -> list[YearOfPlace]:
    """Care in kind, personal budgets and income of a year, beside each other."""
    kinds = {
        kind: BudgetBook(region.pk, year=year, kind=kind)
        for kind in (BudgetKind.CARE_IN_KIND, BudgetKind.PERSONAL_BUDGET)
    }
    now, before = (_last_circulars(incomes, y) for y in (year, year - 1))
    rows = budgets.filter(year=year).select_related("municipality")
    places = {row.municipality_id: row.municipality for row in rows}
    places |= {key: income.municipality for key, income in now.items()}
    found = []
    for key, place in sorted(places.items(), key=lambda item: item[1].name if item[1] else ""):
        code = place.gm_code if place else None
        in_kind, personal = (book.of_year(year, municipality=code) for book in kinds.values())
        found.append(
            YearOfPlace(place, in_kind, personal, now.get(key), _indexed(now, before, key))
        )
    return found


def _last_circulars(rows: QuerySet[IncomeFromState], year: int) -> dict[int | None, Any]:
    return {row.municipality_id: row for row in rows.filter(year=year)}


def _indexed(now: dict[Any, Any], before: dict[Any, Any], key: int | None) -> Decimal | None:
    if key not in now or key not in before or now[key].indexation is None:
        return None
    raised = before[key].amount * (1 + now[key].indexation / 100)
    return euros(raised)


def with_shifts(rows: list[Budget]) -> dict[int, Decimal]:
    """By budget: what holds after the shifts that were agreed; only where there are any."""
    agreed = BudgetShift.objects.filter(
        Q(from_budget__in=rows) | Q(to_budget__in=rows), state=ShiftState.AGREED
    )
    moved: dict[int, Decimal] = defaultdict(Decimal)
    for shift in agreed:
        moved[shift.from_budget_id] -= shift.amount
        moved[shift.to_budget_id] += shift.amount
    return {row.pk: row.amount + moved[row.pk] for row in rows if row.pk in moved}


@dataclass(frozen=True)
class SettledRow:
    """A settlement with the money that moved: fees owed, instalments paid, and the result."""

    row: Settlement
    fees: Decimal
    paid: Decimal
    result: Settled


def settled(rows: QuerySet[Settlement], region: Region) -> list[SettledRow]:
    view = view_of_now(region)
    paid: dict[tuple[str, str, int], int] = defaultdict(int)
    for payment in payments(view) if view else []:
        for month, cents in payment.months():
            paid[payment.provider, payment.segment, month.year] += cents
    found = []
    for row in rows:
        fees = sum((_fee(fee, row.year) for fee in _fees(row)), ZERO)
        key = (row.contract.provider.agb_code, row.segment, row.year)
        given = Decimal(paid[key]).scaleb(-2)
        result = settle(
            agreed=row.agreed, margin=row.margin, delivered=row.delivered, fees=fees, paid=given
        )
        found.append(SettledRow(row, fees, given, result))
    return found


def together(rows: Sequence[SettledRow]) -> dict[str, Decimal]:
    """The euros of settlements added up."""
    return {
        "agreed": sum((one.row.agreed for one in rows), ZERO),
        "beyond": sum((one.result.beyond for one in rows), ZERO),
        "fees": sum((one.fees for one in rows), ZERO),
        "paid": sum((one.paid for one in rows), ZERO),
        "to_pay": sum((one.result.to_pay for one in rows), ZERO),
    }


def _fees(row: Settlement) -> QuerySet[AvailabilityFee]:
    """Availability fees of the contract, counted with its first settlement of the year only."""
    first = (
        Settlement.objects.filter(contract=row.contract_id, year=row.year)
        .order_by("segment")
        .values_list("pk", flat=True)
        .first()
    )
    fees = AvailabilityFee.objects.filter(contract=row.contract_id)
    return fees if first == row.pk else fees.none()


def _fee(fee: AvailabilityFee, year: int) -> Decimal:
    return fee_in_year(
        amount=fee.amount, valid_from=fee.valid_from, valid_to=fee.valid_to, year=year
    )


@dataclass(frozen=True)
class SeriesYear:
    """A given amount, last year's with the index, and the first year's with every index since."""

    row: Budget
    percentage: Decimal | None
    from_last: Decimal | None
    from_first: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.from_last is None else self.row.amount - self.from_last

    @property
    def difference_from_first(self) -> Decimal | None:
        return None if self.from_first is None else self.row.amount - self.from_first


def series_of(
    rows: QuerySet[Budget], budget: Budget, rises: dict[int, Decimal]
) -> list[SeriesYear]:
    """The budgets like this one, year after year: given amounts are never computed over."""
    names = ("municipality_id", "segment", "lot_id", "subject", "kind", "half")
    same = rows.filter(region=budget.region_id, **{name: getattr(budget, name) for name in names})
    found: list[SeriesYear] = []
    chained: Decimal | None = None
    last: Budget | None = None
    for row in sorted(counting(same.order_by("version")), key=lambda one: one.year):
        rise = rises.get(row.year)
        follows = last is not None and row.year == last.year + 1 and rise is not None
        factor = 1 + rise / 100 if rise is not None else Decimal(1)
        chained = chained * factor if follows and chained is not None else None
        computed = euros(last.amount * factor) if follows and last else None
        found.append(
            SeriesYear(
                row, rise if follows else None, computed,
                euros(chained) if chained is not None else None,
            )
        )  # fmt: skip
        chained = row.amount if last is None or chained is None else chained
        last = row
    return found
