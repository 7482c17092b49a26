from django.db import models
from django.db.models import Q

from core.audit import audited

from .keys import AllocationKey
from .projections import ProjectionRun
from .savings import SavingsSeries
from .scenarios import Scenario


@audited()
class SavingsPlan(models.Model):
    """How a savings series is divided and followed: by which key over municipalities, which
    scenario's measures are to bring it about, and beside which projection (made before they began)
    the real cost is laid."""

    series = models.OneToOneField(SavingsSeries, on_delete=models.CASCADE, related_name="plan")
    key = models.ForeignKey(
        AllocationKey, verbose_name="verdeelsleutel", on_delete=models.PROTECT, null=True,
        blank=True, related_name="+", help_text="Leeg: naar eigen gebruik.",
    )  # fmt: skip
    scenario = models.ForeignKey(
        Scenario, verbose_name="scenario met de maatregelen", on_delete=models.PROTECT, null=True,
        blank=True, related_name="+",
    )  # fmt: skip
    counterfactual = models.ForeignKey(
        ProjectionRun, verbose_name="prognose van zonder maatregelen", on_delete=models.PROTECT,
        null=True, blank=True, related_name="+",
        help_text="Gemaakt voordat de maatregelen begonnen; daarnaast komt wat het echt kost.",
    )  # fmt: skip
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "verdeling van een besparing"
        verbose_name_plural = "verdelingen van besparingen"

    def __str__(self) -> str:
        return f"verdeling van {self.series}"


@audited()
class SegmentShare(models.Model):
    """The agreed part of a segment in the saving; parts are proportional, not percents. Without
    any the saving goes by cost."""

    plan = models.ForeignKey(SavingsPlan, on_delete=models.CASCADE, related_name="shares")
    segment = models.CharField("segment", max_length=20)
    share = models.DecimalField("aandeel", max_digits=9, decimal_places=4)

    class Meta:
        verbose_name = "aandeel van een segment"
        verbose_name_plural = "aandelen van segmenten"
        ordering = ["plan", "segment"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "segment"], name="finance_segment_share_once"),
            models.CheckConstraint(
                name="finance_segment_share_not_negative", condition=Q(share__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment}: {self.share}"
