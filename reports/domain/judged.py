"""What the parties judged together: of a half-year, and what a year taught."""

from dataclasses import dataclass
from datetime import date

from .points import Figure


@dataclass(frozen=True)
class JudgedLine:
    """A goal or indicator as the parties judged it; `tone` as of a Statement."""

    name: str
    verdict: str
    tone: str
    reason: str


@dataclass(frozen=True)
class DecidedLine:
    """Who does what by when."""

    what: str
    who: str
    due_on: date


@dataclass(frozen=True)
class JudgedTogether:
    """What came of reading the figures together: its meaning, the verdicts, the decisions."""

    concluded_on: date
    meaning: str
    heard: tuple[str, ...]
    judged: tuple[JudgedLine, ...]
    decided: tuple[DecidedLine, ...]

    @property
    def alike(self) -> list[tuple[JudgedLine, list[str]]]:
        """Per verdict with one reason: a line of it, and the names of all that got it."""
        found: dict[tuple[str, str], tuple[JudgedLine, list[str]]] = {}
        for line in self.judged:
            found.setdefault((line.verdict, line.reason), (line, []))[1].append(
                line.name.rstrip(".")
            )
        return list(found.values())


@dataclass(frozen=True)
class GoalReview:
    """A goal in the annual evaluation."""

    key: str
    segment: str
    number: str
    text: str
    aimed: tuple[str, ...]
    reached: tuple[str, ...]
    figures: tuple[Figure, ...]
    no_figure: str = ""


@dataclass(frozen=True)
class Seen:
    """What the parties together made of a segment in one half-year."""

    half_year_title: str
    meaning: str
    heard: tuple[str, ...]


@dataclass(frozen=True)
class GoalLesson:
    """The judgements of a year about a goal, by the key of its GoalReview."""

    key: str
    lines: tuple[JudgedLine, ...]


@dataclass(frozen=True)
class SegmentLessons:
    """What the sessions and the cases of a year say of a segment. Providers are not named."""

    segment: str
    seen: tuple[Seen, ...]
    goals: tuple[GoalLesson, ...]
    decided: tuple[DecidedLine, ...]
    cases: tuple[str, ...]
