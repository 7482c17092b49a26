"""How municipalities see their own local teams, by the features of the guiding framework."""

from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited
from regions.models import Municipality, Region

from ..enums.steering import AssessmentState, FeatureGroup, Score


def this_year() -> int:
    return clock.today().year


@audited()
class LocalTeamFeature(models.Model):
    """A feature that local teams ought to have (003:L264-285, thirteen of them)."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="team_features")
    number = models.PositiveSmallIntegerField("nummer")
    group = models.CharField("groep", max_length=8, choices=FeatureGroup)
    text = models.CharField("kenmerk", max_length=200)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "kenmerk van lokale teams"
        verbose_name_plural = "kenmerken van lokale teams"
        ordering = ["region", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "number"],
                name="monitoring_feature_number_once",
                violation_error_message="Dit nummer is er al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


@audited()
class SelfAssessment(models.Model):
    """A municipality's own judgement of its local teams in a year. Compared, never ranked."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="self_assessments")
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField("jaar", default=this_year)
    made_with = models.CharField("wie keken mee", max_length=200, blank=True)
    summary = models.TextField("toelichting bij het geheel", blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=AssessmentState, default=AssessmentState.DRAFT,
        editable=False,
    )  # fmt: skip
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "zelfbeoordeling"
        verbose_name_plural = "zelfbeoordelingen"
        ordering = ["-year", "municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality", "year"],
                name="monitoring_self_assessment_once",
                violation_error_message="Voor deze gemeente en dit jaar is er al een beoordeling.",
            ),
            models.CheckConstraint(
                name="monitoring_self_assessment_year", condition=Q(year__range=(2015, 2100))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.year}"

    @property
    def tone(self) -> str:
        return "good" if self.state == AssessmentState.HANDED_IN else "busy"


@audited()
class FeatureScore(models.Model):
    """How far a municipality is with one feature, and why it thinks so.

    A row comes with the assessment; `score` is empty until somebody has judged.
    """

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="scores")
    feature = models.ForeignKey(
        LocalTeamFeature, verbose_name="kenmerk", on_delete=models.PROTECT, related_name="scores",
        editable=False,
    )  # fmt: skip
    score = models.PositiveSmallIntegerField("hoe ver", choices=Score, null=True, blank=True)
    explanation = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "score op een kenmerk"
        verbose_name_plural = "scores op kenmerken"
        ordering = ["assessment", "feature__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "feature"], name="monitoring_feature_scored_once"
            ),
            models.CheckConstraint(
                name="monitoring_feature_scored_with_reason",
                condition=Q(score__isnull=True) | ~Q(explanation="") & Q(score__range=(1, 4)),
                violation_error_message="Licht toe waarom u zo ver bent.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.feature)

    @property
    def tone(self) -> str:
        return Score(self.score).tone if self.score else "neutral"
