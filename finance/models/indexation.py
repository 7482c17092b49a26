from decimal import Decimal

from django.db import models
from django.db.models import Q

from core.audit import audited
from regions.models import Region

from ..enums import Certainty


@audited()
class IndexRule(models.Model):
    """The rise of prices on 1 January of a year, as a percentage with two decimals."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="index_rules")
    year = models.PositiveSmallIntegerField("jaar")
    percentage = models.DecimalField("percentage", max_digits=5, decimal_places=2)
    certainty = models.CharField("zekerheid", max_length=10, choices=Certainty)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "indexering"
        verbose_name_plural = "indexeringen"
        ordering = ["region", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year"],
                name="finance_index_once_a_year",
                violation_error_message="Voor dit jaar is al een indexering vastgelegd.",
            ),
            models.CheckConstraint(
                name="finance_index_plausible",
                condition=Q(percentage__gte=-20, percentage__lte=50),
                violation_error_message="Een indexering ligt tussen -20 en 50 procent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percentage}% per 1-1-{self.year}"

    @property
    def factor(self) -> Decimal:
        return 1 + self.percentage / 100

    @property
    def basis_points(self) -> int:
        return int(self.percentage * 100)
