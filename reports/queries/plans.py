"""What stands beside the figures: segments, goals, categories, participation."""

from regions.models import Municipality, Region
from segments.enums import Feed, Participation
from segments.models import Segment, SegmentGoal, SegmentScheme

from ..domain.plan import CategoryPlan, GoalPlan, SegmentPlan


def segment_plans(
    scheme: SegmentScheme, gm_code: str = "", *, for_councils: bool = True
) -> tuple[SegmentPlan, ...]:
    rows = scheme.segments.prefetch_related(
        "goals__indicators__indicator",
        "goals__sub_goals",
        "development_tasks",
        "participations__municipality",
    )
    return tuple(_segment(row, gm_code, for_councils=for_councils) for row in rows)


def told_notes(notes: list[dict[str, str]], *, for_councils: bool) -> tuple[str, ...]:
    """Remarks on the documents are for staff; councils read those that were written for them."""
    key = "council" if for_councils else "text"
    return tuple(note[key] for note in notes if note.get(key))


def _segment(segment: Segment, gm_code: str, *, for_councils: bool) -> SegmentPlan:
    part = next(
        (p for p in segment.participations.all() if p.municipality.gm_code == gm_code), None
    )
    told = ""
    if part is not None and part.participation == Participation.PARTIAL:
        told = f"{part.municipality} doet in dit segment voor een deel mee: {part.part}."
    elif part is not None and part.participation == Participation.NONE:
        told = f"{part.municipality} koopt deze hulp niet samen met de regio in."
    return SegmentPlan(
        code=segment.code,
        name=segment.name,
        definition=segment.definition,
        goals=tuple(_goal(g) for g in segment.goals.all() if g.parent_id is None),
        tasks=tuple(
            f"{t.text.rstrip('.')}{f' ({t.period})' if t.period else ''}."
            for t in segment.development_tasks.all()
        ),
        notes=told_notes(segment.notes, for_councils=for_councils),
        participation=told,
        absent=part is not None and part.participation == Participation.NONE,
        fed_by_delivery=segment.feed == Feed.DELIVERY,
    )


def _goal(goal: SegmentGoal) -> GoalPlan:
    links = sorted(goal.indicators.all(), key=lambda link: link.order)
    return GoalPlan(
        number=goal.number,
        text=goal.text,
        indicators=tuple(link.indicator.code for link in links),
        no_figure=goal.no_figure_reason,
        sub_goals=tuple(sub.text for sub in goal.sub_goals.all()),
        source=goal.source,
    )


def category_plans(scheme: SegmentScheme) -> tuple[CategoryPlan, ...]:
    return tuple(
        CategoryPlan(c.code, c.name, _share(c.budget_share), _share(c.client_share))
        for c in scheme.categories.all()
    )


def _share(value: object) -> float | None:
    return None if value is None else float(str(value))


def municipality_name(region: Region, gm_code: str) -> str:
    found = Municipality.objects.filter(gm_code=gm_code, memberships__region=region).first()
    return found.name if found else gm_code
