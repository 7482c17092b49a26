import uuid

from django.conf import settings
from django.db import models

from core import clock

from .enums import JobState


class Job(models.Model):
    """Work that outlives a request. The row is the truth; Celery only rings the bell.

    It is written in the transaction of what it belongs to, so that neither is ever there without
    the other, and it is claimed under a lease: who loses the lease can no longer write a result.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("soort", max_length=60)
    title = models.CharField("omschrijving", max_length=200)
    params = models.JSONField("gegevens", default=dict, blank=True)
    # The region it belongs to; core knows no regions, so this is no foreign key.
    tenant_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="aangevraagd door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField("stand", max_length=10, choices=JobState, default=JobState.QUEUED)
    created_at = models.DateTimeField("aangevraagd op", default=clock.now)
    started_at = models.DateTimeField("begonnen op", null=True, blank=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)
    rung_at = models.DateTimeField("laatst gebeld", null=True, blank=True)
    lease_until = models.DateTimeField("gereserveerd tot", null=True, blank=True)
    token = models.PositiveIntegerField("volgnummer van de uitvoering", default=0)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    cancel_requested = models.BooleanField("annuleren gevraagd", default=False)
    progress_done = models.PositiveIntegerField("gedaan", default=0)
    progress_total = models.PositiveIntegerField("totaal", default=0)
    progress_text = models.CharField("voortgang", max_length=200, blank=True)
    result = models.JSONField("uitkomst", default=dict, blank=True)
    error = models.TextField("fout", blank=True)

    class Meta:
        verbose_name = "achtergrondtaak"
        verbose_name_plural = "achtergrondtaken"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="jobs_job_ended_has_moment",
                condition=models.Q(state__in=JobState.OPEN, finished_at__isnull=True)
                | models.Q(state__in=JobState.ENDED, finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="jobs_job_failed_says_why",
                condition=~models.Q(state=JobState.FAILED) | ~models.Q(error=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "lease_until"],
                name="jobs_job_open",
                condition=models.Q(state__in=JobState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def percentage(self) -> int:
        if self.state == JobState.DONE:
            return 100
        if not self.progress_total:
            return 0
        return min(99, self.progress_done * 100 // self.progress_total)

    @property
    def is_open(self) -> bool:
        return self.state in JobState.OPEN

    @property
    def tone(self) -> str:
        return JobState(self.state).tone
