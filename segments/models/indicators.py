from django.db import models

from core.audit import audited
from regions.models import Region


@audited()
class IndicatorDefinition(models.Model):
    """An indicator as a region uses it: one that the system computes, or one delivered.

    A computed indicator names its code in the registry of `monitoring`; its definition is there.
    A changed definition is a new version beside the old; a closed period keeps its own.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField("code", max_length=60)
    version = models.PositiveSmallIntegerField("versie", default=1)
    name = models.CharField("naam", max_length=160)
    is_computed = models.BooleanField("berekend uit berichten", default=True)
    definition = models.TextField("definitie", blank=True)
    unit = models.CharField("eenheid", max_length=40, blank=True)
    # +1 higher is better, -1 lower is better, 0 neither.
    polarity = models.SmallIntegerField("gunstige richting", default=0)
    source = models.CharField("bron", max_length=200, blank=True)
    guarded_by = models.ForeignKey(
        "self",
        verbose_name="bewaakt door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="guards",
    )

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["region", "code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code", "version"], name="segments_indicator_version_unique"
            ),
            models.CheckConstraint(
                name="segments_indicator_polarity",
                condition=models.Q(polarity__in=(-1, 0, 1)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_share(self) -> bool:
        """Whether its values lie between 0 and 1, and people write them as percentages."""
        return self.unit in ("aandeel", "%")
