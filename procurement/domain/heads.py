"""The head of a contract (name, term, segments, conditions) and its versions.

A head is a dictionary of plain JSON values: the fields of `HEAD_FIELDS` by name and the codes or
names of `HEAD_LISTS`.
"""

from datetime import date
from typing import Any

from django.db.models import Max

from ..enums.contracts import VersionKind
from ..models import Contract, ContractVersion, Terms
from .parts import plain_value

HEAD_FIELDS = (
    "name", "kind", "funding_form", "start_date", "end_date",
    *(field.name for field in Terms._meta.get_fields()),
)  # fmt: skip
HEAD_LISTS = {"segments": "code", "municipalities": "name", "lots": "code"}

Head = dict[str, Any]


def head_of(contract: Contract) -> Head:
    """What the head says now."""
    head = {name: plain_value(contract, name) for name in HEAD_FIELDS}
    for name, column in HEAD_LISTS.items():
        head[name] = sorted(getattr(contract, name).values_list(column, flat=True))
    return head


def add_version(
    contract: Contract, kind: str, effective_from: date, by: Any, summary: str = "", **of: Any
) -> ContractVersion:
    """Write down how the head reads since a day. Call `keep_original` before the head changes."""
    latest = contract.versions.aggregate(latest=Max("number"))["latest"]
    return ContractVersion.objects.create(
        contract=contract,
        number=0 if latest is None else latest + 1,
        kind=kind,
        effective_from=effective_from,
        made_by=by,
        summary=summary[:300],
        head=head_of(contract),
        **of,
    )


def keep_original(contract: Contract, by: Any = None) -> None:
    """Write down version 0, the contract as it began, unless that was done."""
    if not contract.versions.exists():
        before = Contract.objects.get(pk=contract.pk)
        add_version(before, VersionKind.ORIGINAL, before.start_date, by, "Zoals gesloten")


def version_on(contract: Contract, day: date) -> ContractVersion | None:
    """The version that holds on a day; before the first day the original. None: no history."""
    versions = contract.versions.all()
    held = versions.filter(effective_from__lte=day).order_by("-effective_from", "-number").first()
    return held or versions.order_by("number").first()
