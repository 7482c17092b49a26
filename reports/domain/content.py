"""What an edition says, as plain values: between the figures and the page, PDF or file.

Stored with the edition as JSON. Amounts are euros, shares lie between 0 and 1.
"""

from dataclasses import dataclass
from datetime import date

from .judged import GoalReview, JudgedTogether, SegmentLessons
from .points import Figure, Point, TargetLine


@dataclass(frozen=True)
class Statement:
    """A sentence of the summary with its weight: 'good', 'bad', 'note' or 'plain'."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True)
class Trend:
    """One indicator over half-years, oldest first; `norm` is a target that is a number."""

    figure_code: str
    title: str
    kind: str
    labels: tuple[str, ...]
    points: tuple[Point, ...]
    norm: float | None = None


@dataclass(frozen=True)
class GoalBlock:
    """A goal of the segment with the indicators that follow it, or why there are none."""

    number: str
    text: str
    figures: tuple[Figure, ...] = ()
    no_figure: str = ""
    sub_goals: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class AgreedLine:
    code: str
    target: TargetLine


@dataclass(frozen=True)
class AgreedOf:
    """What was agreed for a segment and held on the last day of the half-year: `told` says with
    whom and since when."""

    segment: str
    told: str
    lines: tuple[AgreedLine, ...]

    def target(self, code: str) -> TargetLine | None:
        return next((line.target for line in self.lines if line.code == code), None)


@dataclass(frozen=True)
class FunnelProvider:
    name: str
    cases: float
    value: float


@dataclass(frozen=True)
class Funnel:
    """Providers of a segment around its value; limits as (cases, low, high) curves."""

    code: str
    title: str
    centre: float
    points: tuple[FunnelProvider, ...]
    near: tuple[tuple[float, ...], ...]
    far: tuple[tuple[float, ...], ...]
    too_small: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ProviderRow:
    name: str
    clients: float
    inflow: float
    outflow: float
    spend: float | None


@dataclass(frozen=True)
class SegmentChapter:
    code: str
    name: str
    definition: str
    takes_part: str
    goals: tuple[GoalBlock, ...]
    figures: tuple[Figure, ...]
    trend: Trend | None
    sentences: tuple[str, ...]
    tasks: tuple[str, ...]
    notes: tuple[str, ...]
    funnels: tuple[Funnel, ...] = ()
    providers: tuple[ProviderRow, ...] = ()
    judgement: JudgedTogether | None = None


@dataclass(frozen=True)
class MoneyRow:
    """Money of one segment in the half-year, in euros; empty where hidden or unknown."""

    name: str
    spend: Point
    completed: Point
    budget: float | None
    use: float | None
    year_ago: Point


@dataclass(frozen=True)
class Fan:
    """The projection: per month what was seen, what is expected and its 80 and 95 % bands."""

    months: tuple[str, ...]
    observed: tuple[float | None, ...]
    expected: tuple[float, ...]
    low80: tuple[float, ...]
    high80: tuple[float, ...]
    low95: tuple[float, ...]
    high95: tuple[float, ...]
    budget: tuple[float | None, ...]
    as_of: str


@dataclass(frozen=True)
class YearLine:
    year: int
    expected: float
    low80: float
    high80: float
    budget: float | None
    savings: float


@dataclass(frozen=True)
class KnownLine:
    """Decisions of one kind that start later, with what they add in every year of the table."""

    name: str
    amounts: tuple[float, ...]


@dataclass(frozen=True)
class MoneyChapter:
    rows: tuple[MoneyRow, ...]
    total: MoneyRow | None
    sentences: tuple[str, ...]
    fan: Fan | None
    years: tuple[YearLine, ...]
    turning_point: str
    budget_note: str
    fictitious: bool
    known: tuple[KnownLine, ...] = ()


@dataclass(frozen=True)
class MarketRow:
    segment: str
    providers: Point
    top3_spend: Point
    top7_spend: Point
    hhi: Point


@dataclass(frozen=True)
class Definition:
    name: str
    text: str
    source: str


@dataclass(frozen=True)
class Category:
    """Direction x stay: what the document states beside what the data shows (shares)."""

    name: str
    stated_budget: float | None
    stated_clients: float | None
    spend_share: Point
    client_share: Point


@dataclass(frozen=True)
class MirrorLine:
    """One indicator of a provider beside its segment; `verdict` says what chance makes of it."""

    code: str
    name: str
    kind: str
    own: Point
    year_ago: Point
    segment: Point
    verdict: str = ""


@dataclass(frozen=True)
class MirrorTrend:
    """A provider's own line with that of the segment behind it, oldest first."""

    title: str
    kind: str
    labels: tuple[str, ...]
    own: tuple[Point, ...]
    segment: tuple[Point, ...]


@dataclass(frozen=True)
class MirrorSegment:
    code: str
    name: str
    definition: str
    lines: tuple[MirrorLine, ...]
    trend: MirrorTrend | None


@dataclass(frozen=True)
class NationalLine:
    """A ratio here beside that of the whole of the Netherlands in another half-year."""

    name: str
    kind: str
    here: Point
    there: float
    half_year_title: str
    status: str
    source: str


@dataclass(frozen=True)
class Promise:
    """What the last edition said that would be done, in which half-year's edition."""

    segment: str
    text: str
    half_year_title: str


@dataclass(frozen=True)
class Answered:
    """A council's question with its answer; the asker is not named, the municipality is."""

    question: str
    answer: str
    municipality: str = ""


@dataclass(frozen=True)
class PlacePanel:
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class PlaceChart:
    """One indicator per municipality, by name, on one scale; `points` is the region."""

    figure_code: str
    title: str
    kind: str
    labels: tuple[str, ...]
    points: tuple[Point, ...]
    panels: tuple[PlacePanel, ...]


@dataclass(frozen=True)
class EditionContent:
    """All that an edition says. What came later than the first editions has an empty default."""

    title: str
    subtitle: str
    region: str
    municipality: str
    organisation: str
    half_year: str
    half_year_title: str
    scheme: str
    is_baseline: bool
    is_demo: bool
    for_councils: bool
    known_on: date
    cutoff_run: int
    made_on: date
    summary: tuple[Statement, ...]
    key_figures: tuple[Figure, ...]
    trends: tuple[Trend, ...]
    categories: tuple[Category, ...]
    segments: tuple[SegmentChapter, ...]
    flow: tuple[Figure, ...]
    waiting: tuple[Figure, ...]
    outcome: tuple[Figure, ...]
    transformation: tuple[Figure, ...]
    money: MoneyChapter
    market: tuple[MarketRow, ...]
    quality: tuple[Figure, ...]
    limits: tuple[str, ...]
    definitions: tuple[Definition, ...]
    notes: tuple[str, ...] = ()
    # Empty for progress reports.
    kind: str = ""
    provider: str = ""
    mirror: tuple[MirrorSegment, ...] = ()
    national: tuple[NationalLine, ...] = ()
    promises: tuple[Promise, ...] = ()
    answered: tuple[Answered, ...] = ()
    places: tuple[PlaceChart, ...] = ()
    review: tuple[GoalReview, ...] = ()
    lessons: tuple[SegmentLessons, ...] = ()
    # Only segments with an agreed set; None in what was made before it was looked at.
    agreed: tuple[AgreedOf, ...] | None = None


# Fields that came later: empty, they are no part of the checksum of what was made before them.
LATER = (
    "kind", "provider", "mirror", "national", "promises", "answered", "places", "review",
    "lessons", "agreed",
)  # fmt: skip
