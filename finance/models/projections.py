from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.jobs.api import Job
from regions.models import Region
from segments.models import SegmentScheme

from ..domain.projection_inputs import ProjectionInputs
from ..domain.projection_result import Projection
from .savings import SavingsSeries

RESULT_EMPTY = Q(result__isnull=True, result_checksum="", finished_at__isnull=True)
RESULT_THERE = Q(result__isnull=False, finished_at__isnull=False) & ~Q(result_checksum="")


class ProjectionRun(models.Model):
    """A projection with everything it was made from; it never changes once it is there.

    `as_of` is the last day of the last month known in full, `cutoff_run` the last intake run seen.
    `registers_on` is the day whose tariffs, contracts, indices and measures count; empty means as
    they stood when it was made.
    The inputs are gathered and stored by the job; the same inputs give the same result again.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="projections")
    scheme = models.ForeignKey(
        SegmentScheme, verbose_name="indeling", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("naam", max_length=160)
    as_of = models.DateField("bekend tot en met")
    until = models.DateField("tot (dag na de laatste)")
    cutoff_run = models.PositiveIntegerField("tot en met aanlevering", null=True, blank=True)
    registers_on = models.DateField("registers zoals bekend op", null=True, blank=True)
    savings = models.ForeignKey(
        SavingsSeries,
        verbose_name="besparingsreeks",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    seed = models.PositiveIntegerField("startgetal")
    paths = models.PositiveIntegerField("aantal doorrekeningen", default=10_000)
    note = models.TextField("toelichting", blank=True)
    created_at = models.DateTimeField("aangevraagd op", default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="aangevraagd door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    job = models.ForeignKey(
        Job, verbose_name="taak", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    code_version = models.CharField("versie van de berekening", max_length=40)
    inputs = models.JSONField("invoer", null=True, blank=True)
    inputs_checksum = models.CharField("controlegetal invoer", max_length=64, blank=True)
    result = models.JSONField("uitkomst", null=True, blank=True)
    result_checksum = models.CharField("controlegetal uitkomst", max_length=64, blank=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    class Meta:
        verbose_name = "prognose"
        verbose_name_plural = "prognoses"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="finance_projection_ends_after_as_of",
                condition=Q(until__gt=models.F("as_of")),
                violation_error_message="De prognose loopt tot na de laatste bekende maand.",
            ),
            models.CheckConstraint(
                name="finance_projection_result_whole_or_not",
                condition=RESULT_EMPTY | RESULT_THERE,
            ),
            models.CheckConstraint(
                name="finance_projection_result_has_inputs",
                condition=Q(result__isnull=True) | Q(inputs__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["region", "-created_at"], name="finance_projection_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.finished_at is not None

    @cached_property
    def projection(self) -> Projection | None:
        """The stored result."""
        return Projection.from_json(self.result) if self.result is not None else None

    @cached_property
    def stored_inputs(self) -> ProjectionInputs | None:
        return ProjectionInputs.from_json(self.inputs) if self.inputs is not None else None
