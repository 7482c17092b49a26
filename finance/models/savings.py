from decimal import Decimal

from django.db import models

from core.audit import audited
from core.money import euros
from regions.models import Municipality, Region

from ..enums import BudgetStatus, MoneyUnit


@audited()
class SavingsSeries(models.Model):
    """A savings task: a level per year, not increments. Negative amounts make care cheaper."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="savings_series")
    code = models.SlugField("code", max_length=40)
    name = models.CharField("naam", max_length=160)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    segment = models.CharField("segment", max_length=20, blank=True)
    unit = models.CharField("eenheid", max_length=4, choices=MoneyUnit, default=MoneyUnit.MILLIONS)
    circa = models.BooleanField("circa", default=False)
    status = models.CharField(
        "stand", max_length=8, choices=BudgetStatus, default=BudgetStatus.PROPOSED
    )
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "besparingsreeks"
        verbose_name_plural = "besparingsreeksen"
        ordering = ["region", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code"],
                name="finance_savings_code_unique",
                violation_error_message="Deze code is al in gebruik voor een andere reeks.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_decided(self) -> bool:
        return self.status in BudgetStatus.DECIDED


@audited()
class SavingsYear(models.Model):
    """The level of one year, in the unit of the series, exactly as given."""

    series = models.ForeignKey(SavingsSeries, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField("jaar")
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=3)

    class Meta:
        verbose_name = "jaar van een besparingsreeks"
        verbose_name_plural = "jaren van een besparingsreeks"
        ordering = ["series", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year"],
                name="finance_savings_once_a_year",
                violation_error_message="Dit jaar staat al in de reeks.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.amount}"

    @property
    def in_euros(self) -> Decimal:
        return euros(self.amount * MoneyUnit(self.series.unit).factor)
