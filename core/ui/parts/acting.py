"""Buttons, links and forms: where a page is used to do something."""

from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils.safestring import SafeString

from .drawing import draw, one_of

register = template.Library()
BUTTONS = ("primary", "secondary", "subtle", "danger")


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
