from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.audit import audited
from core.periods import HalfYear
from providers.models import Provider
from regions.models import Region
from segments.models import IndicatorDefinition, Segment

from ..enums.rounds import AskingState, RoundState


@audited()
class DeliveryRound(models.Model):
    """What providers are asked to deliver for a half-year, and until which day.

    `minutes` is what one question is expected to cost a provider: the burden is shown before
    anybody is asked. While it is prepared, providers read what they will be asked.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="delivery_rounds")
    half_year = models.CharField("halfjaar", max_length=7)
    due_on = models.DateField("uiterlijk")
    minutes = models.PositiveSmallIntegerField("minuten per vraag", default=20)
    state = models.CharField(
        "stand", max_length=9, choices=AskingState, default=AskingState.OPEN, editable=False
    )
    made_at = models.DateTimeField("gevraagd op", default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "aanleverronde"
        verbose_name_plural = "aanleverrondes"
        ordering = ["region", "-half_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "half_year"], name="monitoring_round_once_per_half_year"
            )
        ]

    def __str__(self) -> str:
        return f"Aanlevering {self.period.title}"

    @property
    def period(self) -> HalfYear:
        return HalfYear.parse(self.half_year)

    @property
    def is_open(self) -> bool:
        return self.state == AskingState.OPEN

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed; who is late may still deliver."""
        return self.is_open and self.due_on < clock.today()

    @property
    def tone(self) -> str:
        return AskingState(self.state).tone


@audited()
class RoundQuestion(models.Model):
    """An indicator asked in a round, in the version of its definition that held then."""

    round = models.ForeignKey(DeliveryRound, on_delete=models.CASCADE, related_name="questions")
    indicator = models.ForeignKey(IndicatorDefinition, on_delete=models.PROTECT, related_name="+")
    segment = models.ForeignKey(
        Segment, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["round", "segment__order", "indicator__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "indicator", "segment"], nulls_distinct=False,
                name="monitoring_question_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indicator} ({self.segment})" if self.segment_id else str(self.indicator)


@audited()
class ProviderDelivery(models.Model):
    """The answers of one provider to a round, with the state they are in."""

    round = models.ForeignKey(DeliveryRound, on_delete=models.CASCADE, related_name="deliveries")
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="figure_deliveries"
    )
    state = models.CharField(
        "stand", max_length=12, choices=RoundState, default=RoundState.OPEN, editable=False
    )
    delivered_on = models.DateField("aangeleverd op", null=True, blank=True, editable=False)
    # What applies to this provider; none at all: every question of the round.
    chosen = models.ManyToManyField(
        RoundQuestion, verbose_name="vragen", blank=True, related_name="asked_of"
    )

    class Meta:
        verbose_name = "aanlevering van een aanbieder"
        verbose_name_plural = "aanleveringen van aanbieders"
        ordering = ["round", "provider__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "provider"], name="monitoring_delivery_once_per_provider"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.provider}"

    @property
    def tone(self) -> str:
        return RoundState(self.state).tone


@audited()
class DeliveredAnswer(models.Model):
    """Numerator and denominator of one question; a plain count has no denominator."""

    delivery = models.ForeignKey(ProviderDelivery, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(RoundQuestion, on_delete=models.CASCADE, related_name="answers")
    numerator = models.DecimalField("teller", max_digits=10, decimal_places=2)
    denominator = models.DecimalField(
        "noemer", max_digits=10, decimal_places=2, null=True, blank=True
    )
    explanation = models.CharField("toelichting", max_length=500, blank=True)

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["question"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "question"], name="monitoring_answer_once"),
            models.CheckConstraint(
                name="monitoring_answer_numerator_within",
                condition=Q(numerator__gte=0)
                & (Q(denominator__isnull=True) | Q(numerator__lte=F("denominator"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.numerator}"
