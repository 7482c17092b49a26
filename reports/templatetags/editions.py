"""What the templates of an edition ask: rows, charts, words."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from core.formats import date_long
from monitoring.queries.wanted import NOTHING_AGREED

from ..domain import view
from ..domain.content import (
    AgreedOf,
    EditionContent,
    Fan,
    Funnel,
    MirrorTrend,
    MoneyRow,
    PlaceChart,
    SegmentChapter,
    Trend,
)
from ..domain.judged import GoalReview, JudgedLine, SegmentLessons
from ..domain.passages import DECIDED, LEARNED
from ..domain.points import Figure, Kind, Point
from ..domain.sentences import shown

register = template.Library()


@register.inclusion_tag("reports/edition/figures.html")
def figure_table(figures: tuple[Figure, ...], caption: str) -> dict[str, Any]:
    rows = [view.figure_row(f) for f in figures]
    return {
        "rows": rows,
        "caption": caption,
        "with_target": any(row.target for row in rows),
        "with_interval": any(row.interval for row in rows),
    }


@register.inclusion_tag("reports/edition/board.html")
def board_table(content: EditionContent) -> dict[str, Any]:
    """One line for each segment, for the page of a college."""
    return {"names": view.board_names(content), "rows": view.board_rows(content)}


@register.inclusion_tag("reports/edition/goals.html")
def goal_table(segment: SegmentChapter) -> dict[str, Any]:
    """One table for a segment: a group of rows per goal."""
    groups = [(goal, [view.figure_row(f) for f in goal.figures]) for goal in segment.goals]
    rows = [row for _, group in groups for row in group]
    return {
        "groups": groups,
        "caption": f"Doelen en indicatoren van {segment.name}",
        "with_target": any(row.target for row in rows),
        "with_interval": any(row.interval for row in rows),
    }


@register.inclusion_tag("reports/edition/authored.html", takes_context=True)
def authored(context: dict[str, Any], key: str, title: str = "") -> dict[str, Any]:
    """What an author wrote at a place, or nothing."""
    return {"text": context.get("authored", {}).get(key, ""), "title": title}


@register.inclusion_tag("reports/edition/authored.html", takes_context=True)
def authored_of(
    context: dict[str, Any], segment: SegmentChapter, place: str, title: str
) -> dict[str, Any]:
    """The same at a place of a segment's chapter."""
    return authored(context, f"segment-{slugify(segment.code)}-{place}", title)


@register.simple_tag
def trend(item: Trend, medium: str, *parts: Any, height: int = 190) -> SafeString:
    return _drawn(view.trend_chart(item, height=height), medium, *parts)


@register.simple_tag
def small_trend(item: Trend, medium: str, *parts: Any) -> SafeString:
    """Drawn for half the width of a page."""
    return _drawn(view.trend_chart(item, height=98), medium, *parts, width=370)


@register.simple_tag
def agreed_of(content: EditionContent, segment: str) -> AgreedOf | None:
    """What was agreed for a segment, or that nothing was; None where nobody looked at it."""
    if content.agreed is None:
        return None
    found = (one for one in content.agreed if one.segment == segment)
    return next(found, AgreedOf(segment, NOTHING_AGREED, ()))


@register.filter
def target_of(agreed: AgreedOf, code: str) -> str:
    target = agreed.target(code)
    return target.text if target else "–"


@register.simple_tag
def mirror_trend(item: MirrorTrend, medium: str, *parts: Any) -> SafeString:
    return _drawn(view.mirror_chart(item), medium, *parts)


@register.simple_tag
def place_multiples(item: PlaceChart, medium: str, *parts: Any) -> SafeString:
    return _drawn(view.place_chart(item), medium, *parts)


NOT_WRITTEN = "nog niet beschreven"


@register.filter
def of_goal(authored: dict[str, str], key: str) -> dict[str, str]:
    """What authors wrote about a goal of the evaluation, by word."""
    return {word: authored.get(f"doel-{key}-{word}", "") for word in (LEARNED, DECIDED)}


@register.filter
def lessons_of(content: EditionContent, goal: GoalReview) -> tuple[JudgedLine, ...]:
    """The judgements of the year about a goal of the evaluation."""
    found = (lesson for segment in content.lessons for lesson in segment.goals)
    return next((lesson.lines for lesson in found if lesson.key == goal.key), ())


@register.filter
def lessons_about(content: EditionContent, segment: str) -> SegmentLessons | None:
    return next((one for one in content.lessons if one.segment == segment), None)


@register.filter
def of_task(authored: dict[str, str], segment: SegmentChapter) -> dict[int, str]:
    stem = f"opgave-{slugify(segment.code)}"
    return {n: authored.get(f"{stem}-{n}", "") for n in range(1, len(segment.tasks) + 1)}


@register.filter
def get_word(found: dict[Any, str], word: Any) -> str:
    return found.get(word) or NOT_WRITTEN


@register.filter
def of_promise(authored: dict[str, str], number: int) -> str:
    """What an author wrote that came of a promise."""
    return authored.get(f"belofte-{number}", "")


@register.filter
def shown_as(point: Point, kind: str) -> str:
    return shown(Kind(kind), point)


@register.simple_tag
def fan(item: Fan, title: str, medium: str, *parts: Any) -> SafeString:
    return _drawn(view.fan_chart(item, title), medium, *parts)


@register.simple_tag
def money_bars(rows: tuple[MoneyRow, ...], medium: str, *parts: Any) -> SafeString:
    return _drawn(view.money_chart(rows), medium, *parts)


@register.simple_tag
def category_bars(content: EditionContent, medium: str, *parts: Any) -> SafeString:
    return _drawn(view.categories_chart(content), medium, *parts)


@register.simple_tag
def funnel(item: Funnel, medium: str, *parts: Any) -> SafeString:
    """Drawn for half the width of a page."""
    return _drawn(view.funnel_chart(item, height=215), medium, *parts, width=400)


def _drawn(chart: Any, medium: str, *parts: Any, width: int = 640) -> SafeString:
    """Web: two widths and the figures to unfold; PDF: one drawing, its figures small below it."""
    if chart is None:
        return SafeString("")
    id = slugify("-".join(str(part) for part in parts))
    context = {
        "id": id,
        "title": chart.title,
        "wide": mark_safe(chart.svg(id=f"{id}-breed", width=width)),  # noqa: S308 -- core.charts escapes
        "narrow": mark_safe(chart.svg(id=f"{id}-smal", width=320)),  # noqa: S308
        "table": chart.table(),
        "medium": medium,
    }
    return render_to_string("reports/edition/chart.html", context)


@register.filter
def as_count(point: Point) -> str:
    return shown(Kind.COUNT, point)


@register.filter
def as_share(point: Point | float | None) -> str:
    return shown(Kind.SHARE, point) if isinstance(point, Point) else view.share(point)


@register.filter
def as_money(point: Point | float | None) -> str:
    return shown(Kind.MONEY, point) if isinstance(point, Point) else view.euros(point)


@register.filter
def long_date(day: Any) -> str:
    return date_long(day)


@register.filter
def figure_value(figure: Figure) -> str:
    return shown(figure.kind, figure.now)


@register.filter
def figure_year_ago(figure: Figure) -> str:
    return view.figure_row(figure).year_ago
