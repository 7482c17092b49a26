"""The text of an edition as it reads now, as it was, and what is said about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core.plain import from_plain, to_plain
from core.states.api import steps_of

from ..domain.content import EditionContent
from ..domain.differences import Piece, differences
from ..domain.passages import Place, Written, places, write
from ..enums import EDITION, EditionState
from ..models import Comment, Edition, Passage


@dataclass(frozen=True)
class PlaceNow:
    """A place with its text, who wrote it, and the comments on it."""

    place: Place
    text: str
    passage: Passage | None
    comments: tuple[Comment, ...]

    @property
    def is_edited(self) -> bool:
        return self.passage is not None

    @property
    def open_comments(self) -> int:
        return sum(comment.answered_at is None for comment in self.comments)


@dataclass(frozen=True)
class Changed:
    """A place whose text differs between two moments, word by word."""

    place: Place
    pieces: tuple[Piece, ...]


def made_content(edition: Edition) -> EditionContent:
    content: EditionContent = from_plain(EditionContent, edition.content)
    return content


def written(edition: Edition) -> Written:
    """What the edition says: as adopted, or with the newest text of its authors."""
    if edition.final is not None:
        return Written(
            from_plain(EditionContent, edition.final["content"]), dict(edition.final["authored"])
        )
    return write(made_content(edition), texts_on(edition))


def shown(edition: Edition) -> dict[str, Any]:
    """The same as plain values: `content`, and what authors wrote in `authored`."""
    if edition.final is not None:
        return dict(edition.final)
    if not edition.passages.exists():
        return {"content": edition.content, "authored": {}}
    text = written(edition)
    return {"content": to_plain(text.content), "authored": text.authored}


def texts_on(edition: Edition, moment: datetime | None = None) -> dict[str, str]:
    """The authors' text per place, now or as it was at a moment."""
    return {key: passage.text for key, passage in _newest(edition, moment).items()}


def _newest(edition: Edition, moment: datetime | None = None) -> dict[str, Passage]:
    rows = edition.passages.select_related("by").order_by("version")
    if moment is not None:
        rows = rows.filter(at__lte=moment)
    return {passage.key: passage for passage in rows}


def places_now(edition: Edition) -> list[PlaceNow]:
    passages = _newest(edition)
    comments: dict[str, list[Comment]] = {}
    for comment in edition.comments.select_related("by", "answered_by"):
        comments.setdefault(comment.key, []).append(comment)
    return [
        PlaceNow(
            place=place,
            text=passages[place.key].text if place.key in passages else place.made,
            passage=passages.get(place.key),
            comments=tuple(comments.get(place.key, ())),
        )
        for place in places(made_content(edition))
    ]


def text_at(edition: Edition, place: Place) -> str:
    """What stands at one place now; empty where it was left out or never written."""
    passage = _newest(edition).get(place.key)
    return passage.text if passage else place.made


def open_comments(edition: Edition) -> QuerySet[Comment]:
    return edition.comments.filter(answered_at__isnull=True)


def last_laid_before(edition: Edition) -> datetime | None:
    """When the text was last laid before the colleges, or last became a draft."""
    moments = [
        step.at
        for step in steps_of(edition, EDITION)
        if step.target in (EditionState.DRAFT, EditionState.REVIEW)
    ]
    return moments[-1] if moments else None


def changed_since(edition: Edition, moment: datetime | None) -> list[Changed]:
    """Places whose text differs from what it was then; without a moment: from what was made."""
    return list(_changes(edition, moment))


def _changes(edition: Edition, moment: datetime | None) -> Iterator[Changed]:
    now = texts_on(edition)
    then: dict[str, Any] = texts_on(edition, moment) if moment else {}
    for place in places(made_content(edition)):
        old, new = then.get(place.key, place.made), now.get(place.key, place.made)
        if old != new:
            yield Changed(place, differences(old, new))
