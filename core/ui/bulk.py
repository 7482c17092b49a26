"""Doing one thing with many rows: choose, see what will happen, then all of it or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.errors import DomainError

from .refusals import refusals_in

MOST_ROWS = 1000
ACTION, ROWS, ALL, STEP = "_bulk", "_rows", "_all", "_step"


def always(request: HttpRequest) -> bool:
    return True


def row_by_row(row: Any, request: Any, values: dict[str, Any]) -> str:
    """The verb of an action that works on its rows together."""
    raise NotImplementedError


class NothingToFill(forms.Form):
    """The form of an action that asks nothing."""


@dataclass(frozen=True)
class BulkAction:
    """`verb(row, request, values)` does it for one row and may refuse; it returns the sentence that
    says what happens to the row. `form_class` asks what all rows share; it is given `request`
    when it takes it. The verb is also run for the preview, and then undone.

    `together(rows, request, values)` takes all rows at once instead, and returns the address of the
    page on which they are shown and done.
    """

    code: str
    label: str
    verb: Callable[[Any, Any, dict[str, Any]], str] = row_by_row
    form_class: type[forms.Form] = NothingToFill
    form_arguments: Callable[[Any], dict[str, Any]] = lambda request: {}
    may: Callable[[Any], bool] = always
    danger: bool = False
    together: Callable[[Sequence[Any], Any, dict[str, Any]], str] | None = None


@dataclass(frozen=True)
class Outcome:
    """What happens to one row, or why it cannot."""

    row: Any
    text: str
    refused: bool = False


class _Undo(Exception):
    """Takes back what was only tried."""


def act(
    request: HttpRequest, title: str, actions: Sequence[BulkAction], rows: QuerySet[Any]
) -> HttpResponse:
    """Answer a posted bulk action: first its form, then what will happen, then the doing."""
    action = next((a for a in actions if a.code == request.POST.get(ACTION)), None)
    if action is None:
        raise Http404("onbekende actie")
    page = Page(request, title, action, chosen(request, rows))
    form = page.form(bound=bool(request.POST.get(STEP)) or action.form_class is NothingToFill)
    if not form.is_bound or not form.is_valid():
        return page.ask(form)
    values = form.cleaned_data
    if action.together is not None:
        return page.hand_over(form, action.together)
    if request.POST.get(STEP) == "do":
        return page.do(form, values)
    return page.preview(form, tried(action, page.rows, request, values))


def chosen(request: HttpRequest, rows: QuerySet[Any]) -> list[Any]:
    """The ticked rows, or all that the filter gives, in the order on screen."""
    if request.POST.get(ALL) != "1":
        keys = request.POST.getlist(ROWS)
        try:
            rows = rows.filter(pk__in=keys)
        except (ValueError, TypeError):
            raise Http404("onbekende rij") from None
    found = list(rows[: MOST_ROWS + 1])
    if not found:
        raise DomainError("Kies eerst een of meer regels in de lijst.", code="niets-gekozen")
    if len(found) > MOST_ROWS:
        raise DomainError(
            f"Dit zijn meer dan {MOST_ROWS} regels. Maak de keuze kleiner met het filter.",
            code="te-veel-gekozen",
        )
    return found


def tried(
    action: BulkAction, rows: Sequence[Any], request: Any, values: dict[str, Any]
) -> list[Outcome]:
    """What would happen to each row; nothing is kept."""
    found: list[Outcome] = []
    try:
        with transaction.atomic():
            found = [_one(action, row, request, values) for row in rows]
            raise _Undo
    except _Undo:
        return found


def done(
    action: BulkAction, rows: Sequence[Any], request: Any, values: dict[str, Any]
) -> tuple[list[Outcome], bool]:
    """Do it for all rows, or for none when one of them refuses; and whether it was done."""
    found: list[Outcome] = []
    try:
        with transaction.atomic():
            found = [_one(action, row, request, values) for row in rows]
            if any(outcome.refused for outcome in found):
                raise _Undo
    except _Undo:
        return found, False
    return found, True


def _one(action: BulkAction, row: Any, request: Any, values: dict[str, Any]) -> Outcome:
    name = str(row)
    try:
        with transaction.atomic():
            return Outcome(_Named(row.pk, name), action.verb(row, request, values))
    except DomainError as refusal:
        return Outcome(_Named(row.pk, name), refusal.message, refused=True)


@dataclass(frozen=True)
class _Named:
    """A row as it is called on the page, whatever the verb did to it."""

    pk: Any
    name: str


class Page:
    """The page of one action on the chosen rows."""

    def __init__(
        self, request: HttpRequest, title: str, action: BulkAction, rows: list[models.Model]
    ) -> None:
        self.request, self.title, self.action, self.rows = request, title, action, rows

    def form(self, *, bound: bool) -> forms.Form:
        arguments = self.action.form_arguments(self.request)
        data = (self.request.POST,) if bound else ()
        return self.action.form_class(*data, **arguments)

    def ask(self, form: forms.Form) -> HttpResponse:
        return self.draw(form, status=422 if form.is_bound else 200, outcomes=None)

    def preview(self, form: forms.Form, outcomes: list[Outcome], status: int = 200) -> HttpResponse:
        return self.draw(form, status=status, outcomes=outcomes)

    def do(self, form: forms.Form, values: dict[str, Any]) -> HttpResponse:
        outcomes, kept = done(self.action, self.rows, self.request, values)
        if not kept:
            return self.preview(form, outcomes, status=409)
        number = len(outcomes)
        messages.success(
            self.request,
            f"{self.action.label}: gedaan voor {number} {'regel' if number == 1 else 'regels'}.",
        )
        return redirect(self.request.get_full_path())

    def hand_over(self, form: forms.Form, together: Callable[..., str]) -> HttpResponse:
        address = ""
        with refusals_in(form):
            address = together(self.rows, self.request, form.cleaned_data)
        return redirect(address) if address else self.ask(form)

    def draw(
        self, form: forms.Form, *, status: int, outcomes: list[Outcome] | None
    ) -> HttpResponse:
        context = {
            "title": self.action.label,
            "of": self.title,
            "action": self.action,
            "rows": self.rows,
            "form": form,
            "kept": _typed(self.request, form),
            "outcomes": outcomes,
            "possible": [o for o in outcomes or () if not o.refused],
            "refused": [o for o in outcomes or () if o.refused],
            "back": self.request.get_full_path(),
        }
        return render(self.request, "ui/bulk.html", context, status=status)


def _typed(request: HttpRequest, form: forms.Form) -> list[tuple[str, str]]:
    """What was filled in, to be carried along to the last step."""
    names = [form.add_prefix(name) for name in form.fields]
    return [(name, value) for name in names for value in request.POST.getlist(name)]
