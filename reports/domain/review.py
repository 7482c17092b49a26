"""The annual evaluation: per goal what was aimed at and what was reached, from its two half-years.

What was learned and decided comes from the sessions and cases of the year (`lessons`), beside what
people write: reports.domain.passages gives each goal its places.
"""

from django.utils.text import slugify

from .content import GoalBlock, SegmentChapter
from .judged import GoalReview
from .sentences import statement, target


def review(segments: tuple[SegmentChapter, ...]) -> tuple[GoalReview, ...]:
    return tuple(_review(segment, goal) for segment in segments for goal in segment.goals)


def goal_key(segment: str, number: str) -> str:
    return f"{slugify(segment)}-{slugify(number)}"


def _review(segment: SegmentChapter, goal: GoalBlock) -> GoalReview:
    aims = dict.fromkeys(
        f"{figure.name}. {target(figure)}" for figure in goal.figures if figure.target
    )
    return GoalReview(
        key=goal_key(segment.code, goal.number),
        segment=segment.name,
        number=goal.number,
        text=goal.text,
        aimed=tuple(aims),
        reached=tuple(statement(f) for f in goal.figures if f.now.known or f.now.hidden),
        figures=goal.figures,
        no_figure=goal.no_figure,
    )
