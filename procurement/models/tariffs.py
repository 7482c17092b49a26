from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.audit import audited
from core.formats import euro, percent
from regions.models import Region
from regions.models.region import DateRange
from segments.enums import unit_name

from .contracts import Contract
from .lots import Lot


@audited()
class Tariff(models.Model):
    """The price of a product per unit during a half-open period.

    Without a contract it holds for every provider of the region (same tariff for the same
    product, seed 001), or for every contract in its lot; with one it is a bespoke agreement that
    takes precedence.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="tariffs")
    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="tariffs", null=True, blank=True
    )
    lot = models.ForeignKey(
        Lot,
        verbose_name="perceel",
        on_delete=models.PROTECT,
        related_name="tariffs",
        null=True,
        blank=True,
        help_text="Laat leeg als het tarief in elk perceel geldt.",
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
                    (Coalesce("lot", 0), RangeOperators.EQUAL),
                    ("product_code", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Dit product heeft in die periode al een tarief.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_code} ({self.unit}): {euro(self.amount)}"

    @property
    def unit_name(self) -> str:
        return unit_name(self.unit)

    @property
    def rise(self) -> str:
        """The change against the tariff before it ('+4,96%'); needs `with_previous`."""
        previous: Decimal | None = getattr(self, "previous", None)
        if not previous:
            return "–"
        share = (self.amount - previous) / previous
        return f"{'+' if share > 0 else ''}{percent(share, 2)}"

    @property
    def scope(self) -> str:
        """For whom it holds, in words."""
        if self.contract_id:
            return "eigen tarief"
        return f"perceel {self.lot.code}" if self.lot else "regio"


@audited()
class CostComponents(models.Model):
    """What a tariff is made of, per unit, as the fair-price decree lists it (Stb. 2024, 69)."""

    tariff = models.OneToOneField(Tariff, on_delete=models.CASCADE, related_name="components")
    staff_direct = models.DecimalField(
        "beroepskrachten, cliëntgebonden", max_digits=12, decimal_places=2
    )
    staff_indirect = models.DecimalField(
        "beroepskrachten, niet cliëntgebonden", max_digits=12, decimal_places=2
    )
    other_direct = models.DecimalField(
        "overige cliëntgebonden kosten", max_digits=12, decimal_places=2
    )
    overhead = models.DecimalField("overhead", max_digits=12, decimal_places=2)
    indexation = models.DecimalField("indexatie", max_digits=12, decimal_places=2)
    source = models.CharField("bron", max_length=200, blank=True)

    PARTS = ("staff_direct", "staff_indirect", "other_direct", "overhead", "indexation")

    class Meta:
        verbose_name = "opbouw van tarief"
        verbose_name_plural = "opbouw van tarieven"
        ordering = ["tariff"]
        constraints = [
            models.CheckConstraint(
                name="procurement_components_not_negative",
                condition=Q(staff_direct__gte=0, staff_indirect__gte=0, other_direct__gte=0)
                & Q(overhead__gte=0, indexation__gte=0),
                violation_error_message="Een bestanddeel van een tarief is niet negatief.",
            )
        ]

    def __str__(self) -> str:
        return f"opbouw van {self.tariff}"

    @property
    def total(self) -> Decimal:
        return sum((getattr(self, name) for name in self.PARTS), Decimal(0))

    @property
    def difference(self) -> Decimal:
        """The tariff minus its components: below zero it does not cover the costs."""
        return self.tariff.amount - self.total
