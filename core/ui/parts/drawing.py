"""How a component is drawn from its template."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe


def one_of(value: str, allowed: Iterable[str], prop: str) -> str:
    """Refuse a value that the component does not know, while the page is made."""
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{prop}={value!r} is not one of {sorted(allowed)}")
    return value


def draw(component: str, /, **context: Any) -> SafeString:
    html = get_template(f"components/{component}.html").render(context)
    return mark_safe(html)  # noqa: S308 -- rendered by an auto-escaping template


def trimmed(content: str) -> SafeString:
    """The rendered block without the white space around it, so that an empty one is falsy."""
    return mark_safe(content.strip())  # noqa: S308 -- a block is rendered with auto-escape


def query_with(context: Context, **changes: Any) -> str:
    """The query string of this page with some values changed; None removes one."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is None:
        return ""
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"
