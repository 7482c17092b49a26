"""The places of an edition where an author may write, and the edition as written.

A made sentence can be rewritten or left out; some places are empty until an author fills them
(what it means, what we do, what was promised). Keys stay the same as long as the edition does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.text import slugify

from ..enums import EditionKind
from .content import EditionContent, SegmentChapter
from .points import Figure
from .sentences import shown


@dataclass(frozen=True)
class Place:
    """A paragraph that an author may write. `made` is empty where the rules say nothing."""

    key: str
    chapter: str
    title: str
    made: str = ""
    segment: str = ""


@dataclass(frozen=True)
class Written:
    """An edition as it reads now: the content with rewritten sentences, and the authors' own."""

    content: EditionContent
    authored: dict[str, str]


FOREWORD = "voorwoord"
PROMISED = "beloofd"
ANSWERED = "raadsvragen"
READING = "duiding"
ACTION = "aanpak"
ASKED = "gevraagd"
LEARNED = "geleerd"
DECIDED = "besloten"


def key_of(segment: SegmentChapter, name: str) -> str:
    """The key of a place in a segment's chapter."""
    return f"segment-{slugify(segment.code)}-{name}"


def places(content: EditionContent) -> tuple[Place, ...]:
    """Every place in the order in which a reader meets them."""
    if content.kind == EditionKind.EXECUTIVE:
        return tuple(_page(content))
    if content.kind == EditionKind.PROVIDER:
        return (*_sentences(content), Place(FOREWORD, "samenvatting", "Voorwoord"))
    if content.kind in _OTHERS:
        return (*_opening(content), *_OTHERS[content.kind](content))
    return (*_summary(content), *_segments(content), *_money(content))


def place_of(content: EditionContent, key: str) -> Place | None:
    return next((place for place in places(content) if place.key == key), None)


def _summary(content: EditionContent) -> Iterator[Place]:
    chapter = "samenvatting"
    yield from _opening(content)
    for number, promise in enumerate(content.promises, start=1):
        yield Place(f"belofte-{number}", chapter, f"{promise.segment}: wat van de belofte kwam")
    yield Place(PROMISED, chapter, "Wat de vorige keer is beloofd, en wat ervan kwam")
    yield Place(ANSWERED, chapter, "Eerdere vragen van de raad, met antwoord")


def _opening(content: EditionContent) -> Iterator[Place]:
    yield Place(FOREWORD, "samenvatting", "Voorwoord")
    yield from _sentences(content)


def _review(content: EditionContent) -> Iterator[Place]:
    """Per goal what was learned and what was decided."""
    for goal in content.review:
        for word, title in ((LEARNED, "wat we leerden"), (DECIDED, "wat we besloten")):
            name = f"{goal.segment}, doel {goal.number}: {title}"
            yield Place(f"doel-{goal.key}-{word}", "evaluatie", name)
    yield from _money(content)


def _tasks(content: EditionContent) -> Iterator[Place]:
    """Per development task how far it is."""
    for segment in content.segments:
        for number, _ in enumerate(segment.tasks, start=1):
            key = f"opgave-{slugify(segment.code)}-{number}"
            yield Place(key, "opgaven", f"{segment.name}, opgave {number}: hoe het staat")


def _sentences(content: EditionContent) -> Iterator[Place]:
    for number, line in enumerate(content.summary, start=1):
        title = f"Samenvatting, zin {number}"
        yield Place(f"samenvatting-{number}", "samenvatting", title, line.text)


def _page(content: EditionContent) -> Iterator[Place]:
    """The one page for a college: the sentences, and what is asked of it."""
    yield from _sentences(content)
    yield Place(ASKED, "bestuur", "Wat we van u vragen")


def _segments(content: EditionContent) -> Iterator[Place]:
    for segment in content.segments:
        chapter = f"segment-{slugify(segment.code)}"
        for number, sentence in enumerate(segment.sentences, start=1):
            yield Place(
                f"{chapter}-zin-{number}",
                chapter,
                f"{segment.name}, zin {number}",
                sentence,
                segment.code,
            )
        yield Place(
            f"{chapter}-{READING}",
            chapter,
            f"{segment.name}: wat het betekent",
            segment=segment.code,
        )
        yield Place(
            f"{chapter}-{ACTION}", chapter, f"{segment.name}: wat we doen", segment=segment.code
        )


def _money(content: EditionContent) -> Iterator[Place]:
    for number, sentence in enumerate(content.money.sentences, start=1):
        yield Place(f"geld-{number}", "geld", f"Geld, zin {number}", sentence)
    yield Place(f"geld-{READING}", "geld", "Geld: wat het betekent")


_OTHERS = {
    EditionKind.EVALUATION.value: _review,
    EditionKind.PROGRAMME.value: _tasks,
    EditionKind.PROJECTION.value: _money,
}


def figures_for(content: EditionContent, segment: str = "") -> dict[str, str]:
    """The figures that a text may name, by the name of their place; a segment's own go first.

    What is protected reads 'afgeschermd'.
    """
    blocks = (
        content.key_figures,
        content.flow,
        content.waiting,
        content.outcome,
        content.transformation,
    )
    found = {figure.code: figure for block in blocks for figure in block}
    for chapter in content.segments:
        if chapter.code == segment:
            found |= {figure.code: figure for figure in _of_segment(chapter)}
    return {name: value for figure in found.values() for name, value in _named(figure)}


def _of_segment(chapter: SegmentChapter) -> Iterator[Figure]:
    for goal in chapter.goals:
        yield from goal.figures
    yield from chapter.figures


def _named(figure: Figure) -> Iterator[tuple[str, str]]:
    yield figure.name, shown(figure.kind, figure.now)
    for moment, point in (("vorig halfjaar", figure.previous), ("jaar eerder", figure.year_ago)):
        if point.known or point.hidden:
            yield f"{figure.name}, {moment}", shown(figure.kind, point)


def write(content: EditionContent, texts: Mapping[str, str]) -> Written:
    """The edition with the authors' texts. An emptied sentence falls away."""
    summary = tuple(
        replace(line, text=text)
        for line, text in zip(
            content.summary,
            _kept("samenvatting", [line.text for line in content.summary], texts),
            strict=True,
        )
    )
    written = replace(
        content,
        summary=tuple(line for line in summary if line.text),
        segments=tuple(_written_segment(segment, texts) for segment in content.segments),
        money=replace(
            content.money,
            sentences=tuple(filter(None, _kept("geld", list(content.money.sentences), texts))),
        ),
    )
    made = {place.key for place in places(content) if place.made}
    return Written(written, {k: text for k, text in texts.items() if text and k not in made})


def _written_segment(segment: SegmentChapter, texts: Mapping[str, str]) -> SegmentChapter:
    stem = f"segment-{slugify(segment.code)}-zin"
    return replace(
        segment, sentences=tuple(filter(None, _kept(stem, list(segment.sentences), texts)))
    )


def _kept(stem: str, made: list[str], texts: Mapping[str, str]) -> list[str]:
    return [texts.get(f"{stem}-{number}", text) for number, text in enumerate(made, start=1)]
