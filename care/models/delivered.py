"""What comes in beside the messages, by CSV, XLSX or API."""

from django.db import models
from django.db.models import F, Q

from .base import OfAllocation


class Delivered(models.Model):
    """A row of a run. A later run that states it anew notes itself in `replaced_in`.

    As of cut-off r a row stands when run <= r and it is not replaced in a run <= r.
    """

    region_id = models.BigIntegerField()
    run = models.IntegerField()
    replaced_in = models.IntegerField(null=True)

    class Meta:
        abstract = True


STANDS = Q(replaced_in__isnull=True)


class OutcomeMeasurement(Delivered, OfAllocation):
    """Answers of one informant about one trajectory (Informatieprotocol v7 ch. 4)."""

    measured_on = models.DateField()
    informant = models.CharField(max_length=10)
    mark = models.SmallIntegerField(null=True)
    without_help = models.CharField(max_length=2, blank=True)
    goal_reached = models.BooleanField(null=True)

    class Meta:
        verbose_name = "uitkomstmeting"
        verbose_name_plural = "uitkomstmetingen"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "region_id", "client", "allocation_number", "municipality", "provider",
                    "informant", "measured_on",
                ],
                condition=STANDS,
                name="care_outcome_once",
            ),
            models.CheckConstraint(
                name="care_outcome_mark_1_to_10",
                condition=Q(mark__isnull=True) | Q(mark__range=(1, 10)),
            ),
            models.CheckConstraint(
                name="care_outcome_informant", condition=Q(informant__in=("youth", "parent"))
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["region_id", "measured_on"], name="care_outcome_day")]

    def __str__(self) -> str:
        return f"meting {self.measured_on}"


class StayPlacement(Delivered, OfAllocation):
    """In which municipality a client stays under an allocation."""

    place = models.CharField(max_length=4)

    class Meta:
        verbose_name = "plaats van verblijf"
        verbose_name_plural = "plaatsen van verblijf"
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "client", "allocation_number", "municipality", "provider"],
                condition=STANDS,
                name="care_placement_once",
            )
        ]

    def __str__(self) -> str:
        return f"verblijf in {self.place}"


class Instalment(Delivered):
    """A payment of a task-based contract for a half-open period, by municipality and segment."""

    municipality = models.CharField(max_length=4)
    provider = models.CharField(max_length=8)
    segment = models.CharField(max_length=20)
    category = models.CharField(max_length=40, blank=True)
    period_from = models.DateField()
    period_to = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "termijnbetaling"
        verbose_name_plural = "termijnbetalingen"
        constraints = [
            models.CheckConstraint(
                name="care_instalment_ends_after_start",
                condition=Q(period_to__gt=F("period_from")),
            ),
            models.UniqueConstraint(
                fields=[
                    "region_id", "municipality", "provider", "segment", "category", "period_from",
                ],
                condition=STANDS,
                name="care_instalment_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["region_id", "period_from"], name="care_instalment_period")]

    def __str__(self) -> str:
        return f"{self.provider} {self.segment} {self.period_from}: {self.amount}"


class IndicatorDelivery(Delivered):
    """Numerator and denominator of an indicator that a provider delivers for a half-year."""

    provider = models.CharField(max_length=8)
    municipality = models.CharField(max_length=4, blank=True)
    segment = models.CharField(max_length=20, blank=True)
    indicator = models.CharField(max_length=60)
    half_year = models.CharField(max_length=7)
    numerator = models.DecimalField(max_digits=16, decimal_places=4)
    denominator = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    remark = models.TextField(blank=True)

    class Meta:
        verbose_name = "aanlevering"
        verbose_name_plural = "aanleveringen"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "region_id", "provider", "municipality", "segment", "indicator", "half_year",
                ],
                condition=STANDS,
                name="care_delivery_once",
            ),
            models.CheckConstraint(
                name="care_delivery_numerator_within_denominator",
                condition=Q(denominator__isnull=True) | Q(numerator__lte=F("denominator")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indicator} {self.half_year} van {self.provider}"
