from django.db import models
from django.db.models import Q

from core import clock
from core.periods import HalfYear
from regions.models import Region

from ..enums.patterns import Finding
from .figures import FigureSet


class PatternRun(models.Model):
    """All comparisons of a half-year, judged together on one set of figures and those before it.

    `method` is a digest of the code that judged. `scopes` has per indicator what the limits rest
    on: spread between providers and between half-years, numbers of cells compared and too small,
    and the size that it takes to see a shift.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="pattern_runs")
    figure_set = models.ForeignKey(FigureSet, on_delete=models.CASCADE, related_name="pattern_runs")
    method = models.CharField("versie van de methode", max_length=40)
    half_years = models.JSONField("halfjaren", default=list)
    comparisons = models.PositiveIntegerField("vergelijkingen")
    rate = models.FloatField("aandeel dat toeval mag zijn")
    scopes = models.JSONField("per indicator", default=list)
    made_at = models.DateTimeField("gezocht op", default=clock.now)

    class Meta:
        verbose_name = "zoektocht naar patronen"
        verbose_name_plural = "zoektochten naar patronen"
        ordering = ["region", "-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure_set", "method", "half_years"], name="monitoring_patternrun_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.figure_set.half_year}"

    @property
    def period(self) -> HalfYear:
        return self.figure_set.period


class Pattern(models.Model):
    """A cell that stands out, or that would have stood out on its own (noise).

    `rule` says which comparison says most; `expected`, `low` and `high` are what that comparison
    expected of this number of cases, with its 95 % limits. `p` is two-sided over all rules of the
    cell, `q` its false discovery rate in the run. `course` has (half-year, numerator, denominator,
    share of the others in the segment).
    """

    run = models.ForeignKey(PatternRun, on_delete=models.CASCADE, related_name="patterns")
    code = models.CharField("indicator", max_length=60)
    theme = models.CharField("thema", max_length=20)
    segment = models.CharField("segment", max_length=20)
    provider = models.CharField("aanbieder", max_length=8, blank=True)
    municipality = models.CharField("gemeente", max_length=4, blank=True)
    finding = models.CharField("oordeel", max_length=20, choices=Finding)
    rule = models.CharField("regel", max_length=20)
    is_higher = models.BooleanField("hoger dan verwacht")
    is_small = models.BooleanField("kleiner dan nodig", default=False)
    numerator = models.FloatField("teller")
    denominator = models.FloatField("noemer")
    expected = models.FloatField("verwacht", null=True, blank=True)
    low = models.FloatField("ondergrens", null=True, blank=True)
    high = models.FloatField("bovengrens", null=True, blank=True)
    p = models.FloatField("kans bij toeval")
    q = models.FloatField("aandeel vals alarm")
    course = models.JSONField("verloop", default=list)
    chart_rules = models.JSONField("regels van de regelkaart", default=list)

    class Meta:
        verbose_name = "patroon"
        verbose_name_plural = "patronen"
        ordering = ["run", "q", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "code", "segment", "provider", "municipality"],
                name="monitoring_pattern_once",
            ),
            models.CheckConstraint(
                name="monitoring_pattern_one_party",
                condition=Q(provider="") ^ Q(municipality=""),
            ),
            models.CheckConstraint(
                name="monitoring_pattern_numerator_within",
                condition=Q(numerator__gte=0) & Q(numerator__lte=models.F("denominator")),
            ),
        ]
        indexes = [models.Index(fields=["run", "provider"], name="monitoring_pattern_party")]

    def __str__(self) -> str:
        return f"{self.code} {self.segment} {self.provider or self.municipality}"

    @property
    def tone(self) -> str:
        return Finding(self.finding).tone

    @property
    def share(self) -> float:
        return self.numerator / self.denominator
