"""Tables, and what stands above and under a register."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.safestring import SafeString

from core.ui.tables import Sorting

from .drawing import draw, query_with

register = template.Library()


@register.simple_block_tag
def table(
    content: str, *, caption: str, id: str = "", show_caption: bool = True, note: str = ""
) -> SafeString:
    """A table with a caption, in a frame that scrolls by itself; holds thead and tbody."""
    return draw("table", content=content, caption=caption, id=id, show=show_caption, note=note)


@register.simple_tag(takes_context=True)
def th(
    context: Context, label: str, *, sort: str = "", number: bool = False, hidden: bool = False
) -> SafeString:
    """A column header; with `sort` it is a link, and `sorting` must be in the context."""
    sorting: Sorting | None = context.get("sorting") if sort else None
    if sort and sorting is None:
        raise template.TemplateSyntaxError(f"th sort={sort!r} needs `sorting` in the context")
    href = direction = ""
    if sorting is not None:
        href = query_with(context, sorteer=sorting.next_key(sort), pagina=None)
        direction = sorting.direction(sort)
    return draw("th", label=label, href=href, direction=direction, number=number, hidden=hidden)


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page[Any], *, noun: str = "regels") -> SafeString:
    """Links to the other pages of a list, and how many rows there are."""
    steps = [
        (number, query_with(context, pagina=number) if isinstance(number, int) else "")
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return draw(
        "pager",
        page=page,
        noun=noun,
        steps=steps,
        previous=query_with(context, pagina=page.number - 1),
        next=query_with(context, pagina=page.number + 1),
    )


@register.inclusion_tag("components/register_tools.html", takes_context=True)
def register_tools(context: Context, register: Any) -> dict[str, Any]:
    """Under a register: its files, and the filters that the user keeps."""
    return {
        "register": register,
        "region": context.get("region"),
        "path": context["request"].path,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/bulk.html", takes_context=True)
def bulk(context: Context, register: Any) -> dict[str, Any]:
    """Above a register: what can be done with the ticked rows; draws nothing without actions."""
    return {
        "register": register,
        "address": context["request"].get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def bulk_box(row: Any) -> SafeString:
    """The tick box of a row; in the first cell, under `{% th "Kies" hidden=True %}`."""
    return draw("bulk_box", row=row)
