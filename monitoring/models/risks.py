"""Risks and chances with their measures and how they moved (003:L560-592)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited
from regions.models import Region
from segments.models import IndicatorDefinition, Segment, SegmentGoal

from ..enums.steering import RiskKind, RiskState, Trend

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


@audited()
class Risk(models.Model):
    """A risk to be contained, or a chance to be taken.

    How likely and how large is said by its assessments; the newest counts. `review_on` is the day
    on which somebody looks again.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="risks")
    kind = models.CharField("soort", max_length=6, choices=RiskKind, default=RiskKind.RISK)
    title = models.CharField("risico of kans", max_length=200)
    description = models.TextField("toelichting", blank=True)
    cause = models.TextField("oorzaak", blank=True)
    effect = models.TextField("gevolg", blank=True)
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    goals = models.ManyToManyField(
        SegmentGoal, verbose_name="doelen", blank=True, related_name="risks"
    )
    indicators = models.ManyToManyField(
        IndicatorDefinition, verbose_name="indicatoren", blank=True, related_name="risks"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="eigenaar", null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    review_on = models.DateField("opnieuw bekijken op", null=True, blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=RiskState, default=RiskState.OPEN, editable=False
    )
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "risico of kans"
        verbose_name_plural = "risico's en kansen"
        ordering = ["region", "-kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "title"],
                name="monitoring_risk_once",
                violation_error_message="Dit risico of deze kans staat al in het register.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return RiskState(self.state).tone

    @property
    def latest(self) -> "RiskAssessment | None":
        return max(self.assessments.all(), key=lambda row: (row.on, row.pk), default=None)

    @property
    def trend(self) -> Trend:
        """By the product of likelihood and impact in the last two assessments."""
        rows = sorted(self.assessments.all(), key=lambda row: (row.on, row.pk))[-2:]
        if not rows:
            return Trend.NONE
        if len(rows) == 1:
            return Trend.NEW
        gap = rows[1].weight - rows[0].weight
        return Trend.SAME if gap == 0 else Trend.UP if gap > 0 else Trend.DOWN


@audited()
class RiskAssessment(models.Model):
    """How likely and how large somebody thought a risk or chance on a day, from 1 to 5."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="assessments")
    on = models.DateField("ingeschat op", default=clock.today)
    likelihood = models.PositiveSmallIntegerField("hoe waarschijnlijk", validators=ONE_TO_FIVE)
    impact = models.PositiveSmallIntegerField("hoe groot het gevolg", validators=ONE_TO_FIVE)
    reason = models.TextField("waarom")

    class Meta:
        verbose_name = "inschatting"
        verbose_name_plural = "inschattingen"
        ordering = ["risk", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "on"],
                name="monitoring_risk_assessed_once_a_day",
                violation_error_message="Op deze dag is dit al ingeschat: wijzig die inschatting.",
            ),
            models.CheckConstraint(
                name="monitoring_risk_from_one_to_five",
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.likelihood} x {self.impact}"

    @property
    def weight(self) -> int:
        return self.likelihood * self.impact


@audited()
class MitigationMeasure(models.Model):
    """What somebody does to contain a risk, or to take a chance."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="measures")
    text = models.TextField("maatregel")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="eigenaar", null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    who = models.CharField("wie", max_length=160, blank=True)
    due_on = models.DateField("uiterlijk", null=True, blank=True)
    done_on = models.DateField("gedaan op", null=True, blank=True)
    result = models.TextField("wat kwam ervan", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "maatregel bij een risico"
        verbose_name_plural = "maatregelen bij risico's"
        ordering = ["risk", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_mitigation_done_with_result",
                condition=Q(done_on__isnull=True) | ~Q(result=""),
                violation_error_message="Schrijf bij wat gedaan is wat ervan kwam.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_late(self) -> bool:
        due = self.due_on
        return self.done_on is None and due is not None and due < clock.today()
