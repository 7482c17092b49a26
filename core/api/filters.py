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
        filterset = self.get_filterset(request, queryset, view)
        known = set(filterset.filters) if filterset else set()
        known |= set(getattr(view.paginator, "keys", ()))
        if unknown := sorted(set(request.query_params) - known):
            listed = ", ".join(sorted(known)) or "geen"
            raise ValidationError(
                {key[:60]: f"Onbekende zoeksleutel. Mogelijk: {listed}." for key in unknown}
            )
        return super().filter_queryset(request, queryset, view)


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
