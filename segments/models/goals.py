from django.db import models
from django.db.models import Q

from core.audit import audited

from ..enums import TargetDirection, TargetKind
from .indicators import IndicatorDefinition
from .schemes import Segment


@audited()
class SegmentGoal(models.Model):
    """A numbered goal of a segment; a sub-goal points at its goal."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="goals")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="sub_goals", null=True, blank=True
    )
    number = models.CharField("nummer", max_length=10)
    text = models.TextField("doel")
    # 'Geen cijfer, want ...': why no indicator follows this goal.
    no_figure_reason = models.TextField("geen cijfer, want", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        ordering = ["segment", "order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "number"], name="segments_goal_number_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


@audited()
class DevelopmentTask(models.Model):
    """What the region wants to change in a segment in the coming years (ontwikkelopgave)."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="development_tasks")
    text = models.TextField("opgave")
    period = models.CharField("periode", max_length=40, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "ontwikkelopgave"
        verbose_name_plural = "ontwikkelopgaven"
        ordering = ["segment", "order", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


@audited()
class GoalIndicator(models.Model):
    """An indicator by which a goal is followed, and for what reason."""

    goal = models.ForeignKey(SegmentGoal, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(
        IndicatorDefinition, on_delete=models.PROTECT, related_name="goal_links"
    )
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    reason = models.TextField("waarom deze", blank=True)

    class Meta:
        verbose_name = "indicator bij doel"
        verbose_name_plural = "indicatoren bij doel"
        ordering = ["goal", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "indicator"], name="segments_goalindicator_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} bij {self.goal}"


@audited()
class Target(models.Model):
    """What a region wants an indicator to become: a number, a direction, or still to be set.

    Without a segment and category it holds for the region as a whole.
    """

    indicator = models.ForeignKey(
        IndicatorDefinition, on_delete=models.PROTECT, related_name="targets"
    )
    scheme = models.ForeignKey(
        "segments.SegmentScheme", on_delete=models.CASCADE, related_name="targets"
    )
    segment = models.ForeignKey(
        Segment, on_delete=models.CASCADE, related_name="targets", null=True, blank=True
    )
    category = models.CharField("categorie", max_length=40, blank=True)
    kind = models.CharField("soort", max_length=10, choices=TargetKind)
    value = models.DecimalField("waarde", max_digits=16, decimal_places=4, null=True, blank=True)
    # A relative target (-0.30 = 30 % less than in the base year) instead of a level.
    is_relative = models.BooleanField("ten opzichte van basisjaar", default=False)
    direction = models.CharField("richting", max_length=6, choices=TargetDirection, blank=True)
    base_year = models.PositiveSmallIntegerField("basisjaar", null=True, blank=True)
    target_year = models.PositiveSmallIntegerField("doeljaar", null=True, blank=True)
    circa = models.BooleanField("circa", default=False)
    is_assumption = models.BooleanField("aanname", default=False)
    text = models.CharField("in woorden", max_length=300, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "streefwaarde"
        verbose_name_plural = "streefwaarden"
        ordering = ["scheme", "segment", "indicator", "target_year"]
        constraints = [
            models.CheckConstraint(
                name="segments_target_fits_its_kind",
                condition=Q(kind=TargetKind.NUMBER, value__isnull=False)
                | (Q(kind=TargetKind.DIRECTION, value__isnull=True) & ~Q(direction=""))
                | Q(kind=TargetKind.TO_BE_SET, value__isnull=True),
                violation_error_message=(
                    "Geef een getal, of een richting, of kies 'nog te bepalen' zonder waarde."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.text or f"{self.indicator} {self.target_year or ''}"
