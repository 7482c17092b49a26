from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from core.audit import audited
from regions.models.region import DateRange
from segments.models import SegmentScheme

from ..enums.contracts import PhaseKind


@audited()
class SchemePhase(models.Model):
    """The contract phases that a strategy plans (preparation, 3 years, 5 years, extension)."""

    scheme = models.ForeignKey(SegmentScheme, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("naam", max_length=160)
    kind = models.CharField("soort", max_length=12, choices=PhaseKind, default=PhaseKind.TERM)
    start_date = models.DateField("begindatum")
    end_date = models.DateField("einde (dag na de laatste)")
    aims = models.JSONField("wat deze fase moet bereiken", default=list, blank=True)
    conditional_on = models.CharField("onder voorwaarde van", max_length=300, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "fase van de indeling"
        verbose_name_plural = "fasen van de indeling"
        ordering = ["scheme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "number"], name="procurement_schemephase_number_unique"
            ),
            models.CheckConstraint(
                name="procurement_schemephase_ends_after_start",
                condition=Q(end_date__gt=F("start_date")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
            ExclusionConstraint(
                name="procurement_schemephase_no_overlap",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    (DateRange("start_date", "end_date"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Twee fasen overlappen elkaar.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
