"""What is planned beside the procedures: by a municipality, the region or the country."""

from django.db import models
from django.db.models import F, Q

from core.audit import audited
from regions.models import Municipality, Region

from ..enums.choices import PlanningLevel
from .plans import PolicyFramework


@audited()
class PlannedEvent(models.Model):
    """Something that happens on a day or in a period (`end_on` inclusive) and others must know.

    A national event may name the framework that it changes.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="planned_events")
    level = models.CharField(
        "niveau", max_length=8, choices=PlanningLevel, default=PlanningLevel.REGIONAL
    )
    title = models.CharField("wat", max_length=200)
    start_on = models.DateField("begin")
    end_on = models.DateField("tot en met", null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    framework = models.ForeignKey(
        PolicyFramework,
        verbose_name="bij kader",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="planned_events",
    )
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["start_on", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "title", "start_on"],
                name="procurement_event_unique",
                violation_error_message="Dit staat al op de agenda.",
            ),
            models.CheckConstraint(
                name="procurement_event_ends_after_start",
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.CheckConstraint(
                name="procurement_event_local_names_municipality",
                condition=~Q(level=PlanningLevel.LOCAL) | Q(municipality__isnull=False),
                violation_error_message="Kies bij een lokaal agendapunt de gemeente.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
