"""Which chapters an edition has, in order; page, PDF and questions share this."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import slugify

from ..enums import EditionKind
from .content import EditionContent

Anchors = list[tuple[str, str]]


@dataclass(frozen=True)
class Chapter:
    """A part of an edition: its template, and where a reader finds what is in it."""

    name: str
    anchors: Callable[[EditionContent], Anchors]
    is_there: Callable[[EditionContent], bool] = lambda content: True

    @property
    def template(self) -> str:
        return f"reports/edition/chapters/{self.name}.html"


def _one(
    name: str, title: str, is_there: Callable[[EditionContent], bool] | None = None
) -> Chapter:
    def anchors(content: EditionContent) -> Anchors:
        return [(name, title)]

    return Chapter(name, anchors, is_there) if is_there else Chapter(name, anchors)


def _segments(content: EditionContent) -> Anchors:
    return [(f"segment-{slugify(s.code)}", s.name) for s in content.segments]


def _mirrored(content: EditionContent) -> Anchors:
    return [(f"spiegel-{slugify(s.code)}", s.name) for s in content.mirror]


SUMMARY = _one("samenvatting", "Samenvatting")
LIMITS = _one("grenzen", "Wat deze cijfers niet zeggen")
DEFINITIONS = _one("begrippen", "Begrippen en bronnen")
MONEY = _one("geld", "Geld")
PROGRESS = (
    SUMMARY,
    _one("ontwikkeling", "Hoe ontwikkelt de jeugdhulp zich?", lambda c: bool(c.trends)),
    Chapter("segmenten", _segments),
    _one("stroom", "In-, door- en uitstroom"),
    _one("gemeenten", "Per gemeente", lambda c: bool(c.places)),
    _one("landelijk", "Nederland ernaast", lambda c: bool(c.national)),
    _one("uitkomst", "Uitkomst en transformatie"),
    MONEY,
    _one("markt", "Aanbieders en markt", lambda c: bool(c.market)),
    LIMITS,
    DEFINITIONS,
)
OUTLINES: dict[str, tuple[Chapter, ...]] = {
    EditionKind.EXECUTIVE: (_one("bestuur", "Bestuurlijk overzicht"),),
    EditionKind.PROVIDER: (SUMMARY, Chapter("spiegel", _mirrored), LIMITS, DEFINITIONS),
    EditionKind.EVALUATION: (
        SUMMARY,
        _one("evaluatie", "Wat we wilden, bereikten, leerden en besloten"),
        MONEY,
        LIMITS,
        DEFINITIONS,
    ),
    EditionKind.PROGRAMME: (
        SUMMARY,
        _one("opgaven", "Hoe het met de ontwikkelopgaven staat"),
        LIMITS,
        DEFINITIONS,
    ),
    EditionKind.PROJECTION: (SUMMARY, MONEY, LIMITS, DEFINITIONS),
}


def chapters(content: EditionContent) -> list[Chapter]:
    """The chapters that this edition has something to say in."""
    outline = OUTLINES.get(content.kind, PROGRESS)
    return [chapter for chapter in outline if chapter.is_there(content)]


def contents(content: EditionContent) -> Anchors:
    """Anchors and titles for the list of contents, in order."""
    return [anchor for chapter in chapters(content) for anchor in chapter.anchors(content)]
