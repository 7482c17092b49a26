from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import audited
from core.periods import HalfYear
from regions.enums import Role
from regions.models import Region

from ..enums import MilestoneKind


@audited()
class ReportingCycle(models.Model):
    """The calendar of one half-year's accountability."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="reporting_cycles")
    half_year = models.CharField("halfjaar", max_length=7)

    class Meta:
        verbose_name = "verantwoordingscyclus"
        verbose_name_plural = "verantwoordingscycli"
        ordering = ["-half_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "half_year"],
                name="reports_cycle_once_a_half_year",
                violation_error_message="Dit halfjaar heeft al een planning.",
            ),
            models.CheckConstraint(
                name="reports_cycle_half_year", condition=Q(half_year__regex=r"^\d{4}-H[12]$")
            ),
        ]

    def __str__(self) -> str:
        return self.period.title

    @property
    def period(self) -> HalfYear:
        return HalfYear.parse(self.half_year)


@audited()
class Milestone(models.Model):
    """A moment in the calendar. `planned` is kept as first set, so that slippage shows."""

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField("moment", max_length=12, choices=MilestoneKind)
    municipality = models.CharField("gemeente", max_length=4, blank=True)
    planned = models.DateField("oorspronkelijk gepland")
    due = models.DateField("nu gepland")
    done_on = models.DateField("gedaan op", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="wie",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    team = models.CharField("team", max_length=20, choices=Role, default=Role.POLICY_OFFICER)
    note = models.CharField("toelichting", max_length=400, blank=True)

    class Meta:
        verbose_name = "moment"
        verbose_name_plural = "momenten"
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "kind", "municipality"],
                name="reports_milestone_once",
                violation_error_message="Dit moment staat al in de planning.",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def days_late(self) -> int:
        """Days that it moved, or was done, after it was first planned; negative when earlier."""
        return ((self.done_on or self.due) - self.planned).days
