"""Gathers the contract as it reads on a day, as words."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model

from core import clock
from core.formats import date_long, euro, number, percent
from core.states.api import steps_of

from ..domain.heads import HEAD_FIELDS, HEAD_LISTS, Head, head_of, version_on
from ..domain.parts import HEAD, PARTS, PartKind
from ..domain.reading import Fact, Item, Reading
from ..enums.contracts import ContractStatus
from ..models import Contract, Tariff
from ..states import CONTRACT
from .contracts import products_on
from .tariffs import tariffs_of

MONEY = ("amount",)
# Half-open ends are shown with the last day.
ENDS = ("end_date",)
ENDED = "afgelopen"


def reading_of(contract: Contract, day: date) -> Reading:
    version = version_on(contract, day)
    head: Head = version.head if version else head_of(contract)
    return Reading(
        day=day,
        state=state_on(contract, day, head),
        version=version.number if version else None,
        version_note=f"{version.get_kind_display()}: {version.summary}" if version else "",
        head=tuple(_head_facts(head)),
        items=tuple(_items(contract, day)),
    )


def state_on(contract: Contract, day: date, head: Head) -> str:
    """The state on a day, from the steps that were taken; the term says whether it had begun."""
    status = contract.status
    steps = list(steps_of(contract, CONTRACT))
    if steps:
        taken = [s for s in steps if s.at.astimezone(clock.AMSTERDAM).date() <= day]
        status = taken[-1].target if taken else steps[0].source
    end = head["end_date"]
    over = end is not None and date.fromisoformat(end) <= day
    if status in ContractStatus.LIVE:
        if over:
            return ENDED
        if date.fromisoformat(head["start_date"]) > day:
            return f"{ContractStatus(status).label}, nog niet begonnen"
    return str(ContractStatus(status).label)


def _head_facts(head: Head) -> Iterable[Fact]:
    for name in HEAD_FIELDS:
        yield Fact(label_of(Contract, name), _shown(Contract, name, head.get(name)))
    for name in HEAD_LISTS:
        yield Fact(label_of(Contract, name), ", ".join(head.get(name) or []) or "–")


def _items(contract: Contract, day: date) -> Iterable[Item]:
    for kind in PARTS.values():
        if kind.model is Tariff:
            yield from _prices(contract, day)
        else:
            for row in kind.rows_on(contract, day):
                yield Item(kind.code, kind.key(row), kind.title(row), tuple(facts_of(kind, row)))


def _prices(contract: Contract, day: date) -> Iterable[Item]:
    """The tariffs that hold for the products of the contract, and its own ones."""
    kind = PARTS["tarief"]
    covered = {row.product.code for row in products_on(contract, day)}
    for tariff in tariffs_of(contract, day).values():
        if tariff.contract_id or tariff.product_code in covered:
            facts = (Fact("tarief", euro(tariff.amount)), Fact("soort", tariff.scope))
            yield Item(kind.code, kind.key(tariff), kind.title(tariff), facts)


def facts_of(kind: PartKind, row: Any) -> Iterable[Fact]:
    """What a row says, in words."""
    for name in kind.fields:
        yield Fact(label_of(kind.model, name), shown(row, name))


def label_of(model: type[Model], name: str) -> str:
    label = str(getattr(model._meta.get_field(name), "verbose_name", name))
    return label.replace("einde (dag na de laatste)", "laatste dag")


def shown_plain(model: type[Model], name: str, value: Any) -> str:
    """A value of a revision: relations are kept by key there."""
    field: Any = model._meta.get_field(name)
    if value in (None, "", []):
        return "–"
    if field.is_relation:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(
            str(row) for row in field.related_model._default_manager.filter(pk__in=keys)
        )
    return _shown(model, name, value)


def shown(row: Any, name: str) -> str:
    field = row._meta.get_field(name)
    value = getattr(row, name)
    return str(value or "–") if field.is_relation else _shown(type(row), name, value)


def _shown(model: type[Model], name: str, value: Any) -> str:
    """A value as it reads; also one that was stored as plain JSON."""
    field: Any = model._meta.get_field(name)
    if value in (None, "", []):
        return "–"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return "; ".join(str(line) for line in value)
    return _plainly(name, field.to_python(value))


def _plainly(name: str, value: Any) -> str:
    match value:
        case bool():
            return "ja" if value else "nee"
        case date():
            return date_long(value - timedelta(days=1) if name in ENDS else value)
        case Decimal() if name == "signal_share":
            return percent(value, 0)
        case Decimal() if name in MONEY:
            return euro(value)
        case Decimal():
            return number(value, 0 if value == value.to_integral_value() else 2)
        case _:
            return str(value)


def told_of(change: Any) -> list[tuple[str, str, str]]:
    """The facts that a change in a revision changes: label, before, after."""
    model = Contract if change.part == HEAD else PARTS[change.part].model
    names = change.values or change.before
    told = [
        (
            label_of(model, name),
            shown_plain(model, name, change.before.get(name)) if name in change.before else "",
            shown_plain(model, name, change.values.get(name)) if name in change.values else "",
        )
        for name in names
    ]
    return [row for row in told if row[1] != row[2]]
