"""Declaration lines, allocations and contracts for tests of the checks."""

from datetime import date
from decimal import Decimal
from itertools import count
from uuid import uuid4

from care.models import AllocationRecord, DeclarationLine, ReceivedRun, Trajectory
from procurement.models import Contract, ContractProduct, SpendingCap, Tariff
from providers.models import Provider
from regions.enums import OrganisationKind
from regions.models import Organisation
from segments.models import Product

AGB = "65650011"
CLIENT = bytes(16)
_numbers = count(1)


def provider(region, agb=AGB, name="De Hulp"):
    party = Organisation.objects.create(name=name, kind=OrganisationKind.PROVIDER)
    return Provider.objects.create(region=region, organisation=party, agb_code=agb, name=name)


def contract(made, products=(), start=date(2023, 1, 1), end=date(2026, 1, 1), **more):
    row = Contract.objects.create(
        region=made.region, provider=made, number=f"C{next(_numbers)}", kind="framework",
        start_date=start, end_date=end, **more,
    )  # fmt: skip
    for code in products:
        product, _ = Product.objects.get_or_create(
            region=made.region, code=code, defaults={"category": "45"}
        )
        ContractProduct.objects.create(contract=row, product=product, valid_from=start)
    return row


def tariff(region, code, amount, start=date(2023, 1, 1), **more):
    return Tariff.objects.create(
        region=region,
        product_code=code,
        unit="01",
        valid_from=start,
        amount=Decimal(amount),
        **more,
    )


def cap(row, year, amount):
    return SpendingCap.objects.create(contract=row, year=year, amount=Decimal(amount))


def trajectory(region, number=1, **more):
    values = {
        "municipality": "0518", "provider": AGB, "client": CLIENT, "category": "45",
        "product": "45A01", "allocated_on": date(2024, 1, 1), "valid_from": date(2024, 1, 1),
    }  # fmt: skip
    return Trajectory.objects.create(
        region_id=region.pk, allocation_number=number, **{**values, **more}
    )


def allocation(region, volume, frequency, unit="01", number=1, **more):
    values = {
        "municipality": "0518", "provider": AGB, "client": CLIENT, "category": "45",
        "product": "45A01", "allocated_on": date(2024, 1, 1), "valid_from": date(2024, 1, 1),
        "run": 1, "seq": next(_numbers), "dagtekening": date(2024, 1, 1),
    }  # fmt: skip
    return AllocationRecord.objects.create(
        region_id=region.pk, allocation_number=number, volume=volume, frequency=frequency,
        unit=unit, **{**values, **more},
    )  # fmt: skip


def line(region, euros, month=1, run=1, **more):
    """A line of 100 minutes in a month of 2024, received in February 2024."""
    values = {
        "municipality": "0518", "provider": AGB, "allocation_number": 1, "client": CLIENT,
        "key": uuid4(), "reference": f"D{next(_numbers)}", "category": "45", "product": "45A01",
        "begin_on": date(2024, month, 1), "end_on": date(2024, month, 28), "volume": 100,
        "unit": "01", "seq": next(_numbers), "dagtekening": date(2024, 2, 15),
    }  # fmt: skip
    return DeclarationLine.objects.create(
        region_id=region.pk, run=run, amount_cents=round(Decimal(euros) * 100),
        **{**values, **more},
    )  # fmt: skip


def received(region, run=1):
    return ReceivedRun.objects.create(
        region_id=region.pk, run=run, form="ijw", first_dagtekening=date(2024, 1, 1),
        last_dagtekening=date(2024, 12, 31),
    )  # fmt: skip
