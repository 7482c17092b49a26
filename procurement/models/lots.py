from django.db import models

from core.audit import audited
from regions.models import Region

from ..enums.contracts import LotKind


@audited()
class Lot(models.Model):
    """A lot (perceel) in which a region buys; a forensic or crisis lot may have its own tariff."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="lots")
    code = models.CharField("code", max_length=20)
    name = models.CharField("naam", max_length=160)
    kind = models.CharField("soort", max_length=12, choices=LotKind, default=LotKind.REGULAR)
    description = models.TextField("omschrijving", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "perceel"
        verbose_name_plural = "percelen"
        ordering = ["region", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code"],
                name="procurement_lot_code_unique",
                violation_error_message="Deze regio heeft al een perceel met deze code.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
