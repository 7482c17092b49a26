from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.jobs.api import Job

from ..domain.backtest import BackTest
from .projections import ProjectionRun


class BackTestRun(models.Model):
    """The look back that belongs to a projection: made from its inputs, never changed."""

    projection = models.OneToOneField(
        ProjectionRun, on_delete=models.CASCADE, related_name="look_back"
    )
    created_at = models.DateTimeField("aangevraagd op", default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    code_version = models.CharField("versie van de berekening", max_length=40)
    result = models.JSONField("uitkomst", null=True, blank=True)
    result_checksum = models.CharField("controlegetal", max_length=64, blank=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    class Meta:
        verbose_name = "terugblik"
        verbose_name_plural = "terugblikken"
        constraints = [
            models.CheckConstraint(
                name="finance_backtest_result_whole_or_not",
                condition=Q(result__isnull=True, result_checksum="", finished_at__isnull=True)
                | (Q(result__isnull=False, finished_at__isnull=False) & ~Q(result_checksum="")),
            )
        ]

    def __str__(self) -> str:
        return f"terugblik bij {self.projection}"

    @cached_property
    def back_test(self) -> BackTest | None:
        return BackTest.from_json(self.result) if self.result is not None else None
