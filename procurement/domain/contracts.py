"""Writing contracts down: the contract, its phases, products, ceilings and tariffs."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core.errors import DomainError
from regions.models import Region
from segments.models import Segment

from ..models import (
    Contract,
    ContractPhase,
    ContractProduct,
    SchemePhase,
    SpendingCap,
    Tariff,
)
from ..rules import check_can_manage_contracts

Part = ContractPhase | ContractProduct | SpendingCap | Tariff | SchemePhase


@transaction.atomic
def keep_contract(*, contract: Contract, segments: Iterable[Segment], by: Any) -> Contract:
    """Add or change a contract. Its phases must fit within it."""
    check_can_manage_contracts(by, contract.region)
    contract.full_clean()
    if contract.pk:
        _check_phases_fit(contract)
    contract.save()
    contract.segments.set(segments)
    return contract


@transaction.atomic
def keep_part(*, part: Part, by: Any) -> Part:
    """Add or change a phase, product, ceiling or tariff."""
    check_can_manage_contracts(by, region_of(part))
    part.full_clean()
    if isinstance(part, ContractPhase):
        _check_fits(part, part.contract)
    part.save()
    return part


@transaction.atomic
def remove_part(*, part: Part, by: Any) -> None:
    check_can_manage_contracts(by, region_of(part))
    part.delete()


def region_of(part: Part) -> Region:
    match part:
        case Tariff():
            return part.region
        case SchemePhase():
            return part.scheme.region
        case _:
            return part.contract.region


def _check_phases_fit(contract: Contract) -> None:
    for phase in contract.phases.all():
        _check_fits(phase, contract)


def _check_fits(phase: ContractPhase, contract: Contract) -> None:
    too_late = contract.end_date is not None and phase.end_date > contract.end_date
    if phase.start_date < contract.start_date or too_late:
        raise DomainError(
            f"Fase {phase.number} valt buiten de looptijd van contract {contract.number}. Pas de "
            "datums van de fase of van het contract aan.",
            code="fase-buiten-looptijd",
        )
