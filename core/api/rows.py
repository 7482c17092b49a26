"""Rows of a resource, read as plain values.

A resource declares its fields once, as a serializer: from that come the description and one
statement for a page of rows. Relations come in the same statement, written as JSON by the database
(`Written`). No model instance is made, so the number of queries does not depend on the number of
rows, and nothing is sent that is not declared.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, Expression, F, Model, QuerySet, TextField, Window
from rest_framework import serializers

from .renderers import Written

TOTAL = "rows_on_all_pages"


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
    related: list[tuple[str, "AsJson"]] = field(default_factory=list)

    def place(self, column: str) -> int:
        if column not in self.columns:
            self.columns.append(column)
        return self.columns.index(column)


class Found(list[dict[str, Any]]):
    """Rows; `total` is how many there are on all pages, when the queryset was `counted`."""

    total: int | None = None


class Rows(serializers.Serializer[Any]):
    """Declares the fields of a resource. `Meta.ref_name` is its name in the description."""

    @classmethod
    def read(cls, queryset: QuerySet[Any]) -> list[dict[str, Any]]:
        """The rows of a queryset, in its order."""
        return read(cls, queryset)


def many(inner: type[Rows], *, model: type[Model], by: str, order: Iterable[str] = ("pk",)) -> Any:
    """A list of rows of another table, read with the row itself."""
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


def counted(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset, of which a page will also tell how many rows there are."""
    return queryset.annotate(**{TOTAL: Window(Count("*"))})


def read(shape: type[Rows], queryset: QuerySet[Any]) -> Found:
    plan = plan_of(shape)
    lists = [expression for _, expression in plan.related]
    total = [TOTAL] if TOTAL in queryset.query.annotations else []
    values = list(queryset.values_list(*plan.columns, *lists, *total))
    rows = _rows(plan, values)
    if total and values:
        rows.total = values[0][-1]
    return rows


def _rows(plan: Plan, found: Iterable[tuple[Any, ...]]) -> Found:
    """One loop for all rows: this is where a list spends its time in Python."""
    simple, converted, made = plan.simple, plan.converted, plan.made
    related = [(name, len(plan.columns) + n) for n, (name, _) in enumerate(plan.related)]
    rows = Found()
    for values in found:
        row = {name: values[place] for name, place in simple}
        for name, place, plain in converted:
            value = values[place]
            row[name] = None if value is None else plain(value)
        for name, places, make in made:
            row[name] = make(*[values[place] for place in places])
        for name, place in related:
            row[name] = Written(values[place])
        rows.append(row)
    return rows


class Owner(Expression):
    """The key of the row to which related rows belong; filled in by `AsJson`."""

    conditional = False
    TEXT = "{owner}"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return self.TEXT, ()


class AsJson(Expression):
    """The related rows of a row, as the text of a JSON list.

    The statement is put together by the ORM once; it differs in the key of the owner only.
    """

    def __init__(self, relation: Relation, inner: type[Rows] | None) -> None:
        super().__init__(output_field=TextField())
        self.relation, self.inner = relation, inner
        self.owner: Any = F("pk")

    def get_source_expressions(self) -> list[Any]:
        return [self.owner]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.owner,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        owner, _ = compiler.compile(self.owner)
        sql, params = _list_sql(self.relation, self.inner)
        return sql.replace(Owner.TEXT, owner), params


@cache
def _list_sql(relation: Relation, inner: type[Rows] | None) -> tuple[str, tuple[Any, ...]]:
    shown = _written(inner) if inner else {"v": F(relation.column)}
    rows = relation.model._base_manager.filter(**{relation.by: Owner()})
    sql, params = (
        rows.order_by(*relation.order).values_list(*shown.values()).query.sql_with_params()
    )
    names = ", ".join(connection.ops.quote_name(name) for name in shown)
    item = "r" if inner else "r.v"
    listed = f"(SELECT coalesce(json_agg({item}), '[]')::text FROM ({sql}) r({names}))"  # noqa: S608 -- the ORM's SQL, and names of fields
    return listed, params


def _written(inner: type[Rows]) -> dict[str, Any]:
    """How the database writes each field, by its name."""
    declared = inner._declared_fields.items()
    return {name: field.in_sql(F(field.source or name)) for name, field in declared}  # type: ignore[attr-defined]


@cache
def plan_of(shape: type[Rows]) -> Plan:
    plan = Plan(columns=["pk"])
    for name, declared in shape._declared_fields.items():
        _plan_field(plan, name, declared)
    return plan


def _plan_field(plan: Plan, name: str, declared: Any) -> None:
    if relation := getattr(declared, "relation", None):
        inner = getattr(declared, "child", None)
        shape = type(inner) if isinstance(inner, Rows) else None
        plan.related.append((name, AsJson(relation, shape)))
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
