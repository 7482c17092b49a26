"""Telling councils that an edition is there, and askers that their question is answered."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from core.jobs.api import RunningJob
from core.users.models import User
from regions.enums import Role

from ..models import Announcement, Edition, ReaderQuestion

READERS = (Role.COUNCIL_MEMBER, Role.COUNCIL_CLERK, Role.EXECUTIVE)


def announce(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `reports.announce`: one mail per reader, none twice when it runs again."""
    edition = Edition.objects.select_related("region").get(pk=UUID(job.params["edition"]))
    readers = list(readers_of(edition))
    for number, reader in enumerate(readers):
        job.progress(number, len(readers), f"bericht {number + 1} van {len(readers)}")
        _tell(edition, reader)
    return job.finish_with(lambda: {"told": len(readers)})


def readers_of(edition: Edition) -> Any:
    """The council, clerk and executives of the edition's municipality, or of all of them."""
    roles = {"role_assignments__role__in": READERS, "role_assignments__region": edition.region_id}
    if edition.municipality:
        roles["role_assignments__municipality__gm_code"] = edition.municipality
    return User.objects.filter(is_active=True, **roles).distinct().order_by("pk")


@transaction.atomic
def _tell(edition: Edition, reader: User) -> None:
    _, is_new = Announcement.objects.get_or_create(edition=edition, user=reader)
    if is_new:
        _mail(
            reader,
            subject=f"Nieuw: {edition.in_a_sentence}, {edition.period.title}",
            template="reports/mail/published.txt",
            context={"edition": edition, "url": _url(edition)},
        )


def tell_answer(question: ReaderQuestion) -> None:
    """Mail the asker that the answer is there."""
    if question.by is not None and question.by.is_active:
        _mail(
            question.by,
            subject=f"Antwoord op uw vraag over de {question.edition.in_a_sentence}",
            template="reports/mail/answered.txt",
            context={"question": question, "url": f"{_url(question.edition)}#vragen"},
        )


def _url(edition: Edition) -> str:
    path = reverse("edition", args=[edition.region.slug, edition.pk])
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _mail(user: User, *, subject: str, template: str, context: dict[str, Any]) -> None:
    text = render_to_string(template, {"user": user, **context})
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject, text, to=[user.email], headers=headers).send()
