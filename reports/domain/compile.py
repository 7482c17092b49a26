"""From a plan to the content of an edition: one pure function."""

from typing import Any

from ..enums import EditionKind
from .book import Cell
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
from .content import EditionContent, MoneyChapter, Trend
from .mirror import mirror, told
from .national import national_lines
from .places import place_charts
from .plan import EditionPlan
from .review import review
from .summary import LIMITS, limits, summary

TRENDS = ("clients", "wait_p50", "dropout_rate", "stay_share")
NO_MONEY = MoneyChapter((), None, (), None, (), "", "", fictitious=False)


# Kinds that show the figures of goals; '' is the progress report.
WITH_GOALS = ("", EditionKind.EVALUATION.value)


TITLES = {
    EditionKind.EXECUTIVE.value: "Bestuurlijk overzicht jeugdhulp",
    EditionKind.PROVIDER.value: "Spiegel jeugdhulp",
    EditionKind.EVALUATION.value: "Jaarevaluatie jeugdhulp",
    EditionKind.PROGRAMME.value: "Voortgang van het programma",
    EditionKind.PROJECTION.value: "Prognose voor de begroting",
}


def compile_edition(plan: EditionPlan) -> EditionContent:
    """Everything that the edition says; the same plan gives the same content."""
    if plan.kind == EditionKind.PROVIDER:
        return _mirror(plan)
    return _progress(plan)


def _mirror(plan: EditionPlan) -> EditionContent:
    """A provider's own figures beside its segments; of the region as a whole it says nothing."""
    own = Cell(provider=plan.provider)
    segments = mirror(plan)
    figures = plan.book.figures(KEY_FIGURES, own)
    used = {f.code for f in figures} | {line.code for s in segments for line in s.lines}
    return EditionContent(
        **_frame(plan),
        summary=told(segments),
        key_figures=figures,
        trends=(),
        categories=(),
        segments=(),
        money=NO_MONEY,
        market=(),
        flow=(), waiting=(), outcome=(), transformation=(), quality=(),
        limits=LIMITS,
        definitions=definitions(plan, used),
        provider=plan.provider_name,
        mirror=segments,
    )  # fmt: skip


def _progress(plan: EditionPlan) -> EditionContent:
    cell = cell_of(plan)
    key_figures = plan.book.figures(KEY_FIGURES, cell)
    segments = tuple(segment_chapter(plan, segment) for segment in plan.segments)
    blocks: dict[str, Any] = {
        "flow": plan.book.figures(FLOW, cell),
        "waiting": plan.book.figures(WAITING, cell),
        "outcome": plan.book.figures(OUTCOME, cell),
        "transformation": plan.book.figures(TRANSFORMATION, cell),
        "quality": plan.book.figures(QUALITY, cell),
    }
    used = {f.code for f in key_figures}
    if plan.kind in WITH_GOALS:
        used |= {f.code for s in segments for goal in s.goals for f in goal.figures}
    if not plan.for_councils:
        used |= {f.code for block in blocks.values() for f in block}
    return EditionContent(
        **_frame(plan),
        summary=summary(plan, key_figures, segments, plan.money),
        key_figures=key_figures,
        trends=_trends(plan),
        categories=categories(plan) if not plan.gm_code else (),
        segments=segments,
        money=plan.money,
        market=market(plan) if not plan.gm_code else (),
        limits=limits(plan, blocks["quality"]),
        definitions=definitions(plan, used),
        national=national_lines(plan.book, cell, plan.national),
        promises=plan.promises,
        answered=plan.answered,
        places=tuple(place_charts(plan)) if not plan.kind else (),
        review=review(segments) if plan.kind == EditionKind.EVALUATION else (),
        lessons=plan.lessons,
        **blocks,
    )


def _frame(plan: EditionPlan) -> dict[str, Any]:
    """What stands on every cover and in every colophon."""
    return {
        "title": _title(plan),
        "subtitle": _subtitle(plan),
        "region": plan.region,
        "municipality": plan.municipality,
        "organisation": plan.organisation,
        "half_year": plan.half.label,
        "half_year_title": plan.half.title,
        "scheme": plan.scheme,
        "is_baseline": plan.is_baseline,
        "is_demo": plan.is_demo,
        "for_councils": plan.for_councils,
        "known_on": plan.known_on,
        "cutoff_run": plan.cutoff_run,
        "made_on": plan.made_on,
        "notes": plan.notes,
        "kind": plan.kind,
        "agreed": tuple(plan.agreed.values()),
    }


def _subtitle(plan: EditionPlan) -> str:
    if plan.kind == EditionKind.EVALUATION:
        return f"Over {plan.half.year}"
    return plan.half.title.capitalize()


def _title(plan: EditionPlan) -> str:
    if plan.kind in TITLES:
        return TITLES[plan.kind]
    if not plan.for_councils:
        return "Halfjaarrapportage voor contractmanagers"
    return "Nulmeting jeugdhulp" if plan.is_baseline else "Voortgangsrapportage jeugdhulp"


def _trends(plan: EditionPlan) -> tuple[Trend, ...]:
    cell = cell_of(plan)
    found = (trend(plan, code, cell) for code in TRENDS)
    return tuple(t for t in found if t is not None)
