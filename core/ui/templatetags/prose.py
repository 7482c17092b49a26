"""`{{ text|prose }}`: a typed text as paragraphs, headings and lists, escaped."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..prose import Item, Part, parts

register = template.Library()


@register.filter
def prose(text: str, level: int = 4) -> SafeString:
    """`level` is that of the headings inside the text: one below the heading above it."""
    shown = "".join(_html(part, level) for part in parts(text or ""))
    return mark_safe(shown)  # noqa: S308 -- escaped below


def _html(part: Part, level: int) -> SafeString:
    if part.heading:
        return format_html('<h{0} class="utrecht-heading-5">{1}</h{0}>', level, part.text)
    if not part.items:
        return format_html("<p>{}</p>", part.text)
    items = format_html_join("", "<li>{}{}</li>", ((i.text, _below(i)) for i in part.items))
    if part.lettered:
        return format_html('<ul class="jr-prose-list jr-prose-list--bare">{}</ul>', items)
    if not part.first:
        return format_html('<ul class="jr-prose-list">{}</ul>', items)
    start = format_html(' start="{}"', part.first) if part.first > 1 else ""
    return format_html('<ol class="jr-prose-list"{}>{}</ol>', start, items)


def _below(item: Item) -> SafeString | str:
    if not item.below:
        return ""
    items = format_html_join("", "<li>{}</li>", ((text,) for text in item.below))
    return format_html('<ul class="jr-prose-list">{}</ul>', items)
