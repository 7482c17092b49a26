from django.contrib.postgres.fields import ArrayField
from django.db import models

from core import clock
from regions.models import Region

from .figures import FigureSet


class SuppressionResult(models.Model):
    """Which values of sets of figures councils may see when all of them lie side by side.

    Worked out once, when the figures are made, and never changed. What is not in `shown` is
    protected, also what nobody has thought of.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="suppression_results")
    figure_sets = models.ManyToManyField(
        FigureSet, related_name="suppression_results", verbose_name="sets cijfers"
    )
    min_cases = models.PositiveSmallIntegerField("kleinste aantal")
    min_providers = models.PositiveSmallIntegerField("kleinste aantal aanbieders")
    # Of the sets, the thresholds and the rules: the same question has one answer.
    key = models.CharField("kenmerk", max_length=64, unique=True)
    shown = ArrayField(models.BigIntegerField(), verbose_name="getoonde waarden")
    created_at = models.DateTimeField("berekend op", default=clock.now)

    class Meta:
        verbose_name = "afscherming"
        verbose_name_plural = "afschermingen"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_suppression_thresholds",
                condition=models.Q(min_cases__gte=10, min_providers__gte=3),
            )
        ]

    def __str__(self) -> str:
        return f"{self.region}: {len(self.shown)} waarden getoond"
