"""Parts of a contract that hold during a period, so that it can be read as on any day."""

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, QuerySet

from regions.models.region import DateRange


class Dated(models.Model):
    """What holds from `valid_from` until `valid_to` (half-open).

    An empty `valid_from` means: since the contract was made. A row is not overwritten when an
    agreement changes: it ends, and another begins (docs/adr/0006).
    """

    valid_from = models.DateField("geldt vanaf", null=True, blank=True)
    valid_to = models.DateField("geldt tot", null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True)
        | Q(valid_from__isnull=True)
        | Q(valid_to__gt=F("valid_from")),
        violation_error_message="Het einde ligt niet na het begin.",
    )


def once_at_a_time(name: str, *keys: str, message: str) -> ExclusionConstraint:
    """No two rows with the same keys hold on one day."""
    held = (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS)
    return ExclusionConstraint(
        name=name,
        expressions=[*((key, RangeOperators.EQUAL) for key in keys), held],
        violation_error_message=message,
    )


def holding_on(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """The rows that hold on a day."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return rows.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gt=day))
