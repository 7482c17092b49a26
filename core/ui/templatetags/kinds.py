"""Links to the pages of registered kinds, for who may use them."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from core.errors import NotAllowed

from ..kinds import Kind, kind_of

register = template.Library()


def _kind(code: str) -> Kind:
    kind = kind_of(code)
    if kind is None:
        raise template.TemplateSyntaxError(f"no kind is called {code!r}")
    return kind


def _may(kind: Kind, user: Any, region: Any, row: Any) -> bool:
    try:
        kind.check(user, region, row)
    except NotAllowed:
        return False
    return True


@register.inclusion_tag("components/row_links.html", takes_context=True)
def row_links(context: Any, code: str, row: Any, remove: bool = True) -> dict[str, Any]:
    """Change, remove and every move that this user may make."""
    kind, user, region = _kind(code), context["user"], context["region"]
    may = _may(kind, user, region, row)
    moves = []
    if kind.table is not None and kind.roles is not None:
        moves = kind.table.moves_from(row.state, kind.roles(user, row))
    return {"region": region, "code": code, "row": row, "may": may, "moves": moves} | {
        "remove": remove
    }


@register.inclusion_tag("components/add_row.html", takes_context=True)
def add_row(
    context: Any,
    code: str,
    under: Any = None,
    label: str = "",
    plain: bool = False,
    **about: Any,
) -> dict[str, Any]:
    """A link to add a row (below another), for who may; `about` fills in fields of its form."""
    kind, region = _kind(code), context["region"]
    row = kind.model(**{kind.parent or kind.tenant_path: under or region})
    if not _may(kind, context["user"], region, row):
        return {"url": ""}
    name, words = "row-add", [region.slug, code]
    if kind.parent:
        name, words = "row-add-under", [*words, under.pk]
    text = label or f"{kind.noun.capitalize()} toevoegen"
    url = reverse(name, args=words) + (f"?{urlencode(about)}" if about else "")
    return {"url": url, "label": text, "plain": plain, "under": under}
