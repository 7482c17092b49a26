"""An edition as anybody reads it on the site: one figure for one thing, and counts in fives.

The rule is that of the indicators: 'The public page also rounds counts to 5'. A sentence that the
colleges adopted keeps its words; a count in it is rounded as the same count in a table is.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from core.formats import number
from core.suppression import rounded

from .binding import PIECES
from .content import EditionContent, SegmentChapter, Trend
from .passages import Written
from .points import Figure, Kind, Point

BLOCKS = ("key_figures", "flow", "waiting", "outcome", "transformation")
# A count may be as large as a number of days; what days are, the word behind it says.
_TIME = re.compile(r" (?:dag|week|weken|maand|jaar|uur)")


def rounded_for_public(text: Written) -> Written:
    """The edition with its counts rounded, in tables, charts and sentences alike."""
    content = text.content
    told = _told_counts(content)
    blocks: dict[str, Any] = {
        name: tuple(_figure(figure) for figure in getattr(content, name)) for name in BLOCKS
    }
    return Written(
        replace(
            content,
            summary=tuple(
                replace(line, text=_sentence(line.text, told)) for line in content.summary
            ),
            trends=tuple(_trend(trend) for trend in content.trends),
            segments=tuple(_segment(segment, told) for segment in content.segments),
            **blocks,
        ),
        {key: _sentence(words, told) for key, words in text.authored.items()},
    )


def _segment(segment: SegmentChapter, told: dict[str, str]) -> SegmentChapter:
    goals = tuple(
        replace(goal, figures=tuple(map(_figure, goal.figures))) for goal in segment.goals
    )
    return replace(
        segment,
        goals=goals,
        figures=tuple(map(_figure, segment.figures)),
        sentences=tuple(_sentence(text, told) for text in segment.sentences),
    )


def _figure(figure: Figure) -> Figure:
    if figure.kind != Kind.COUNT:
        return figure
    return replace(
        figure,
        now=_point(figure.now),
        previous=_point(figure.previous),
        year_ago=_point(figure.year_ago),
    )


def _trend(trend: Trend) -> Trend:
    if trend.kind != Kind.COUNT:
        return trend
    return replace(trend, points=tuple(map(_point, trend.points)))


def _point(point: Point) -> Point:
    if point.hidden or point.value is None:
        return point
    return Point(value=_five(point.value))


def _five(value: float) -> float:
    return float(rounded(round(value)))


def _told_counts(content: EditionContent) -> dict[str, str]:
    """How each count that a sentence may name is written, and how it is written rounded."""
    return {number(value, 0): number(_five(value), 0) for value in _counts(content)}


def _counts(content: EditionContent) -> Iterator[float]:
    figures = [figure for name in BLOCKS for figure in getattr(content, name)]
    for segment in content.segments:
        figures += [*segment.figures, *(f for goal in segment.goals for f in goal.figures)]
    for figure in figures:
        for point in (figure.now, figure.previous, figure.year_ago):
            behind = (point.numerator, point.denominator)
            named = (point.value,) if figure.kind == Kind.COUNT else behind
            yield from (value for value in named if value is not None)


def _sentence(text: str, told: dict[str, str]) -> str:
    def piece(found: re.Match[str]) -> str:
        if found["plain"] or _TIME.match(text, found.end()):
            return found[0]
        word = found[0].rstrip(".,")
        return told.get(word, word) + found[0][len(word) :]

    return PIECES.sub(piece, text)
