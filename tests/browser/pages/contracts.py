"""Pages of providers and procurement."""

from datetime import date
from decimal import Decimal
from typing import Any

from procurement.models import ContractPhase, ContractProduct, SchemePhase, SpendingCap, Tariff
from providers.models import ProviderContact, ProviderLocation
from regions.enums import Role
from tests.browser.world import World
from tests.factories import ContractFactory, Made, ProviderFactory

from . import HERE, STAFF, Row
from .segments import first

MANAGERS = frozenset({Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN})
READERS = STAFF | {Role.EXECUTIVE, Role.PROVIDER}


def fill(world: World) -> None:
    for made in (world.north, world.south):
        provider, contract = made.provider, made.contract
        ProviderContact.objects.create(provider=provider, name="Loes Bakker", email="l@b.nl")
        ProviderLocation.objects.create(
            provider=provider, name="Hoofdlocatie", municipality=made.municipalities[0]
        )
        SpendingCap.objects.create(contract=contract, year=2026, amount=Decimal(1_000_000))
        Tariff.objects.create(
            region=made.region,
            contract=contract,
            product_code="45A01",
            unit="04",
            valid_from=date(2025, 1, 1),
            amount=Decimal("101.50"),
        )
        SchemePhase.objects.create(
            scheme=made.scheme,
            number=1,
            name="Ontwikkelen",
            start_date=date(2023, 1, 1),
            end_date=date(2026, 1, 1),
            aims=["Samen leren"],
        )
        other = ProviderFactory(region=made.region)
        world.extra[f"other-{made.region.slug}"] = ContractFactory(
            region=made.region, provider=other
        )


def provider(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.provider.pk}


def in_provider(made: Made, world: World) -> dict[str, Any]:
    return {"provider": made.provider.pk}


def other_provider(made: Made, world: World) -> dict[str, Any]:
    return {"pk": world.extra[f"other-{made.region.slug}"].provider_id}


def contract(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.contract.pk}


def other_contract(made: Made, world: World) -> dict[str, Any]:
    return {"pk": world.extra[f"other-{made.region.slug}"].pk}


def in_contract(made: Made, world: World) -> dict[str, Any]:
    return {"contract": made.contract.pk}


contact = first(ProviderContact, path="provider__region")
location = first(ProviderLocation, path="provider__region")
phase = first(ContractPhase, path="contract__region")
contract_product = first(ContractProduct, path="contract__region")
cap = first(SpendingCap, path="contract__region")
bespoke = first(Tariff, path="contract__region")


def tariff(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.tariff.pk}


PAGES = [
    Row("providers"),
    Row("provider", HERE, provider, 404),
    Row("provider", HERE - {Role.PROVIDER}, other_provider, 404),
    Row("provider-add", MANAGERS),
    Row("provider-change", MANAGERS, provider),
    Row("provider-remove", MANAGERS, provider),
    Row("contact-add", MANAGERS, in_provider),
    Row("contact-change", MANAGERS, contact),
    Row("contact-remove", MANAGERS, contact),
    Row("location-add", MANAGERS, in_provider),
    Row("location-change", MANAGERS, location),
    Row("location-remove", MANAGERS, location),
    Row("contracts"),
    Row("contract", READERS, contract, 404),
    Row("contract", READERS - {Role.PROVIDER}, other_contract, 404),
    Row("contract-add", MANAGERS),
    Row("contract-change", MANAGERS, contract),
    Row("phase-add", MANAGERS, in_contract),
    Row("phase-change", MANAGERS, phase),
    Row("phase-remove", MANAGERS, phase),
    Row("contract-product-add", MANAGERS, in_contract),
    Row("contract-product-change", MANAGERS, contract_product),
    Row("contract-product-remove", MANAGERS, contract_product),
    Row("cap-add", MANAGERS, in_contract),
    Row("cap-change", MANAGERS, cap),
    Row("cap-remove", MANAGERS, cap),
    Row("bespoke-tariff-add", MANAGERS, in_contract),
    Row("bespoke-tariff-change", MANAGERS, bespoke),
    Row("bespoke-tariff-remove", MANAGERS, bespoke),
    Row("tariffs"),
    Row("tariff-add", MANAGERS),
    Row("tariff-change", MANAGERS, tariff),
    Row("tariff-remove", MANAGERS, tariff),
    Row("scheme-phase-add", MANAGERS, lambda made, world: {"scheme": made.scheme.pk}),
    Row("scheme-phase-change", MANAGERS, first(SchemePhase)),
    Row("scheme-phase-remove", MANAGERS, first(SchemePhase)),
]
