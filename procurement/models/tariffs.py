from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.audit import audited
from regions.models import Region
from regions.models.region import DateRange
from segments.enums import unit_name

from .contracts import Contract


@audited()
class Tariff(models.Model):
    """The price of a product per unit during a half-open period.

    Without a contract it holds for every provider of the region (same tariff for the same
    product, seed 001); with one it is a bespoke agreement that takes precedence.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="tariffs")
    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="tariffs", null=True, blank=True
    )
    product_code = models.CharField("productcode", max_length=5)
    unit = models.CharField("eenheid (WJ756)", max_length=2)
    valid_from = models.DateField("vanaf")
    valid_to = models.DateField("tot", null=True, blank=True)
    amount = models.DecimalField("tarief", max_digits=12, decimal_places=2)
    intake_run = models.PositiveIntegerField("aanleveringsnummer", null=True, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "tarief"
        verbose_name_plural = "tarieven"
        ordering = ["region", "product_code", "unit", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="procurement_tariff_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Het einde van het tarief ligt niet na het begin.",
            ),
            models.CheckConstraint(
                name="procurement_tariff_positive",
                condition=Q(amount__gte=0),
                violation_error_message="Een tarief is niet negatief.",
            ),
            ExclusionConstraint(
                name="procurement_tariff_no_overlap",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    (Coalesce("contract", 0), RangeOperators.EQUAL),
                    ("product_code", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Dit product heeft in die periode al een tarief.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_code} ({self.unit}): {self.amount}"

    @property
    def unit_name(self) -> str:
        return unit_name(self.unit)
