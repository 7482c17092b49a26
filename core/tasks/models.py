from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited

from .enums import Rhythm, TaskState

EXPLICIT = "explicit"


def default_days() -> list[int]:
    return [30, 7]


@audited(exclude=("created_at",))
class Task(models.Model):
    """Something that somebody must do before the end of a day.

    `source` and `key` say where it comes from: a registered DeadlineSource, or EXPLICIT for what
    somebody wrote. `team` is a role code; `party_id` narrows the team to one organisation (of a
    role that goes with an organisation). Core knows neither roles nor regions: these are values.
    """

    tenant_id = models.BigIntegerField(db_index=True)
    source = models.CharField("herkomst", max_length=60, default=EXPLICIT)
    key = models.CharField(max_length=160)
    title = models.CharField("taak", max_length=300)
    about = models.CharField("onderwerp", max_length=200, blank=True)
    due = models.DateField("uiterlijk op")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="wie",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Whether people chose the owner; the source then no longer decides.
    owner_chosen = models.BooleanField(default=False, editable=False)
    team = models.CharField("team", max_length=30, blank=True)
    party_id = models.BigIntegerField(null=True, blank=True)
    url = models.CharField("pagina", max_length=300, blank=True)
    remind_days = ArrayField(models.PositiveSmallIntegerField(), default=default_days)
    state = models.CharField("stand", max_length=10, choices=TaskState, default=TaskState.OPEN)
    # Closed because its source no longer gives it, not by a person.
    withdrawn = models.BooleanField(default=False, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="afgerond door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    done_at = models.DateTimeField("afgerond op", null=True, blank=True)
    note = models.TextField("toelichting", blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="opgeschreven door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "source", "key"], name="tasks_task_source_key_once"
            ),
            models.CheckConstraint(
                name="tasks_task_open_is_not_done",
                condition=~Q(state=TaskState.OPEN)
                | Q(done_at__isnull=True, done_by__isnull=True, withdrawn=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "due"],
                name="tasks_task_open",
                condition=Q(state=TaskState.OPEN),
            ),
            models.Index(
                fields=["owner", "due"], name="tasks_task_owner", condition=Q(state=TaskState.OPEN)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_explicit(self) -> bool:
        return self.source == EXPLICIT

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN

    @property
    def is_overdue(self) -> bool:
        """Open after its day; never stored."""
        return self.is_open and self.due < clock.today()

    def days_left(self, day: date | None = None) -> int:
        return (self.due - (day or clock.today())).days


class ReminderChoice(models.Model):
    """How often a user wants the digest; without a row: daily."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    rhythm = models.CharField("e-mail over taken", max_length=10, choices=Rhythm)

    class Meta:
        verbose_name = "keuze voor herinneringen"
        verbose_name_plural = "keuzes voor herinneringen"

    def __str__(self) -> str:
        return f"{self.user}: {self.get_rhythm_display()}"


class Digest(models.Model):
    """One mail to one person on one day. Written, and committed, before the mail leaves: a job
    that dies in the middle leaves a digest without `sent_at`, which is never sent again.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    claimed_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "herinneringsmail"
        verbose_name_plural = "herinneringsmails"
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="tasks_digest_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.day}"


class Reminder(models.Model):
    """A step of a task that a person was told of: `step` is the reminding day that was reached
    (30, 7, 0), or -1, -2 ... for each week that it is overdue. A date that moves begins anew.
    """

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reminders")
    due = models.DateField()
    step = models.SmallIntegerField()

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "task", "due", "step"], name="tasks_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.step}"


class CalendarKey(models.Model):
    """The secret of a user's calendar address; only its digest is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "agenda-adres"
        verbose_name_plural = "agenda-adressen"

    def __str__(self) -> str:
        return str(self.user)
