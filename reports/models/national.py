from django.db import models
from django.db.models import Q

from core.audit import audited
from regions.models import Region

from ..enums import NationalMeasure, NationalStatus


@audited()
class NationalFigure(models.Model):
    """A count for the whole of the Netherlands, as CBS published it; a revision is a version.

    It stands beside our own as background. Editions name the rows that they used.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="national_figures")
    half_year = models.CharField("halfjaar", max_length=7)
    measure = models.CharField("wat", max_length=16, choices=NationalMeasure)
    version = models.PositiveSmallIntegerField("versie", default=1)
    value = models.PositiveIntegerField("aantal")
    status = models.CharField(
        "stand", max_length=12, choices=NationalStatus, default=NationalStatus.PROVISIONAL
    )
    source = models.CharField("bron", max_length=300, blank=True)
    intake_run = models.PositiveIntegerField("aanlevering", null=True, blank=True)

    class Meta:
        verbose_name = "landelijk cijfer"
        verbose_name_plural = "landelijke cijfers"
        ordering = ["-half_year", "measure", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "half_year", "measure", "version"],
                name="reports_national_version_unique",
            ),
            models.CheckConstraint(
                name="reports_national_half_year", condition=Q(half_year__regex=r"^\d{4}-H[12]$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.half_year}: {self.value}"
