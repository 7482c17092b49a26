from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock

from .enums import FileState, RunState
from .registry import forms_for


class RunQuerySet(models.QuerySet["IntakeRun"]):
    def visible_to(self, user: Any, tenant_id: int) -> "RunQuerySet":
        """Runs of this tenant made with a form that the user may use: one's own, and those of
        others where the form says so."""
        forms = forms_for(user, tenant_id)
        own = Q(form_code__in=[form.code for form in forms], requested_by=user)
        shared = [form.code for form in forms if form.sees_all(user, tenant_id)]
        return self.filter(own | Q(form_code__in=shared), tenant_id=tenant_id)

    def abandoned(self) -> "RunQuerySet":
        """Runs that nothing works on any more though they never came to an end."""
        ended = Q(job__isnull=True) | Q(job__state__in=(RunState.FAILED, RunState.CANCELLED))
        return self.filter(ended, state__in=RunState.OPEN)

    def expired(self, before: datetime) -> "RunQuerySet":
        """Runs with a spool that ended without success before that moment."""
        without = (RunState.FAILED, RunState.CANCELLED)
        return self.filter(state__in=without, finished_at__lt=before).exclude(spool="")


class IntakeRun(models.Model):
    """One delivery: files taken in together with one form, merged as a whole or not at all.

    `number` is given when the run is merged, under the lock of its tenant: numbers have no gaps
    and their order is the order in which data came to count. The five counts add up to `offered`.
    """

    # The region it belongs to; core knows no regions, so this is no foreign key.
    tenant_id = models.BigIntegerField()
    number = models.PositiveIntegerField("nummer", null=True, blank=True)
    form_code = models.CharField("formulier", max_length=40)
    title = models.CharField("omschrijving", max_length=200)
    state = models.CharField("stand", max_length=10, choices=RunState, default=RunState.QUEUED)
    created_at = models.DateTimeField("ontvangen op", default=clock.now)
    started_at = models.DateTimeField("begonnen op", null=True, blank=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="aangeleverd door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    job = models.ForeignKey(
        "jobs.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Name of the folder with the stripped rows; empty once they are merged.
    spool = models.CharField(max_length=40, blank=True)
    offered = models.PositiveIntegerField("aangeboden", default=0)
    accepted = models.PositiveIntegerField("aangenomen", default=0)
    changed = models.PositiveIntegerField("gewijzigd", default=0)
    unchanged = models.PositiveIntegerField("ongewijzigd", default=0)
    waiting = models.PositiveIntegerField("wachtend", default=0)
    rejected = models.PositiveIntegerField("geweigerd", default=0)
    not_used = models.PositiveIntegerField("berichten niet gebruikt", default=0)
    notes = models.JSONField("bijzonderheden", default=dict, blank=True)
    error = models.TextField("fout", blank=True)
    undone_at = models.DateTimeField("ongedaan gemaakt op", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ongedaan gemaakt door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "aanlevering"
        verbose_name_plural = "aanleveringen"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "number"], name="intake_run_number_per_tenant"
            ),
            models.CheckConstraint(
                name="intake_run_counts_add_up",
                condition=~Q(state__in=RunState.MERGED)
                | Q(
                    offered=F("accepted")
                    + F("changed")
                    + F("unchanged")
                    + F("waiting")
                    + F("rejected")
                ),
            ),
            models.CheckConstraint(
                name="intake_run_merged_has_number",
                condition=Q(state__in=RunState.MERGED, number__isnull=False)
                | (~Q(state__in=RunState.MERGED) & Q(number__isnull=True)),
            ),
            models.CheckConstraint(
                name="intake_run_ended_has_moment",
                condition=Q(state__in=RunState.OPEN, finished_at__isnull=True)
                | (~Q(state__in=RunState.OPEN) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="intake_run_undone_has_moment",
                condition=Q(state=RunState.UNDONE, undone_at__isnull=False)
                | (~Q(state=RunState.UNDONE) & Q(undone_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "-created_at"], name="intake_run_newest")]

    def __str__(self) -> str:
        return f"Aanlevering {self.number}" if self.number else self.title

    @property
    def is_open(self) -> bool:
        return self.state in RunState.OPEN and not self._job_ended

    @property
    def shown_state(self) -> RunState:
        """The state, or that of its job when that ended before the run could begin."""
        if self.state in RunState.OPEN and self._job_ended:
            return RunState(self.job.state) if self.job else RunState.FAILED
        return RunState(self.state)

    @property
    def _job_ended(self) -> bool:
        """Whether nothing works on it any more; its job, the row included, may be gone."""
        return self.job is None or self.job.state in (RunState.FAILED, RunState.CANCELLED)

    @property
    def title_with_number(self) -> str:
        return f"Aanlevering {self.number}" if self.number else "Aanlevering"

    @property
    def counts(self) -> list[tuple[str, int]]:
        """The five outcomes, with their Dutch names; they add up to `offered`."""
        return [
            ("aangenomen", self.accepted),
            ("gewijzigd", self.changed),
            ("ongewijzigd", self.unchanged),
            ("wachtend", self.waiting),
            ("geweigerd", self.rejected),
        ]


class IntakeFile(models.Model):
    """A file of a run; each file in a zip counts as one, under 'name.zip/its own name'."""

    run = models.ForeignKey(IntakeRun, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField("volgnummer")
    name = models.CharField("bestand", max_length=255)
    kind = models.CharField("soort", max_length=20, blank=True)
    size = models.PositiveBigIntegerField("omvang in bytes", default=0)
    state = models.CharField("stand", max_length=10, choices=FileState)
    offered = models.PositiveIntegerField("aangeboden", default=0)
    rejected = models.PositiveIntegerField("bij het lezen geweigerd", default=0)
    message = models.CharField("melding", max_length=500, blank=True)

    class Meta:
        verbose_name = "aangeleverd bestand"
        verbose_name_plural = "aangeleverde bestanden"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="intake_file_number_in_run"),
            models.CheckConstraint(
                name="intake_file_rejected_within_offered",
                condition=Q(rejected__lte=F("offered")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        return FileState(self.state).tone

    @property
    def state_label(self) -> str:
        return str(FileState(self.state).label)


class Rejection(models.Model):
    """Why a record, message or file was refused: where, which rule, and what to do.

    Never holds a value that may belong to a person. Filled by COPY and by set-based SQL of a merge
    (core.intake.registry.Merge); `file_no` is the number of the file in its run.
    """

    run = models.ForeignKey(IntakeRun, on_delete=models.CASCADE, related_name="rejections")
    file_no = models.PositiveIntegerField("bestand")
    message_ref = models.CharField("bericht", max_length=120, blank=True, db_default="")
    record_no = models.PositiveIntegerField("record", null=True, blank=True)
    line_no = models.PositiveIntegerField("regel in het bestand", null=True, blank=True)
    field = models.CharField("veld", max_length=200, blank=True, db_default="")
    rule = models.CharField("regel", max_length=60)
    message = models.TextField("melding")
    advice = models.TextField("wat te doen", blank=True, db_default="")

    class Meta:
        verbose_name = "afgekeurd record"
        verbose_name_plural = "afgekeurde records"
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "rule"], name="intake_rejection_rule")]

    def __str__(self) -> str:
        return self.message
