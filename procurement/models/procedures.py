"""Procedures with their tracks, steps and planning."""

from django.db import models
from django.db.models import F, Q

from core.audit import audited
from regions.models import Region
from segments.models import Segment

from ..enums.choices import (
    PROCEDURE,
    NoticeKind,
    Openness,
    ProcedureKind,
    ProcedureState,
    StepKind,
)


@audited()
class Procedure(models.Model):
    """A revision, tender or open house for some segments. `round` counts revisions."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="procedures")
    name = models.CharField("naam", max_length=200)
    kind = models.CharField("soort", max_length=12, choices=ProcedureKind)
    segments = models.ManyToManyField(Segment, verbose_name="segmenten", blank=True)
    state = models.CharField(
        "stand", max_length=12, choices=ProcedureState, default=PROCEDURE.initial
    )
    openness = models.CharField(
        "openstelling", max_length=8, choices=Openness, default=Openness.NOT
    )
    round = models.PositiveSmallIntegerField("ronde", default=1)
    value = models.DecimalField(
        "geraamde waarde", max_digits=14, decimal_places=2, null=True, blank=True
    )
    replaces = models.ForeignKey(
        "self",
        verbose_name="komt in plaats van",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    contracts_from = models.DateField("contracten vanaf", null=True, blank=True)
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "procedure"
        verbose_name_plural = "procedures"
        ordering = ["region", "name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="procurement_procedure_unique"),
            models.CheckConstraint(
                name="procurement_procedure_openness_of_open_house",
                condition=Q(openness="none") | Q(kind="open_house"),
                violation_error_message="Alleen een open huis kent een openstelling.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class PlanStep(models.Model):
    """A phase, milestone or obligatory notice. The first planning stays beside the present one.

    Days are inclusive; `end_on` of a milestone is its day.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="steps")
    track = models.CharField("spoor", max_length=120, blank=True)
    name = models.CharField("stap", max_length=200)
    kind = models.CharField("soort", max_length=10, choices=StepKind, default=StepKind.PHASE)
    notice = models.CharField(
        "welke aankondiging", max_length=10, choices=NoticeKind, blank=True, default=""
    )
    first_end = models.DateField("eerst gepland tot en met", null=True, blank=True)
    start_on = models.DateField("begin", null=True, blank=True)
    end_on = models.DateField("gepland tot en met", null=True, blank=True)
    done_on = models.DateField("klaar op", null=True, blank=True)
    after = models.ManyToManyField(
        "self", verbose_name="kan pas na", symmetrical=False, blank=True, related_name="before"
    )
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "stap in de planning"
        verbose_name_plural = "stappen in de planning"
        ordering = ["procedure", "track", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "track", "name"], name="procurement_step_unique"
            ),
            models.CheckConstraint(
                name="procurement_step_ends_after_start",
                condition=Q(end_on__isnull=True)
                | Q(start_on__isnull=True)
                | Q(end_on__gte=F("start_on")),
                violation_error_message="De stap eindigt voordat hij begint.",
            ),
            models.CheckConstraint(
                name="procurement_step_notice_of_a_notice",
                condition=Q(notice="") | Q(kind=StepKind.NOTICE),
                violation_error_message=(
                    "Alleen een verplichte aankondiging zegt welke aankondiging het is."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def slippage(self) -> int | None:
        """Days that the present planning, or what happened, is later than the first planning."""
        end = self.done_on or self.end_on
        return (end - self.first_end).days if end and self.first_end else None
