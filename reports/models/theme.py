from django.db import models
from django.db.models import Q

from core.audit import audited
from regions.models import Region

HEX = r"^#[0-9a-f]{6}$"


@audited(exclude=("arms",))
class EditionTheme(models.Model):
    """How editions of a municipality look, or those of the region where `municipality` is empty.

    `arms` is a cleaned SVG or a PNG: see reports.domain.theming.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="edition_themes")
    municipality = models.CharField("gemeente", max_length=4, blank=True)
    name = models.CharField("naam op de omslag", max_length=60, blank=True, default="")
    primary = models.CharField("hoofdkleur", max_length=7)
    accent = models.CharField("steunkleur", max_length=7)
    arms = models.BinaryField("wapen of beeldmerk", null=True, blank=True, editable=False)
    arms_type = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        verbose_name = "huisstijl"
        verbose_name_plural = "huisstijlen"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality"],
                name="reports_theme_once_a_place",
                violation_error_message="Deze gemeente heeft al een huisstijl.",
            ),
            models.CheckConstraint(
                name="reports_theme_colours",
                condition=Q(primary__regex=HEX) & Q(accent__regex=HEX),
                violation_error_message="Schrijf een kleur als #08343d.",
            ),
            models.CheckConstraint(
                name="reports_theme_arms_with_their_type",
                condition=Q(arms__isnull=True, arms_type="")
                | Q(arms__isnull=False, arms_type__in=["image/png", "image/svg+xml"]),
            ),
        ]

    def __str__(self) -> str:
        return self.municipality or "regio"
