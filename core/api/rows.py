"""Rows of a resource, read as plain values.

A resource declares its fields once, as a serializer: from that come the description and one
query for the rows, plus one per relation. No model instance is made, so the number of queries
does not depend on the number of rows, and nothing is sent that is not declared.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from rest_framework import serializers


@dataclass(frozen=True)
class Relation:
    """Rows of another table that belong to a row: `by` is the column with the row's key."""

    model: type[Model]
    by: str
    order: tuple[str, ...]
    column: str = ""


@dataclass
class Plan:
    """How rows of one kind are read: columns, and what becomes of each."""

    columns: list[str] = field(default_factory=list)
    # Name, place of its column.
    simple: list[tuple[str, int]] = field(default_factory=list)
    # Name, place of its column, what makes it plain.
    converted: list[tuple[str, int, Callable[[Any], Any]]] = field(default_factory=list)
    # Name, places of its columns, what makes it.
    made: list[tuple[str, tuple[int, ...], Callable[..., Any]]] = field(default_factory=list)
    related: list[tuple[str, Relation, Any]] = field(default_factory=list)

    def place(self, column: str) -> int:
        if column not in self.columns:
            self.columns.append(column)
        return self.columns.index(column)


class Rows(serializers.Serializer[Any]):
    """Declares the fields of a resource. `Meta.ref_name` is its name in the description."""

    @classmethod
    def read(cls, queryset: QuerySet[Any]) -> list[dict[str, Any]]:
        """The rows of a queryset, in its order."""
        return read(cls, queryset)


def many(inner: type[Rows], *, model: type[Model], by: str, order: Iterable[str] = ("pk",)) -> Any:
    """A list of rows of another table, read for all rows at once."""
    nested = inner(many=True)
    nested.relation = Relation(model, by, tuple(order))
    return nested


def values_of(
    outer: serializers.Field[Any, Any, Any, Any],
    *,
    model: type[Model],
    by: str,
    column: str,
    order: Iterable[str] = ("pk",),
) -> Any:
    """A list of one column of another table: the codes of a contract's segments."""
    outer.relation = Relation(model, by, tuple(order), column)  # type: ignore[attr-defined]
    return outer


def read(shape: type[Rows], queryset: QuerySet[Any]) -> list[dict[str, Any]]:
    plan = plan_of(shape)
    found = list(queryset.values_list(*plan.columns))
    rows = [_row(plan, values) for values in found]
    if plan.related and rows:
        by_key = {values[0]: row for values, row in zip(found, rows, strict=True)}
        for name, relation, inner in plan.related:
            _attach(by_key, name, relation, inner)
    return rows


def _row(plan: Plan, values: tuple[Any, ...]) -> dict[str, Any]:
    row = {name: values[place] for name, place in plan.simple}
    for name, place, plain in plan.converted:
        value = values[place]
        row[name] = None if value is None else plain(value)
    for name, places, make in plan.made:
        row[name] = make(*[values[place] for place in places])
    return row


def _attach(by_key: dict[Any, dict[str, Any]], name: str, relation: Relation, inner: Any) -> None:
    for row in by_key.values():
        row[name] = []
    found = relation.model._base_manager.filter(**{f"{relation.by}__in": list(by_key)})
    ordered = found.order_by(*relation.order)
    if relation.column:
        for key, value in ordered.values_list(relation.by, relation.column):
            by_key[key][name].append(value)
        return
    plan = plan_of(inner)
    for key, *values in ordered.values_list(relation.by, *plan.columns):
        by_key[key][name].append(_row(plan, tuple(values)))


@cache
def plan_of(shape: type[Rows]) -> Plan:
    plan = Plan(columns=["pk"])
    for name, declared in shape._declared_fields.items():
        _plan_field(plan, name, declared)
    return plan


def _plan_field(plan: Plan, name: str, declared: Any) -> None:
    if relation := getattr(declared, "relation", None):
        inner = getattr(declared, "child", None)
        plan.related.append((name, relation, type(inner) if isinstance(inner, Rows) else None))
    elif made_of := getattr(declared, "made_of", None):
        columns, make = made_of
        plan.made.append((name, tuple(plan.place(c) for c in columns), make))
    else:
        place = plan.place(declared.source or name)
        plain = getattr(declared, "plain", None)
        if plain is None:
            plan.simple.append((name, place))
        else:
            plan.converted.append((name, place, plain))
