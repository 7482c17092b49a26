"""Writing, commenting and answering: what people do with a made edition."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock
from core.errors import DomainError

from ..models import Comment, Edition, Passage
from ..queries.texts import made_content, written
from ..rules import check_can_answer_comments, check_can_comment, check_can_write
from .binding import bind, fill
from .passages import Place, figures_for, place_of
from .render import SHEETS, pdf


def template_of(place: Place, passage: Passage | None) -> str:
    """What the author starts from: the last text, or the made sentence with its figures bound."""
    return passage.template if passage else bind(place.made).template


@transaction.atomic
def write_passage(*, edition: Edition, key: str, template: str, by: Any) -> Passage:
    """Give a place of the edition its text; an empty text leaves the place out.

    Effects: a next version of the passage. A typed number or an unknown figure is refused, and a
    text with which an edition of one page does not fit that page.
    """
    check_can_write(by, edition)
    Edition.objects.select_for_update().get(pk=edition.pk)
    place = _place(edition, key)
    content = made_content(edition)
    clean = template.replace("\r\n", "\n").strip()
    text = fill(clean, bind(place.made).values, figures_for(content, place.segment))
    latest = edition.passages.filter(key=key).aggregate(top=Max("version"))["top"] or 0
    passage = Passage.objects.create(
        edition=edition, key=key, version=latest + 1, template=clean, text=text, by=by
    )
    if content.kind in SHEETS:
        # Refused here, with the author at the desk, instead of when it is printed.
        pdf(written(edition), edition)
    return passage


@transaction.atomic
def restore_made(*, edition: Edition, key: str, by: Any) -> Passage:
    """Go back to what the rules wrote; the author's version is kept in the history."""
    place = _place(edition, key)
    return write_passage(edition=edition, key=key, template=bind(place.made).template, by=by)


def comment(*, edition: Edition, key: str, text: str, by: Any) -> Comment:
    """Put a remark at a place, to be answered before the edition is adopted."""
    check_can_comment(by, edition)
    _place(edition, key)
    return Comment.objects.create(edition=edition, key=key, text=text.strip(), by=by)


@transaction.atomic
def answer_comment(*, comment: Comment, answer: str, by: Any) -> Comment:
    """Say what was done with a remark; it is then resolved."""
    check_can_answer_comments(by, comment.edition)
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    if locked.answered_at is not None:
        raise DomainError("Deze opmerking is al verwerkt.", code="opmerking-verwerkt")
    locked.answer, locked.answered_at, locked.answered_by = answer.strip(), clock.now(), by
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    return locked


def _place(edition: Edition, key: str) -> Place:
    place = place_of(made_content(edition), key)
    if place is None:
        raise DomainError("Deze alinea staat niet in de rapportage.", code="alinea-onbekend")
    return place
