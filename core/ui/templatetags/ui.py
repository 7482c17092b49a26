"""The components that pages are composed of. Every prop is declared; an unknown one is an error.

docs/core/ui.md shows each with an example; the gallery at /componenten/ shows them live.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from core import formats
from core.ui import words
from core.ui.registry import Tone
from core.ui.sources import Passages
from core.ui.tables import Sorting

register = template.Library()

register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("euro", formats.euro)
register.filter("euro_short", formats.euro_short)
register.filter("date_long", formats.date_long)
register.filter("date_short", formats.date_short)
for words_filter in (
    words.last_day,
    words.moment,
    words.count_of,
    words.file_size,
    words.yes_no,
    words.get_item,
):
    register.filter(words_filter.__name__, words_filter)

MARKS = {
    Tone.NEUTRAL: "○",
    Tone.GOOD: "✓",
    Tone.BUSY: "◔",
    Tone.ATTENTION: "!",
    Tone.BAD: "✕",
}
ALERTS = {"info": "info", "good": "ok", "attention": "warning", "bad": "error"}
MESSAGE_ALERTS = {"success": "good", "warning": "attention", "error": "bad"}
BUTTONS = ("primary", "secondary", "subtle", "danger")


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


# --- page -----------------------------------------------------------------------------------


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


# --- tables and lists -----------------------------------------------------------------------


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


# --- registers ------------------------------------------------------------------------------


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


# --- marks ----------------------------------------------------------------------------------


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


# --- links and buttons ----------------------------------------------------------------------


@register.simple_tag
def button(
    label: str, *, kind: str = "primary", name: str = "", value: str = "", form: str = ""
) -> SafeString:
    """A submit button: primary, secondary, subtle or danger."""
    one_of(kind, BUTTONS, "kind")
    return draw("button", label=label, kind=kind, name=name, value=value, form=form)


@register.simple_tag
def button_link(label: str, url: str, *, kind: str = "secondary") -> SafeString:
    """A link that looks like a button, for going to a page where something is done."""
    return draw("button_link", label=label, url=url, kind=one_of(kind, BUTTONS, "kind"))


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: Context,
    label: str,
    url: str,
    *,
    kind: str = "secondary",
    confirm: str = "",
    about: Any = "",
) -> dict[str, Any]:
    """A button that does something at once by POST; `confirm` asks first inside a disclosure.

    `about` names the row for who hears the button without seeing where it stands.
    """
    one_of(kind, BUTTONS, "kind")
    return {
        "label": label,
        "about": about,
        "url": url,
        "kind": kind,
        "confirm": confirm,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def download(label: str, url: str, *, format: str, size: int | None = None) -> SafeString:
    """A link to a file, which says what it is and how large."""
    return draw("download", label=label, url=url, format=format, size=size)


# --- forms ----------------------------------------------------------------------------------


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """All errors of a form above it, each a link to its field; it takes the focus."""
    if not form.errors:
        return SafeString("")
    errors = [(field, error) for field in form for error in field.errors]
    return draw("error_summary", errors=errors, general=form.non_field_errors())


@register.inclusion_tag("components/form.html", takes_context=True)
def form(
    context: Context,
    form: BaseForm,
    *,
    submit: str = "Opslaan",
    cancel: str = "",
    action: str = "",
    danger: bool = False,
) -> dict[str, Any]:
    """A whole form by POST: error summary, fields, submit and a way back."""
    return {
        "form": form,
        "submit": submit,
        "cancel": cancel,
        "action": action,
        "kind": "danger" if danger else "primary",
        "csrf_token": context.get("csrf_token"),
        "shown_token": context.get("shown_token"),
    }


@register.simple_tag
def field(bound: Any) -> SafeString:
    """One field with label, help, error and control."""
    return SafeString(bound.as_field_group())


@register.simple_tag(takes_context=True)
def filter_form(
    context: Context, form: BaseForm, *, results: str = "", submit: str = "Toon"
) -> SafeString:
    """A form by GET above a list. With `results` (an id) htmx replaces only that part."""
    request = context.get("request")
    path = request.path if request is not None else ""
    used = any(form.data.get(form.add_prefix(name)) for name in form.fields)
    return draw("filter_form", form=form, results=results, submit=submit, path=path, used=used)


# --- charts ---------------------------------------------------------------------------------


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
