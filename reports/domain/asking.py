"""Questions of councils about an edition, their answers, and counting that it is read."""

from typing import Any

from django.db import transaction
from django.db.models import F

from core import clock
from core.errors import DomainError
from core.tasks.api import sync_tasks

from ..models import Edition, ReadCount, ReaderQuestion
from ..queries.texts import written
from ..rules import asking_municipalities, check_can_answer_comments, check_can_ask
from .announcing import tell_answer
from .outline import contents


@transaction.atomic
def ask(*, edition: Edition, chapter: str, text: str, by: Any) -> ReaderQuestion:
    """Ask about a chapter of a published edition, for the asker's municipality.

    Effects: a question, and a task for the region's staff.
    """
    check_can_ask(by, edition)
    if chapter not in dict(contents(written(edition).content)):
        raise DomainError("Dit onderdeel staat niet in de rapportage.", code="onderdeel-onbekend")
    sync_tasks(edition.region_id)
    return ReaderQuestion.objects.create(
        edition=edition,
        key=chapter,
        municipality=asking_municipalities(by, edition)[0],
        text=text.strip(),
        by=by,
    )


@transaction.atomic
def answer(*, question: ReaderQuestion, text: str, by: Any) -> ReaderQuestion:
    """Answer a question, once. Effects: a mail to the asker after the commit."""
    check_can_answer_comments(by, question.edition)
    locked = ReaderQuestion.objects.select_for_update().get(pk=question.pk)
    if locked.answered_at is not None:
        raise DomainError("Deze vraag is al beantwoord.", code="vraag-beantwoord")
    locked.answer, locked.answered_at, locked.answered_by = text.strip(), clock.now(), by
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    transaction.on_commit(lambda: tell_answer(locked))
    sync_tasks(question.edition.region_id)
    return locked


def count_read(edition: Edition, medium: str) -> None:
    """One more reading today; nobody's name is kept."""
    row, is_new = ReadCount.objects.get_or_create(
        edition=edition, day=clock.today(), medium=medium, defaults={"times": 1}
    )
    if not is_new:
        ReadCount.objects.filter(pk=row.pk).update(times=F("times") + 1)
