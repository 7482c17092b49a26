"""The chapters of an edition, from its plan: what we wanted, what we see, what it means."""

from .book import REGION, Book, Cell
from .change import change
from .content import Category, Definition, GoalBlock, MarketRow, SegmentChapter, Trend
from .plan import CategoryPlan, EditionPlan, GoalPlan, SegmentPlan
from .points import NOTHING, Figure
from .sentences import statement

KEY_FIGURES = ("clients", "inflow", "outflow", "wait_p50", "dropout_rate", "spend")
FLOW = (
    "clients", "clients_stay", "clients_per_100", "inflow", "new_clients", "outflow",
    "outflow_plan", "outflow_provider", "outflow_domain", "duration_p50", "duration_p90",
    "referrer_share_01", "referrer_share_02", "referrer_share_04",
)  # fmt: skip
WAITING = ("wait_p50", "wait_p90", "wait_within_norm", "waiting", "waiting_p50")
OUTCOME = (
    "dropout_rate", "dropout_rate:onesided", "without_help", "goal_attainment",
    "satisfaction_youth", "satisfaction_parent", "repeat_care_rate", "outcome_response",
)  # fmt: skip
TRANSFORMATION = (
    "stay_share", "stay_days", "heavy_to_light", "lighter_to_heavier", "onward_placements",
    "in_region_stay", "extension_rate", "stacked_care", "stacked_providers_3",
)  # fmt: skip
QUALITY = (
    "declaration_lag_p50", "reject_share", "orphan_share", "retroactive_share",
    "missing_stop_share", "outcome_response",
)  # fmt: skip
SEGMENT_FIGURES = ("clients", "inflow", "outflow", "duration_p50", "wait_p50", "spend")
MOST_TOLD = 4
# Told once below the list instead of at every definition.
COMMON_SOURCE = "berichtenverkeer iJw"
# The trend that tells most about a segment, first that has values.
SEGMENT_TRENDS = ("clients", "inflow", "wait_p50")


def cell_of(plan: EditionPlan) -> Cell:
    """The cell that the edition as a whole is about."""
    return Cell(municipality=plan.gm_code) if plan.gm_code else REGION


def trend(plan: EditionPlan, code: str, cell: Cell, title: str = "") -> Trend | None:
    """One indicator over the history; None where there is nothing to draw."""
    measure = plan.book.measures.get(code)
    if measure is None:
        return None
    points = tuple(plan.book.point(code, cell, half) for half in plan.history)
    if sum(point.known for point in points) < 2:
        return None
    goal = plan.book.targets.get((code, cell.segment, cell.category))
    return Trend(
        figure_code=code,
        title=title or measure.name,
        kind=measure.kind,
        labels=tuple(half.label for half in plan.history),
        points=points,
        norm=goal.value if goal else None,
    )


def segment_chapter(plan: EditionPlan, segment: SegmentPlan) -> SegmentChapter:
    cell = Cell(municipality=plan.gm_code, segment=segment.code)
    figures = plan.book.figures(SEGMENT_FIGURES, cell)
    trends = (trend(plan, code, cell) for code in SEGMENT_TRENDS)
    goals = () if segment.absent else tuple(goal_block(plan.book, g, cell) for g in segment.goals)
    return SegmentChapter(
        code=segment.code,
        name=segment.name,
        definition=segment.definition,
        takes_part=segment.participation,
        goals=goals,
        figures=() if segment.absent else figures,
        trend=None if segment.absent else next((t for t in trends if t), None),
        sentences=() if segment.absent else tuple(_told(goals, figures)),
        tasks=segment.tasks,
        notes=segment.notes,
        funnels=plan.funnels.get(segment.code, ()),
        providers=plan.providers.get(segment.code, ()),
        judgement=None if segment.absent else plan.judgements.get(segment.code),
    )


def goal_block(book: Book, goal: GoalPlan, cell: Cell) -> GoalBlock:
    figures = tuple(
        figure
        for figure in (book.figure(code, cell) for code in goal.indicators)
        if figure is not None
    )
    return GoalBlock(
        number=goal.number,
        text=goal.text,
        figures=figures,
        no_figure=goal.no_figure,
        sub_goals=goal.sub_goals,
        source=goal.source,
    )


def _told(goals: tuple[GoalBlock, ...], figures: tuple[Figure, ...]) -> list[str]:
    """What the figures mean: sure changes first, then what has a target, then the rest.

    Each indicator is told once; what has no value is left to the table, what is protected is
    counted in one sentence.
    """
    every = {f.code: f for f in (*figures, *(f for goal in goals for f in goal.figures))}
    known = [f for f in every.values() if f.now.known]
    ordered = sorted(known, key=_weight, reverse=True)
    told = [statement(figure) for figure in ordered[:MOST_TOLD]]
    hidden = sum(f.now.hidden for f in every.values())
    if hidden:
        figures_are = "één cijfer is" if hidden == 1 else f"{hidden} cijfers zijn"
        begin = f"Verder: {figures_are}" if told else figures_are.capitalize()
        told.append(f"{begin} afgeschermd, omdat anders iemand herkend kan worden.")
    return told


def _weight(figure: Figure) -> tuple[bool, bool, float]:
    what = change(figure.kind, figure.now, figure.year_ago)
    return (what.is_certain, figure.target is not None, abs(what.relative or 0.0))


def categories(plan: EditionPlan) -> tuple[Category, ...]:
    """Stated shares beside what the data shows; only the region has both."""
    return tuple(_category(plan.book, c) for c in plan.categories)


def _category(book: Book, category: CategoryPlan) -> Category:
    cell = Cell(category=category.code)
    return Category(
        name=category.name,
        stated_budget=category.budget_share,
        stated_clients=category.client_share,
        spend_share=book.point("spend_share", cell),
        client_share=book.point("client_share", cell),
    )


def market(plan: EditionPlan) -> tuple[MarketRow, ...]:
    rows = []
    for segment in plan.segments:
        cell = Cell(segment=segment.code)
        row = MarketRow(
            segment=f"{segment.code} {segment.name}",
            providers=plan.book.point("providers", cell),
            top3_spend=plan.book.point("top_share_3", cell),
            top7_spend=plan.book.point("top_share_7", cell),
            hhi=plan.book.point("hhi", cell),
        )
        if row.providers != NOTHING:
            rows.append(row)
    return tuple(rows)


def definitions(plan: EditionPlan, used: set[str]) -> tuple[Definition, ...]:
    measures = (m for code, m in plan.book.measures.items() if code in used)
    return tuple(
        Definition(m.name, m.definition, m.source if m.source != COMMON_SOURCE else "")
        for m in measures
    )
