"""Pages that add, change or remove one row: visible rows, form, domain verb, back with a message.

A subclass names its form and its verbs; who may do it is asked by the verb, and by `check` before
the form is shown.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from .refusals import refusals_in


class Editing(View):
    """Base of a page with one form about one row of a region."""

    template = "ui/editing.html"
    noun: ClassVar[str] = ""  # 'doel', as it reads in 'Doel toevoegen'
    submit = "Opslaan"

    request: Any
    region: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.region = kwargs.get("region")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.check()
        self.prepare()
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        """Find the row and what it belongs to among what the user may see, or raise 404."""

    def check(self) -> None:
        """Raise NotAllowed when this user may not do this."""

    def back(self) -> str:
        """The page to return to."""
        raise NotImplementedError

    def way_back(self) -> list[tuple[str, str]]:
        """Breadcrumbs above this page: (text, address)."""
        return []

    def title(self) -> str:
        raise NotImplementedError

    def page(self, form: forms.BaseForm | None = None, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "title": self.title(),
            "submit": self.submit,
            "back": self.back(),
            "way_back": self.way_back(),
            **self.extra(),
        }
        return render(self.request, self.template, context, status=status)

    def extra(self) -> dict[str, Any]:
        return {}


class FormPage(Editing):
    """Shows a form; when it is valid the verb `save` is called with it."""

    form_class: ClassVar[type[forms.BaseForm]]
    done: ClassVar[str] = "Opgeslagen."

    def form(self) -> forms.BaseForm:
        data = (self.request.POST, self.request.FILES) if self.request.method == "POST" else ()
        return self.form_class(*data, **self.form_arguments())

    def form_arguments(self) -> dict[str, Any]:
        return {}

    def save(self, form: Any) -> Any:
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if form.is_valid():
            with refusals_in(form):
                self.saved = self.save(form)
        if not form.is_valid():
            return self.page(form, status=422)
        messages.success(request, self.done)
        return redirect(self.back())


class RowPage(FormPage):
    """Adds a row, or changes the one that the address names by `pk`."""

    row: Any = None

    def rows(self) -> QuerySet[Any]:
        """The rows that the user may see, within the region."""
        raise NotImplementedError

    def new_row(self) -> Model:
        """An unsaved row that already belongs where the page stands."""
        raise NotImplementedError

    def prepare(self) -> None:
        if "pk" in self.kwargs:
            self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.row or self.new_row()}

    def title(self) -> str:
        return f"{self.noun.capitalize()} {'wijzigen' if self.row else 'toevoegen'}"


class RemovePage(Editing):
    """Asks once more, then removes by the verb `remove`."""

    template = "ui/removing.html"
    done: ClassVar[str] = "Verwijderd."
    row: Any = None

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def prepare(self) -> None:
        self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def remove(self) -> None:
        raise NotImplementedError

    def title(self) -> str:
        return f"{self.noun.capitalize()} verwijderen"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.remove()
        messages.success(request, self.done)
        return redirect(self.back())

    def extra(self) -> dict[str, Any]:
        return {"row": self.row}
