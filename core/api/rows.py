"""Rows of a resource, read as plain values.

A resource declares its fields once, as a serializer: from that come the description and one
query for the rows, plus one per relation. No model instance is made, so the number of queries
does not depend on the number of rows, and nothing is sent that is not declared.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from rest_framework import serializers

ONE_KEY = "IN (%s)"


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
    nested: Any = inner(many=True)
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
    rows = _rows(plan, found)
    if plan.related and rows:
        by_key = {values[0]: row for values, row in zip(found, rows, strict=True)}
        found_of = _related(plan, list(by_key))
        for (name, _, inner), related in zip(plan.related, found_of, strict=True):
            _attach(by_key, name, inner, related)
    return rows


def _rows(plan: Plan, found: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """One loop for all rows: this is where a list of fifty contracts spends its time."""
    simple, converted, made = plan.simple, plan.converted, plan.made
    rows = []
    for values in found:
        row = {name: values[place] for name, place in simple}
        for name, place, plain in converted:
            value = values[place]
            row[name] = None if value is None else plain(value)
        for name, places, make in made:
            row[name] = make(*[values[place] for place in places])
        rows.append(row)
    return rows


def _attach(
    by_key: dict[Any, dict[str, Any]], name: str, inner: Any, found: list[tuple[Any, ...]]
) -> None:
    lists: dict[Any, list[Any]] = {key: [] for key in by_key}
    if inner is None:
        for key, value in found:
            lists[key].append(value)
    else:
        for values, row in zip(found, _rows(plan_of(inner), [v[1:] for v in found]), strict=True):
            lists[values[0]].append(row)
    for key, row in by_key.items():
        row[name] = lists[key]


def _related(plan: Plan, keys: list[Any]) -> list[list[tuple[Any, ...]]]:
    """The rows of every relation, each with the key of its owner first; one trip for all."""
    statements = [_related_sql(relation, inner) for _, relation, inner in plan.related]
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(statements), [keys] * len(statements))
        cursor.set_result(0)  # the wrapper of the audit trail has walked on to the last
        return [cursor.fetchall() for _ in cursor.results()]


@cache
def _related_sql(relation: Relation, inner: Any) -> str:
    """The statement of a relation, put together by the ORM once: it differs in its keys only."""
    columns = [relation.by, *(plan_of(inner).columns if inner else [relation.column])]
    owners = relation.model._base_manager.filter(**{f"{relation.by}__in": [0]})
    queryset = owners.order_by(*relation.order).values_list(*columns)
    compiler = queryset.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    if tuple(params) != (0,) or sql.count(ONE_KEY) != 1 or converters:
        raise TypeError(f"a relation of plain columns, please: {relation}")
    return str(sql).replace(ONE_KEY, "= ANY(%s)")


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
