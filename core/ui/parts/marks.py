"""Marks beside a fact, and charts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from core import formats
from core.ui.registry import Tone
from core.ui.sources import Passages

from .drawing import draw, one_of

register = template.Library()
MARKS = {
    Tone.NEUTRAL: "○",
    Tone.GOOD: "✓",
    Tone.BUSY: "◔",
    Tone.ATTENTION: "!",
    Tone.BAD: "✕",
}


@register.simple_tag
def status_pill(label: Any, tone: str = Tone.NEUTRAL) -> SafeString:
    """A state in one or two words; the mark before it carries the tone without colour."""
    known = Tone(one_of(str(getattr(tone, "value", tone)), [t.value for t in Tone], "tone"))
    return draw("status_pill", label=label, tone=known.value, mark=MARKS[known])


@register.simple_tag
def fictitious() -> SafeString:
    """Beside every figure that the demo made up."""
    return draw("fictitious")


@register.simple_tag
def suppressed(reason: str = "") -> SafeString:
    """In the place of a figure that may not be shown because it says too much about a few."""
    return draw("suppressed", reason=reason)


@register.simple_tag(takes_context=True)
def source_note(context: Context, text: str = "", *, label: bool = True) -> SafeString:
    """Where a fact comes from, with links to the texts that say it; `label` puts 'Bron' before."""
    if not text:
        return SafeString("")
    return draw("source_note", text=text, label=label, passages=passages_of(context).of(text))


@register.simple_tag(takes_context=True)
def notes(context: Context, items: Sequence[Mapping[str, str]]) -> SafeString:
    """What the documents leave open or contradict: texts with their source, folded away."""
    found = passages_of(context)
    rows = [(one["text"], one.get("source", ""), found.of(one.get("source", ""))) for one in items]
    return draw("notes", items=rows) if rows else SafeString("")


def passages_of(context: Context) -> Passages:
    """The passages that sources on this page lead to, read once a page."""
    request = context.get("request")
    place = getattr(request, "place", None)
    if request is None or place is None:
        return Passages(None)
    if not hasattr(request, "passages"):
        request.passages = Passages(place, request.path)
    return request.passages


@register.simple_tag
def progress(percentage: int, *, label: str, text: str = "") -> SafeString:
    """How far something is, in percent and in words."""
    return draw("progress", percentage=percentage, label=label, text=text)


@register.simple_tag
def chart(drawing: Any, *, id: str, show_title: bool = True, note: str = "") -> SafeString:
    """A chart of core.charts, drawn for wide and narrow screens, with its figures in a table."""
    return draw(
        "chart",
        id=id,
        title=drawing.title,
        show_title=show_title,
        note=note,
        wide=mark_safe(drawing.svg(id=f"{id}-breed")),  # noqa: S308 -- core.charts escapes
        narrow=mark_safe(drawing.svg(id=f"{id}-smal", width=320)),  # noqa: S308
        table=drawing.table(),
    )


@register.simple_tag
def period(start: date, end: date | None = None) -> str:
    """A half-open period with its last day."""
    return formats.period(start, end)
