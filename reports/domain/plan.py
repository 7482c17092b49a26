"""What a compiled edition needs to know beside the figures: plain values, no database."""

from dataclasses import dataclass, field
from datetime import date

from core.periods import HalfYear

from .book import Book
from .content import AgreedOf, Answered, Funnel, MoneyChapter, Promise, ProviderRow
from .judged import JudgedTogether, SegmentLessons
from .national import Counted


@dataclass(frozen=True)
class GoalPlan:
    number: str
    text: str
    indicators: tuple[str, ...]
    no_figure: str = ""
    sub_goals: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class SegmentPlan:
    code: str
    name: str
    definition: str
    goals: tuple[GoalPlan, ...]
    tasks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    # How the municipality of the edition takes part; empty for 'as all do'.
    participation: str = ""
    absent: bool = False
    fed_by_delivery: bool = False


@dataclass(frozen=True)
class CategoryPlan:
    code: str
    name: str
    budget_share: float | None
    client_share: float | None


@dataclass(frozen=True)
class EditionPlan:
    """`history` runs up to and including the half-year of the edition, oldest first."""

    book: Book
    half: HalfYear
    history: tuple[HalfYear, ...]
    region: str
    organisation: str
    gm_code: str
    municipality: str
    scheme: str
    is_baseline: bool
    is_demo: bool
    for_councils: bool
    known_on: date
    cutoff_run: int
    made_on: date
    segments: tuple[SegmentPlan, ...]
    categories: tuple[CategoryPlan, ...]
    money: MoneyChapter
    funnels: dict[str, tuple[Funnel, ...]]
    providers: dict[str, tuple[ProviderRow, ...]]
    notes: tuple[str, ...] = ()
    # A kind of edition; empty for progress reports.
    kind: str = ""
    # The AGB code and name of the provider whose mirror this is.
    provider: str = ""
    provider_name: str = ""
    # Of the region as a whole: its municipalities as (code, name), by name.
    members: tuple[tuple[str, str], ...] = ()
    national: tuple[Counted, ...] = ()
    promises: tuple[Promise, ...] = ()
    answered: tuple[Answered, ...] = ()
    # By code of segment, where the parties have judged.
    judgements: dict[str, JudgedTogether] = field(default_factory=dict)
    # Of a whole year, for its evaluation.
    lessons: tuple[SegmentLessons, ...] = ()
    # By code of segment, where something was agreed: with the provider of a mirror, else with all.
    agreed: dict[str, AgreedOf] = field(default_factory=dict)
