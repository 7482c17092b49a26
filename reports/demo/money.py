"""Money beside the budgets of the demonstration: all of it invented, and marked so."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from finance.domain import steering
from finance.enums import BudgetStatus
from finance.models import (
    Budget,
    BudgetShift,
    IncomeFromState,
    ProviderIndication,
    Settlement,
    ShiftRule,
    VolumeTarget,
)
from finance.queries.movements import payments
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
    spent = _spent(region, year - 1)
    _ceilings(region, year, spent)
    _indications(region, year, spent)
    _income(region, year, sum(spent.values(), Decimal(0)))
    _volumes(region, year)
    _lots(region, year, by)
    _settlement(region, year - 1)


def _spent(region: Region, year: int) -> dict[str, Decimal]:
    """What is known per provider over a year, the most first."""
    view = view_of_now(region)
    found: dict[str, Decimal] = defaultdict(Decimal)
    if view is not None:
        start, end = clock.today().replace(year=year, month=1, day=1), year + 1
        for one in spend_now(
            view, [Cut.PROVIDER], care_from=start, care_to=start.replace(year=end)
        ):
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


def _volumes(region: Region, year: int) -> None:
    for place in Municipality.objects.filter(memberships__region=region).distinct()[:3]:
        VolumeTarget.objects.create(
            region=region, municipality=place, year=year, most=250, note=NOTE, fictitious=True
        )


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


def _settlement(region: Region, year: int) -> None:
    """Of the largest instalments of that year, where their provider has a contract."""
    view = view_of_now(region)
    paid: dict[tuple[str, str], int] = defaultdict(int)
    for payment in payments(view) if view else []:
        for month, cents in payment.months():
            if month.year == year:
                paid[payment.provider, payment.segment] += cents
    for (agb, segment), cents in sorted(paid.items(), key=lambda item: -item[1])[:3]:
        contract = Contract.objects.filter(region=region, provider__agb_code=agb).first()
        if contract is not None:
            agreed = Decimal(cents).scaleb(-2)
            Settlement.objects.create(
                region=region, contract=contract, segment=segment, year=year, agreed=agreed,
                margin=5, delivered=agreed * Decimal("1.08"), note=NOTE, fictitious=True,
            )  # fmt: skip
