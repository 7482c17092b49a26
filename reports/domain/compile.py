"""From a plan to the content of an edition: one pure function."""

from .chapters import (
    FLOW,
    KEY_FIGURES,
    OUTCOME,
    QUALITY,
    TRANSFORMATION,
    WAITING,
    categories,
    cell_of,
    definitions,
    market,
    segment_chapter,
    trend,
)
from .content import EditionContent, Trend
from .plan import EditionPlan
from .summary import limits, summary

TRENDS = ("clients", "wait_p50", "dropout_rate", "stay_share")


def compile_edition(plan: EditionPlan) -> EditionContent:
    """Everything that the edition says; the same plan gives the same content."""
    cell = cell_of(plan)
    key_figures = plan.book.figures(KEY_FIGURES, cell)
    segments = tuple(segment_chapter(plan, segment) for segment in plan.segments)
    blocks = {
        "flow": plan.book.figures(FLOW, cell),
        "waiting": plan.book.figures(WAITING, cell),
        "outcome": plan.book.figures(OUTCOME, cell),
        "transformation": plan.book.figures(TRANSFORMATION, cell),
        "quality": plan.book.figures(QUALITY, cell),
    }
    used = {f.code for f in key_figures} | {
        f.code for s in segments for goal in s.goals for f in goal.figures
    }
    if not plan.for_councils:
        used |= {f.code for block in blocks.values() for f in block}
    return EditionContent(
        title=_title(plan),
        subtitle=f"{plan.half.title.capitalize()}",
        region=plan.region,
        municipality=plan.municipality,
        organisation=plan.organisation,
        half_year=plan.half.label,
        half_year_title=plan.half.title,
        scheme=plan.scheme,
        is_baseline=plan.is_baseline,
        is_demo=plan.is_demo,
        for_councils=plan.for_councils,
        known_on=plan.known_on,
        cutoff_run=plan.cutoff_run,
        made_on=plan.made_on,
        summary=summary(plan, key_figures, segments, plan.money),
        key_figures=key_figures,
        trends=_trends(plan),
        categories=categories(plan) if not plan.gm_code else (),
        segments=segments,
        money=plan.money,
        market=market(plan) if not plan.gm_code else (),
        limits=limits(plan, blocks["quality"]),
        definitions=definitions(plan, used),
        notes=plan.notes,
        **blocks,
    )


def _title(plan: EditionPlan) -> str:
    if not plan.for_councils:
        return "Halfjaarrapportage voor contractmanagers"
    return "Nulmeting jeugdhulp" if plan.is_baseline else "Voortgangsrapportage jeugdhulp"


def _trends(plan: EditionPlan) -> tuple[Trend, ...]:
    cell = cell_of(plan)
    found = (trend(plan, code, cell) for code in TRENDS)
    return tuple(t for t in found if t is not None)
