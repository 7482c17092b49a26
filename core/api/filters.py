"""Filters of a list: query keys in camelCase, and no key that means nothing."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Choices, Q, QuerySet
from django.utils.text import slugify
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request


class Filters(django_filters.FilterSet):
    """Base of filters: declare each with its Dutch name in camelCase and its column."""


class StrictFilters(DjangoFilterBackend):
    """A key that the list does not know is refused: a typo would silently give everything."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        filterset = self.get_filterset_class(view, queryset)
        known = set(filterset.base_filters) if filterset else set()
        known |= set(getattr(view.paginator, "keys", ()))
        if unknown := sorted(set(request.query_params) - known):
            listed = ", ".join(sorted(known)) or "geen"
            raise ValidationError(
                {key[:60]: f"Onbekende zoeksleutel. Mogelijk: {listed}." for key in unknown}
            )
        if filterset is None or not _asks_anything(filterset, request):
            return queryset
        return super().filter_queryset(request, queryset, view)


def _asks_anything(filterset: type[Filters], request: Request) -> bool:
    """Building a form costs as much as a query or two; most requests bring nothing for it."""
    filters = filterset.base_filters
    required = any(one.extra.get("required") for one in filters.values())
    return required or not filters.keys().isdisjoint(request.query_params)


def on_day(first: str, end: str) -> Any:
    """A filter method: rows whose half-open period holds the day."""

    def holding(queryset: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        still = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day})
        return queryset.filter(still, **{f"{first}__lte": day})

    return holding


class ChoiceOf(django_filters.ChoiceFilter):
    """One of an enumeration, by the same Dutch name as in the rows (fields.Choice)."""

    def __init__(self, of: type[Choices], **kwargs: Any) -> None:
        self._value_of = {slugify(label): value for value, label in of.choices}
        choices = [(slugify(label), label) for _value, label in of.choices]
        super().__init__(choices=choices, **kwargs)

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return super().filter(queryset, self._value_of.get(value, value))
