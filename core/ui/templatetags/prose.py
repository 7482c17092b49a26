"""`{{ text|prose }}`: a typed text as paragraphs and lists, escaped."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..prose import Part, parts

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    return mark_safe("".join(_html(part) for part in parts(text or "")))  # noqa: S308 -- escaped below


def _html(part: Part) -> SafeString:
    if part.items:
        tag = "ol" if part.numbered else "ul"
        items = format_html_join("", "<li>{}</li>", ((item,) for item in part.items))
        return format_html('<{} class="jr-prose-list">{}</{}>', tag, items, tag)
    return format_html("<p>{}</p>", part.text)
