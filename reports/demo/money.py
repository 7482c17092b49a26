"""Money beside the budgets of the demonstration: all of it invented, and marked so."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count

from care.models import Trajectory
from core import clock
from finance.domain import steering
from finance.enums import BudgetKind, BudgetStatus
from finance.models import (
    Budget,
    BudgetShift,
    IncomeFromState,
    ProviderIndication,
    ShiftRule,
    VolumeTarget,
)
from finance.queries.spend import Cut, spend_now, view_of_now
from procurement.models import Contract, Lot, SpendingCap
from regions.models import Municipality, Region

NOTE = "Bedacht voor de demonstratie."
LOTS = (("AMB", "Ambulante jeugdhulp"), ("SPEC", "Specialistische jeugdhulp"))
LARGEST = 5


@transaction.atomic
def make_money(region: Region, by: Any) -> None:
    """Ceilings, indications, volumes, income and a shift for this year; what is there stays."""
    year = clock.today().year
    if ProviderIndication.objects.filter(region=region).exists():
        return
    spent = _spent(region, year - 1, Cut.PROVIDER)
    _ceilings(region, year, spent)
    _indications(region, year, spent)
    _income(region, year, sum(spent.values(), Decimal(0)))
    _personal_budgets(region, year, _spent(region, year - 1, Cut.MUNICIPALITY))
    _volumes(region, year)
    _lots(region, year, by)


def _spent(region: Region, year: int, cut: Cut) -> dict[str, Decimal]:
    """What is known per provider or municipality over a year, the most first."""
    view = view_of_now(region)
    found: dict[str, Decimal] = defaultdict(Decimal)
    if view is not None:
        start, end = clock.today().replace(year=year, month=1, day=1), year + 1
        for one in spend_now(view, [cut], care_from=start, care_to=start.replace(year=end)):
            found[one.keys[0]] += one.euros
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _rounded(amount: Decimal) -> Decimal:
    return max(amount.quantize(Decimal("1E3")), Decimal(1000)).quantize(Decimal("0.01"))


def _ceilings(region: Region, year: int, spent: dict[str, Decimal]) -> None:
    """Of the largest five, at 90 to 130 percent of last year."""
    for place, (agb, amount) in enumerate(list(spent.items())[:LARGEST]):
        contract = Contract.objects.filter(region=region, provider__agb_code=agb).first()
        if contract is not None and amount > 0:
            SpendingCap.objects.get_or_create(
                contract=contract,
                year=year,
                valid_to=None,
                defaults={"amount": _rounded(amount * (90 + 10 * place) / 100)},
            )


def _indications(region: Region, year: int, spent: dict[str, Decimal]) -> None:
    providers = {one.agb_code: one for one in region.providers.all()}
    for agb, amount in list(spent.items())[:LARGEST]:
        if agb in providers and amount > 0:
            ProviderIndication.objects.create(
                region=region, provider=providers[agb], year=year, amount=_rounded(amount),
                note=NOTE, fictitious=True,
            )  # fmt: skip


def _income(region: Region, year: int, total: Decimal) -> None:
    for number, (of, rise) in enumerate(((year - 1, None), (year, Decimal("3.50")))):
        IncomeFromState.objects.create(
            region=region, year=of, circular=f"Meicirculaire {of}", status="estimate", circa=True,
            amount=_rounded(total * (100 + 4 * number) / 100), indexation=rise, note=NOTE,
            fictitious=True,
        )  # fmt: skip


def _personal_budgets(region: Region, year: int, spent: dict[str, Decimal]) -> None:
    """An eighth of what care in kind cost the year before: as 24 to 198 million (001:L46-47)."""
    for place in Municipality.objects.filter(gm_code__in=spent):
        Budget.objects.create(
            region=region, municipality=place, year=year, subject="Persoonsgebonden budget",
            kind=BudgetKind.PERSONAL_BUDGET, status=BudgetStatus.ADOPTED, circa=True, scope=NOTE,
            amount=_rounded(spent[place.gm_code] / 8), fictitious=True,
        )  # fmt: skip


def _volumes(region: Region, year: int) -> None:
    """Five percent more than began the year before."""
    rows = Trajectory.objects.filter(region_id=region.pk, start_on__year=year - 1)
    began = dict(rows.order_by().values_list("municipality").annotate(Count("pk")))
    for place in Municipality.objects.filter(gm_code__in=began):
        VolumeTarget.objects.create(
            region=region, municipality=place, year=year, note=NOTE, fictitious=True,
            most=round(began[place.gm_code] * Decimal("0.105")) * 10,
        )  # fmt: skip


def _lots(region: Region, year: int, by: Any) -> None:
    """Two lots, a rule, and a shift that waits for its agreement."""
    budgets = []
    for place, (code, name) in enumerate(LOTS):
        lot, _ = Lot.objects.get_or_create(region=region, code=code, defaults={"name": name})
        budgets.append(
            Budget.objects.create(
                region=region, lot=lot, year=year, subject="Verdeling over percelen",
                status=BudgetStatus.ADOPTED, amount=Decimal(2_000_000 - 500_000 * place),
                scope=NOTE, fictitious=True,
            )
        )  # fmt: skip
    rule = ShiftRule.objects.create(
        region=region, name="Tien procent per jaar", first_year=year, most_percent=10,
        decided_by="het bestuurlijk overleg", fictitious=True,
    )  # fmt: skip
    steering.keep(
        row=BudgetShift(
            region=region, rule=rule, from_budget=budgets[0], to_budget=budgets[1],
            amount=Decimal(120_000), reason="Meer vraag naar specialistische hulp.",
            fictitious=True,
        ),
        by=by,
    )  # fmt: skip
