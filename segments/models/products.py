from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from core.audit import audited
from regions.models import Region
from regions.models.region import DateRange

from ..enums import Direction
from .schemes import Segment, SegmentScheme


@audited()
class Product(models.Model):
    """A product code of a region, its own or the national one (JZ21)."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="products")
    code = models.CharField("productcode", max_length=5)
    category = models.CharField("productcategorie (JZ020)", max_length=2)
    name = models.CharField("naam", max_length=200, blank=True)
    standard_code = models.CharField("landelijke code", max_length=5, blank=True)
    care_form = models.CharField("hulpvorm (CBS)", max_length=2, blank=True)
    unit = models.CharField("eenheid (WJ756)", max_length=2, blank=True)
    normal_duration_days = models.PositiveSmallIntegerField(
        "normale duur (dagen)", null=True, blank=True
    )

    class Meta:
        verbose_name = "product"
        verbose_name_plural = "producten"
        ordering = ["region", "code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="segments_product_code_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


@audited()
class ProductPlacement(models.Model):
    """Where a product stands in a scheme, during a half-open period: segment, stay, direction.

    A report asks the placements that hold on the last day of its half-year, whatever the period
    it shows. The product may be an older code that is no longer bought.
    """

    scheme = models.ForeignKey(SegmentScheme, on_delete=models.CASCADE, related_name="placements")
    product_code = models.CharField("productcode", max_length=5)
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="placements")
    is_stay = models.BooleanField("verblijf", default=False)
    direction = models.CharField("gerichtheid", max_length=14, choices=Direction, blank=True)
    valid_from = models.DateField("vanaf")
    valid_to = models.DateField("tot", null=True, blank=True)

    class Meta:
        verbose_name = "plaats van product"
        verbose_name_plural = "plaatsen van producten"
        ordering = ["scheme", "product_code", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="segments_placement_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
            ExclusionConstraint(
                name="segments_placement_no_overlap",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    ("product_code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Dit product heeft in die periode al een plaats.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_code} in {self.segment.code}"


@audited()
class CareCategory(models.Model):
    """Direction x stay, with the shares of budget and clients that the document states."""

    scheme = models.ForeignKey(SegmentScheme, on_delete=models.CASCADE, related_name="categories")
    direction = models.CharField("gerichtheid", max_length=14, choices=Direction)
    is_stay = models.BooleanField("verblijf")
    name = models.CharField("naam", max_length=120)
    description = models.TextField("omschrijving", blank=True)
    budget_share = models.DecimalField(
        "aandeel budget", max_digits=5, decimal_places=4, null=True, blank=True
    )
    client_share = models.DecimalField(
        "aandeel cliënten", max_digits=5, decimal_places=4, null=True, blank=True
    )
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "categorie"
        verbose_name_plural = "categorieën"
        ordering = ["scheme", "direction", "is_stay"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "direction", "is_stay"], name="segments_category_once"
            ),
            models.CheckConstraint(
                name="segments_category_shares_between_0_and_1",
                condition=(Q(budget_share__isnull=True) | Q(budget_share__range=(0, 1)))
                & (Q(client_share__isnull=True) | Q(client_share__range=(0, 1))),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The code of the cell: 'herstel-verblijf'."""
        return f"{self.direction}-{'verblijf' if self.is_stay else 'ambulant'}"
