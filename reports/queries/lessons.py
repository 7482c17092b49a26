"""What a year taught and what was decided, per segment, from its sessions and its cases."""

from collections.abc import Iterable, Iterator

from core.periods import HalfYear
from monitoring.queries.cases_of_period import CasesOfTheme, cases_of_period
from monitoring.queries.judgements import Judged, SegmentJudgement, for_edition
from regions.models import Region
from segments.models import SegmentScheme

from ..domain.judged import DecidedLine, GoalLesson, JudgedLine, Seen, SegmentLessons
from ..domain.plan import GoalPlan, SegmentPlan
from ..domain.review import goal_key
from .judgements import TONES

EVERYWHERE = "Alle segmenten"
Sessions = list[tuple[HalfYear, SegmentJudgement]]


def lessons_of_year(
    region: Region, last: HalfYear, scheme: SegmentScheme, segments: Iterable[SegmentPlan]
) -> tuple[SegmentLessons, ...]:
    """Of both half-years of the year that `last` closes, as councils may read it."""
    halves = (last.previous(), last)
    judged = {half: for_edition(region, half, scheme, for_councils=True) for half in halves}
    cases = cases_of_period(region, halves[0].start, last.end)
    found = [
        _of_segment(
            segment,
            [(half, judged[half][segment.code]) for half in halves if segment.code in judged[half]],
            cases.get(segment.code, ()),
        )
        for segment in segments
    ]
    general = tuple(_told(theme) for theme in cases.get("", ()))
    if general:
        found.append(SegmentLessons(EVERYWHERE, (), (), (), general))
    return tuple(one for one in found if one.seen or one.decided or one.cases)


def _of_segment(
    segment: SegmentPlan, sessions: Sessions, cases: Iterable[CasesOfTheme]
) -> SegmentLessons:
    goals = (
        GoalLesson(goal_key(segment.code, goal.number), tuple(_judged(goal, sessions)))
        for goal in segment.goals
    )
    return SegmentLessons(
        segment=segment.name,
        seen=tuple(Seen(half.title, one.meaning, one.heard) for half, one in sessions),
        goals=tuple(goal for goal in goals if goal.lines),
        decided=tuple(
            DecidedLine(d.what, d.who, d.due_on) for _, one in sessions for d in one.decided
        ),
        cases=tuple(_told(theme) for theme in cases),
    )


def _judged(goal: GoalPlan, sessions: Sessions) -> Iterator[JudgedLine]:
    """The judgement of the goal itself; of its indicators where nobody judged the goal."""
    for half, session in sessions:
        own = [line for line in session.judged if line.number == goal.number and line.verdict]
        rest = [line for line in session.judged if line.code in goal.indicators and line.verdict]
        yield from (_line(half, line) for line in own or rest)


def _line(half: HalfYear, line: Judged) -> JudgedLine:
    when = half.title.capitalize()
    name = when if line.number else f"{when}, {line.name.lower()}"
    return JudgedLine(name, line.verdict, TONES.get(line.tone, "plain"), line.reason)


def _told(theme: CasesOfTheme) -> str:
    one = theme.running == 1
    told = (
        f"Over {theme.theme} {'liep' if one else 'liepen'} {_count(theme.running)} "
        f"{'zaak met een aanbieder' if one else 'zaken met aanbieders'}"
    )
    if theme.begun:
        told += "; die begon dit jaar" if one else f"; {_count(theme.begun)} begonnen dit jaar"
    ended = [f"{_count(count)} met ‘{outcome}’" for outcome, count in theme.ended]
    if ended:
        told += f". Gesloten: {', '.join(ended)}"
    return f"{told}."


def _count(count: int) -> str:
    return "één" if count == 1 else str(count)
