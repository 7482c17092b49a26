"""Fields of a row: how a value of the database is written, and how the description names it.

`plain` turns a value that is not None into what JSON holds; `in_sql` lets the database write the
same, for rows inside a row. `source` is the column, as Django writes it (`provider__name`).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Case, Choices, DateField, F, FloatField, Func, TextField, Value, When
from django.utils.text import slugify
from rest_framework import serializers

ONE_DAY = timedelta(days=1)
IF_FINITE = "CASE WHEN %(expressions)s - %(expressions)s = 0 THEN %(expressions)s END"
IN_UTC = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
AField = TypeVar("AField", bound=serializers.Field)


class AsItIs:
    """A field that the database writes as we do."""

    @staticmethod
    def in_sql(column: F) -> Any:
        return column


class Text(AsItIs, serializers.CharField):
    pass


class Whole(AsItIs, serializers.IntegerField):
    pass


class Real(serializers.FloatField):
    """A figure that is no money; not-a-number and infinity are no figures."""

    @staticmethod
    def plain(value: float) -> float | None:
        return value if value - value == 0 else None

    @staticmethod
    def in_sql(column: F) -> Any:
        return Func(column, template=IF_FINITE, output_field=FloatField())


class YesNo(AsItIs, serializers.BooleanField):
    pass


class Number(serializers.DecimalField):
    """An exact number, written as text so that no reader rounds it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": None, "decimal_places": None, **kwargs})

    @staticmethod
    def plain(value: Decimal) -> str:
        return f"{value.normalize():f}" if value else "0"

    @staticmethod
    def in_sql(column: F) -> Any:
        return Func(column, template="trim_scale(%(expressions)s)::text", output_field=TextField())


class Euros(serializers.DecimalField):
    """Euros with two decimals, as text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 16, "decimal_places": 2, **kwargs})

    @staticmethod
    def plain(value: Decimal) -> str:
        return f"{value:.2f}"

    @staticmethod
    def in_sql(column: F) -> Any:
        return Func(column, template="round(%(expressions)s, 2)::text", output_field=TextField())


class Day(AsItIs, serializers.DateField):
    plain = staticmethod(date.isoformat)


class LastDay(serializers.DateField):
    """The end of a half-open period, written and read as its last day."""

    def to_internal_value(self, value: Any) -> Any:
        return super().to_internal_value(value) + ONE_DAY

    @staticmethod
    def plain(value: date) -> str:
        return (value - ONE_DAY).isoformat()

    @staticmethod
    def in_sql(column: F) -> Any:
        return Func(column, template="(%(expressions)s - 1)", output_field=DateField())


class Moment(serializers.DateTimeField):
    """A moment in UTC."""

    @staticmethod
    def plain(value: datetime) -> str:
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    @staticmethod
    def in_sql(column: F) -> Any:
        return Func(column, template=IN_UTC, output_field=TextField())


class Texts(AsItIs, serializers.ListField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"child": serializers.CharField(), **kwargs})


class Choice(serializers.ChoiceField):
    """A choice by its Dutch name: 'in de wachtrij' is written `in-de-wachtrij`."""

    def __init__(self, of: type[Choices], **kwargs: Any) -> None:
        self.value_of = {slugify(label): value for value, label in of.choices}
        self.slug_of = {value: slug for slug, value in self.value_of.items()}
        super().__init__(list(self.value_of), **kwargs)

    def plain(self, value: Any) -> str | None:
        return self.slug_of.get(value)

    def in_sql(self, column: Any) -> Any:
        whens = [When(**{column.name: v}, then=Value(slug)) for v, slug in self.slug_of.items()]
        return Case(*whens, output_field=TextField())

    def to_internal_value(self, data: Any) -> Any:
        return self.value_of[super().to_internal_value(data)]


def made(field: AField, *columns: str, by: Callable[..., Any]) -> AField:
    """A field computed from columns of its row: `by` gets their values."""
    field.made_of = (columns, by)  # type: ignore[attr-defined]
    return field
