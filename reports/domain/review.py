"""The annual evaluation: per goal what was aimed at and what was reached, from its two half-years.

What was learned and decided is for people to write: reports.domain.passages gives each goal its
places.
"""

from django.utils.text import slugify

from .content import GoalBlock, GoalReview, SegmentChapter
from .sentences import statement, target


def review(segments: tuple[SegmentChapter, ...]) -> tuple[GoalReview, ...]:
    return tuple(_review(segment, goal) for segment in segments for goal in segment.goals)


def _review(segment: SegmentChapter, goal: GoalBlock) -> GoalReview:
    aims = dict.fromkeys(
        f"{figure.name}. {target(figure)}" for figure in goal.figures if figure.target
    )
    return GoalReview(
        key=f"{slugify(segment.code)}-{slugify(goal.number)}",
        segment=segment.name,
        number=goal.number,
        text=goal.text,
        aimed=tuple(aims),
        reached=tuple(statement(f) for f in goal.figures if f.now.known or f.now.hidden),
        figures=goal.figures,
        no_figure=goal.no_figure,
    )
