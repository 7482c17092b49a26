from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from core.audit import audited
from regions.models import Region


@audited()
class ExpectedTurn(models.Model):
    """The year in which a document expects that cost stops rising, to be followed.

    In euros of the day, as the documents tell their costs: with the rise of prices in them.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="expected_turns")
    year = models.PositiveSmallIntegerField(
        "jaar", validators=(MinValueValidator(2000), MaxValueValidator(2100))
    )
    note = models.TextField("wat het document zegt", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "verwacht omslagpunt"
        verbose_name_plural = "verwachte omslagpunten"
        ordering = ["region", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year"],
                name="finance_turn_once",
                violation_error_message="Dit jaar staat er al als verwacht omslagpunt.",
            )
        ]

    def __str__(self) -> str:
        return f"omslagpunt in {self.year}"
