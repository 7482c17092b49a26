"""What a page is made of: its heading, its framed parts, its facts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from core.ui.registry import Tone

from .drawing import draw, one_of, trimmed

register = template.Library()
ALERTS = {"info": "info", "good": "ok", "attention": "warning", "bad": "error"}
MESSAGE_ALERTS = {"success": "good", "warning": "attention", "error": "bad"}


@register.simple_block_tag
def page_header(
    content: str, *, title: Any, intro: str = "", kicker: str = "", fictitious: bool = False
) -> SafeString:
    """The one h1 of a page; the block holds its actions (buttons)."""
    return draw(
        "page_header",
        content=trimmed(content),
        title=title,
        intro=intro,
        kicker=kicker,
        fictitious=fictitious,
    )


@register.simple_tag
def crumb(label: Any, url: str = "") -> SafeString:
    """One step of the way back; the last one, without url, is this page."""
    return draw("crumb", label=label, url=url)


@register.simple_tag
def tabs(items: Sequence[tuple[str, str, bool]], *, label: str) -> SafeString:
    """Links to the parts of one subject: (text, address, is this page)."""
    return draw("tabs", items=items, label=label)


@register.simple_block_tag
def card(
    content: str, *, title: Any = "", level: int = 2, id: str = "", note: str = "", url: str = ""
) -> SafeString:
    """A framed part of a page with its own heading; `url` makes the heading a link."""
    return draw("card", content=content, title=title, level=level, id=id, note=note, url=url)


@register.simple_tag
def stat(
    label: str, value: Any, *, note: str = "", url: str = "", tone: str = Tone.NEUTRAL
) -> SafeString:
    """One large figure with its label."""
    return draw("stat", label=label, value=value, note=note, url=url, tone=tone)


@register.simple_block_tag
def alert(content: str, *, tone: str = "info", title: str = "", level: int = 2) -> SafeString:
    """A message that stands out: info, good, attention or bad."""
    kind = ALERTS[one_of(tone, ALERTS, "tone")]
    return draw("alert", content=content, kind=kind, tone=tone, title=title, level=level)


@register.filter
def message_tone(tags: str) -> str:
    """The tone of one of Django's messages."""
    return next((MESSAGE_ALERTS[t] for t in tags.split() if t in MESSAGE_ALERTS), "info")


@register.simple_block_tag
def empty(content: str, *, text: str) -> SafeString:
    """What stands where there is nothing yet; the block says what to do about it."""
    return draw("empty", content=trimmed(content), text=text)


@register.simple_block_tag
def definitions(content: str, *, compact: bool = False) -> SafeString:
    """A list of terms with their values; the block holds `definition` tags."""
    return draw("definitions", content=content, compact=compact)


@register.simple_block_tag
def definition(content: str, *, term: str) -> SafeString:
    return draw("definition", content=trimmed(content), term=term)


@register.simple_tag
def facts(items: Iterable[tuple[str, Any]]) -> SafeString:
    """A definition list from pairs; pairs without a value are left out."""
    shown = [(term, value) for term, value in items if value not in (None, "")]
    return draw("facts", items=shown)
