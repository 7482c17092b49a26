from django.db import models
from django.db.models import F, Q

from core import clock
from core.periods import HalfYear
from regions.models import Region
from segments.models import SegmentScheme


class FigureSet(models.Model):
    """All values of one half-year, for one scheme, as known on a day with a cut-off.

    Pages, editions, API and public figures read these values and nothing else. A set never
    changes: other inputs make another set.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="figure_sets")
    half_year = models.CharField("halfjaar", max_length=7)
    scheme = models.ForeignKey(SegmentScheme, on_delete=models.PROTECT, related_name="+")
    # The placements of products are those that hold on this day.
    scheme_on = models.DateField("indeling zoals op")
    # The scheme of the half-year itself, not one that it is only compared in.
    is_own_scheme = models.BooleanField("in de eigen indeling", default=True)
    known_on = models.DateField("bekend op")
    cutoff_run = models.PositiveIntegerField("tot en met aanlevering")
    code_version = models.CharField("versie van de berekening", max_length=40)
    checksum = models.CharField("controlegetal", max_length=64)
    created_at = models.DateTimeField("berekend op", default=clock.now)

    class Meta:
        verbose_name = "set cijfers"
        verbose_name_plural = "sets cijfers"
        ordering = ["region", "-half_year", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "region", "half_year", "scheme", "scheme_on", "known_on", "cutoff_run",
                    "code_version", "checksum",
                ],
                name="monitoring_figureset_once",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["region", "half_year", "-created_at"], name="monitoring_set_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.half_year}, bekend op {self.known_on}"

    @property
    def period(self) -> HalfYear:
        return HalfYear.parse(self.half_year)


class IndicatorValue(models.Model):
    """One figure of one cell. An empty cell field means 'all'.

    `value` is empty where there is no value (a share of nothing). Shares carry numerator,
    denominator and their Wilson 95 % interval; a percentile carries its number of cases as
    denominator; money is in euros.
    """

    figure_set = models.ForeignKey(FigureSet, on_delete=models.CASCADE, related_name="values")
    code = models.CharField("indicator", max_length=60)
    municipality = models.CharField("gemeente", max_length=4, blank=True)
    segment = models.CharField("segment", max_length=20, blank=True)
    category = models.CharField("categorie", max_length=40, blank=True)
    provider = models.CharField("aanbieder", max_length=8, blank=True)
    numerator = models.DecimalField(
        "teller", max_digits=20, decimal_places=4, null=True, blank=True
    )
    denominator = models.DecimalField(
        "noemer", max_digits=20, decimal_places=4, null=True, blank=True
    )
    value = models.FloatField("waarde", null=True, blank=True)
    low = models.FloatField("ondergrens", null=True, blank=True)
    high = models.FloatField("bovengrens", null=True, blank=True)
    # What the suppression rule asks of money and days: how many clients and providers are behind.
    cases = models.PositiveIntegerField("jeugdigen erachter", null=True, blank=True)
    parties = models.PositiveIntegerField("aanbieders erachter", null=True, blank=True)

    class Meta:
        verbose_name = "waarde"
        verbose_name_plural = "waarden"
        constraints = [
            models.UniqueConstraint(
                fields=["figure_set", "code", "municipality", "segment", "category", "provider"],
                name="monitoring_value_once",
            ),
            models.CheckConstraint(
                name="monitoring_value_inside_interval",
                condition=Q(low__isnull=True)
                | Q(value__isnull=True)
                | (Q(low__lte=F("value")) & Q(high__gte=F("value"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"
