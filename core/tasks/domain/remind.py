"""The digest by mail: what is late and what comes, at most once a day, and each step only once."""

import smtplib
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from core import clock
from core.jobs.api import RunningJob, enqueue

from ..enums import Rhythm
from ..models import Digest, Reminder, ReminderChoice, Task
from ..queries import of_person
from ..registry import organisation

log = structlog.get_logger()
REMIND = "tasks.remind"
MONDAY = 0
# What a mail server says, or cannot say, when it certainly did not take a mail.
NOT_TAKEN = (
    ConnectionRefusedError,
    smtplib.SMTPConnectError,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPResponseException,
    socket.gaierror,
)
WEEK = 7


@dataclass(frozen=True)
class Line:
    """A task in the mail, and whether this is the first mail that says so."""

    task: Task
    step: int
    days: int
    is_new: bool = True

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.task.url}" if self.task.url else ""


def rhythm_of(user: Any) -> str:
    chosen = ReminderChoice.objects.filter(user=user).values_list("rhythm", flat=True).first()
    return chosen or Rhythm.DAILY


def choose(*, user: Any, rhythm: str) -> ReminderChoice:
    return ReminderChoice.objects.update_or_create(user=user, defaults={"rhythm": rhythm})[0]


def step_of(task: Task, today: date) -> int | None:
    """The reminding day that a task has reached: the smallest that is not below the days left, 0 on
    the day itself, -1 in the first week after it, -2 in the second. None: still too early."""
    left = task.days_left(today)
    if left < 0:
        return -1 - (-left - 1) // WEEK
    return min((day for day in (*task.remind_days, 0) if day >= left), default=None)


def lines_for(user: Any, today: date) -> list[Line]:
    """What the mail of today would hold; the late ones first."""
    steps = [(task, step_of(task, today)) for task in of_person(user).order_by("due", "pk")]
    reached = [(task, step) for task, step in steps if step is not None]
    told = set(
        Reminder.objects.filter(user=user, task__in=[task for task, _ in reached]).values_list(
            "task_id", "due", "step"
        )
    )
    return [
        Line(task, step, task.days_left(today), (task.pk, task.due, step) not in told)
        for task, step in reached
    ]


def claim(user: Any, today: date) -> tuple[Digest, list[Line]] | None:
    """Write, in a transaction of its own, that this mail goes out; None when there is no news or
    it went already. After this nobody else sends it, also when the sender dies.
    """
    rhythm = rhythm_of(user)
    if rhythm == Rhythm.OFF or (rhythm == Rhythm.WEEKLY and today.weekday() != MONDAY):
        return None
    try:
        with transaction.atomic():
            digest = Digest.objects.create(user=user, day=today)
            lines = lines_for(user, today)
            news = [line for line in lines if line.is_new]
            if not news:
                transaction.set_rollback(True)
                return None
            Reminder.objects.bulk_create(
                Reminder(
                    digest=digest, user=user, task=line.task, due=line.task.due, step=line.step
                )
                for line in news
            )
    except IntegrityError:
        return None
    return digest, lines


def send(user: Any, today: date) -> bool:
    """Mail one person.

    A server that surely did not take the mail gives the digest free, for a later try. When that is
    not sure (the line broke in the middle) it counts as sent: rather one mail missed than two.
    """
    claimed = claim(user, today)
    if claimed is None:
        return False
    digest, lines = claimed
    try:
        message(user, lines).send()
    except NOT_TAKEN:
        digest.delete()
        raise
    Digest.objects.filter(pk=digest.pk).update(sent_at=clock.now())
    return True


def message(user: Any, lines: list[Line]) -> EmailMultiAlternatives:
    late = [line for line in lines if line.days < 0]
    context = {
        "user": user,
        "late": late,
        "coming": [line for line in lines if line.days >= 0],
        "regions": regions_of(lines),
        "site": settings.SITE_URL,
    }
    number = len(lines)
    subject = f"{number} {'taak vraagt' if number == 1 else 'taken vragen'} uw aandacht"
    if late:
        subject += f", {len(late)} te laat"
    mail = EmailMultiAlternatives(
        subject,
        render_to_string("tasks/digest.txt", context),
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("tasks/digest.html", context), "text/html")
    return mail


def regions_of(lines: Iterable[Line]) -> list[Any]:
    here = {line.task.tenant_id for line in lines}
    return [tenant for tenant in organisation().tenants() if tenant.pk in here]


def recipients() -> list[Any]:
    """Every active user who works somewhere, each once."""
    found: dict[int, Any] = {}
    for tenant in organisation().tenants():
        found |= {person.pk: person for person, _ in organisation().people(int(tenant.pk))}
    return [found[key] for key in sorted(found)]


def send_all(job: RunningJob) -> dict[str, Any]:
    """Mail everybody for whom there is news; how many, and how many could not be reached."""
    today, people = clock.today(), recipients()
    sent = failed = 0
    for number, person in enumerate(people):
        job.progress(number, len(people), "Herinneringen versturen")
        try:
            sent += send(get_user_model().objects.get(pk=person.pk), today)
        except OSError as error:
            failed += 1
            log.warning("reminder_not_sent", user_id=person.pk, error=type(error).__name__)
    return {"sent": sent, "failed": failed}


def ask_for_mails() -> None:
    enqueue(kind=REMIND, title="Herinneringen versturen")
