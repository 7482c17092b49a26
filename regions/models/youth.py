from django.db import models

from .region import Region


class YouthPopulation(models.Model):
    """Number of youths aged 0-17 in a municipality on a day."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="youth_counts")
    municipality = models.CharField("gemeentecode", max_length=4)
    counted_on = models.DateField("peildatum")
    count = models.PositiveIntegerField("aantal jeugdigen")
    intake_run = models.PositiveIntegerField("aanleveringsnummer", null=True, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "aantal jeugdigen"
        verbose_name_plural = "aantallen jeugdigen"
        ordering = ["municipality", "counted_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality", "counted_on"], name="regions_youth_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} op {self.counted_on}: {self.count}"
