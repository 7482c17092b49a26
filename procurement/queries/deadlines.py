"""Terms that follow from contracts, for the tasks of those who keep them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from core import clock
from core.formats import date_long
from core.tasks.api import Due
from regions.enums import Role

from ..domain.terms import KeyDate, KeyKind
from ..enums import ContractStatus, ObligationState, RevisionState
from ..models import Contract, ContractRevision, Obligation, TransformationAgreement
from .timeline import dates_of

TITLES = {
    KeyKind.NOTICE: "Besluit over opzeggen van contract {}",
    KeyKind.EXTENSION: "Besluit over verlengen van contract {}",
    KeyKind.END: "Contract {} loopt af",
}


def key_dates_until(kind: KeyKind) -> Any:
    """A source of terms of one kind: the region decides before the day that binds it."""

    def find(tenant_id: int, until: date) -> Iterator[Due]:
        for contract in _live(tenant_id):
            for key in dates_of(contract, clock.today()):
                if key.kind == kind and key.decide_by <= until:
                    yield _due(contract, key)

    return find


def _live(tenant_id: int) -> Iterable[Contract]:
    rows = Contract.objects.filter(region=tenant_id, status__in=ContractStatus.LIVE)
    return rows.filter(end_date__isnull=False).select_related("region", "provider").order_by("pk")


def _due(contract: Contract, key: KeyDate) -> Due:
    title = TITLES[key.kind].format(contract.number)
    if key.kind != KeyKind.END:
        title += f" (uiterste dag {date_long(key.day)})"
    return Due(
        str(contract.pk), key.decide_by, title, address(contract), **whose(contract),
        about=str(contract.provider), remind_days=(90, 30, 7),
    )  # fmt: skip


def address(contract: Contract) -> str:
    return f"/regio/{contract.region.slug}/contracten/{contract.pk}/"


def whose(contract: Contract) -> dict[str, Any]:
    """The contract's manager, else whoever manages contracts in the region."""
    return {"owner_id": contract.manager_id, "team": Role.CONTRACT_MANAGER}


RELATED = ("contract__region", "contract__provider")


def obligations_until(tenant_id: int, until: date) -> Iterator[Due]:
    rows = Obligation.objects.filter(
        contract__region=tenant_id,
        contract__status__in=ContractStatus.LIVE,
        state=ObligationState.SCHEDULED,
        valid_to__isnull=True,
        due__lte=until,
    )
    for row in rows.select_related(*RELATED):
        if row.due:
            yield _of_part(row, row.due, f"Nagaan: {row.title}")


def answers_until(tenant_id: int, until: date) -> Iterator[Due]:
    rows = ContractRevision.objects.filter(
        contract__region=tenant_id, state=RevisionState.OFFERED, answer_before__lte=until
    )
    for row in rows.select_related(*RELATED):
        if row.answer_before:
            yield _of_part(row, row.answer_before, f"Antwoord op {row}")


def transformation_until(tenant_id: int, until: date) -> Iterator[Due]:
    rows = TransformationAgreement.objects.filter(
        contract__region=tenant_id,
        contract__status__in=ContractStatus.LIVE,
        valid_to__isnull=True,
        target_on__gte=clock.today(),
        target_on__lte=until,
    )
    for row in rows.select_related(*RELATED):
        yield _of_part(row, row.target_on, f"Doel bereikt? {row.title}")


def _of_part(row: Any, day: date, title: str) -> Due:
    contract = row.contract
    about = f"{contract.number} {contract.provider}"
    return Due(str(row.pk), day, title[:200], address(contract), **whose(contract), about=about)
