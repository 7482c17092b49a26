"""Writing contracts down: the contract, its parts and the region's tariffs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from core.errors import DomainError
from core.formats import date_long
from core.tasks.api import sync_tasks
from regions.models import Region
from segments.models import Segment

from ..enums.contracts import ContractKind, ContractStatus, VersionKind
from ..models import (
    Contract,
    ContractPhase,
    ContractPolicy,
    ContractProduct,
    Lot,
    Terms,
)
from ..rules.contracts import check_can_manage_contracts
from .heads import add_version
from .leaving import check_not_shortened, check_product_not_ended
from .terms import FRAMEWORK_MONTHS, gaps, is_longer_than, months_between


@transaction.atomic
def keep_contract(
    *,
    contract: Contract,
    segments: Iterable[Segment],
    by: Any,
    municipalities: Iterable[Any] | None = None,
    lots: Iterable[Lot] | None = None,
) -> Contract:
    """Add or change a contract. Its phases must fit within it.

    A contract that is already agreed is corrected by this (a revision changes the agreement
    itself): when it has versions, a version of the kind 'correctie' is added.
    """
    check_can_manage_contracts(by, contract.region)
    contract.full_clean()
    check_terms(contract)
    check_not_shortened(contract)
    if contract.pk:
        _check_phases_fit(contract)
    contract.save()
    contract.segments.set(segments)
    if municipalities is not None:
        contract.municipalities.set(municipalities)
    if lots is not None:
        contract.lots.set(lots)
    _note_correction(contract, by)
    sync_tasks(contract.region_id)
    return contract


def _note_correction(contract: Contract, by: Any) -> None:
    latest = contract.versions.order_by("-effective_from", "-number").first()
    if latest and contract.status not in ContractStatus.OPEN:
        add_version(contract, VersionKind.CORRECTION, latest.effective_from, by, "Correctie")


def check_terms(contract: Contract) -> None:
    """Refuse a framework of more than four years without reasons, and a term that is too short."""
    start, end = contract.start_date, contract.end_date
    is_long = end is None or is_longer_than(start, end, FRAMEWORK_MONTHS)
    if contract.kind == ContractKind.FRAMEWORK and is_long and not contract.long_term_reason:
        raise DomainError(
            "Een raamovereenkomst van meer dan vier jaar moet zijn gemotiveerd. Vul bij "
            "'Motivering van de lange looptijd' in waarom dat nodig is.",
            code="motivering-ontbreekt",
        )
    least = contract.min_term_months
    if least and end and months_between(start, end) < least:
        raise DomainError(
            f"De looptijd is {months_between(start, end)} maanden; het minimum is {least} maanden. "
            "Kies een latere laatste dag, of pas het minimum aan.",
            code="looptijd-te-kort",
        )


def policy_of(region: Region) -> ContractPolicy | None:
    """The rules that a new contract begins with: of the newest scheme that has any."""
    found = ContractPolicy.objects.filter(scheme__region=region)
    return found.order_by("-scheme__valid_from").first()


def new_contract(region: Region) -> Contract:
    """An unsaved draft with the conditions of the region's strategy."""
    contract = Contract(region=region, status=ContractStatus.DRAFT)
    policy = policy_of(region)
    if policy:
        for field in Terms._meta.get_fields():
            setattr(contract, field.name, getattr(policy, field.name))
    return contract


@contextmanager
def phases_checked() -> Iterator[None]:
    """Ask the database at once whether phases follow each other, and say where they do not."""
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        if "leave a gap" not in str(error):
            raise
        raise DomainError(
            "Tussen twee fasen van dit contract valt een gat. Fasen sluiten op elkaar aan: laat "
            "elke fase beginnen op de dag na de vorige.",
            code="fasen-sluiten-niet-aan",
        ) from error


@transaction.atomic
def keep_part(*, part: Any, by: Any) -> Any:
    """Add or change a part of a contract, a planned phase, a lot or a tariff."""
    check_can_manage_contracts(by, region_of(part))
    if isinstance(part, ContractPhase):
        _check_fits(part, part.contract)
    if isinstance(part, ContractProduct):
        check_product_not_ended(part)
    part.full_clean()
    with phases_checked():
        part.save()
    sync_tasks(region_of(part).pk)
    return part


@transaction.atomic
def keep_phases(*, contract: Contract, phases: list[ContractPhase], by: Any) -> None:
    """Replace all phases of a contract at once; they must follow each other."""
    check_can_manage_contracts(by, contract.region)
    holes = gaps([(phase.start_date, phase.end_date) for phase in phases])
    if holes:
        raise DomainError(
            f"Tussen de fasen valt een gat vanaf {date_long(holes[0][0])}. Laat elke fase beginnen "
            "op de dag na de vorige.",
            code="fasen-sluiten-niet-aan",
        )
    with phases_checked():
        contract.phases.all().delete()
        for phase in phases:
            _check_fits(phase, contract)
            phase.full_clean()
            phase.save()


@transaction.atomic
def remove_part(*, part: Any, by: Any) -> None:
    region = region_of(part)
    check_can_manage_contracts(by, region)
    try:
        with phases_checked():
            part.delete()
    except ProtectedError as error:
        raise DomainError(
            f"‘{part}’ kan niet weg: er wordt naar verwezen. Haal eerst die verwijzing weg.",
            code="nog-in-gebruik",
        ) from error
    sync_tasks(region.pk)


def region_of(part: Any) -> Region:
    """The region to which a contract, one of its parts, a plan of the region or what is told of a
    tariff belongs."""
    for name in ("", "contract", "scheme", "tariff"):
        owner = getattr(part, name, None) if name else part
        region = getattr(owner, "region", None)
        if isinstance(region, Region):
            return region
    raise TypeError(f"{part} belongs to no region")


def _check_phases_fit(contract: Contract) -> None:
    for phase in contract.phases.filter(valid_to__isnull=True):
        _check_fits(phase, contract)


def _check_fits(phase: ContractPhase, contract: Contract) -> None:
    too_late = contract.end_date is not None and phase.end_date > contract.end_date
    if phase.start_date < contract.start_date or too_late:
        raise DomainError(
            f"Fase {phase.number} valt buiten de looptijd van contract {contract.number}. Pas de "
            "datums van de fase of van het contract aan.",
            code="fase-buiten-looptijd",
        )
