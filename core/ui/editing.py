"""Pages that add, change or remove one row: visible rows, form, domain verb, back with a message.

A subclass names its form and its verbs; who may do it is asked by the verb, and by `check` before
the form is shown.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from . import meanwhile
from .meanwhile import Shown
from .refusals import refusals_in


class Editing(View):
    """Base of a page with one form about one row of a region."""

    template = "ui/editing.html"
    noun: ClassVar[str] = ""  # 'doel', as it reads in 'Doel toevoegen'
    submit = "Opslaan"

    request: Any
    region: Any
    # Of what the page shows of a row, for who saves it (core.ui.meanwhile).
    token = ""

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
            "shown_token": self.token,
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
        data = (self.posted(), self.request.FILES) if self.request.method == "POST" else ()
        return self.form_class(*data, **self.form_arguments())

    def posted(self) -> QueryDict:
        return self.request.POST

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
    """Adds a row, or changes the one that the address names by `pk`.

    A row that somebody else changed since it was shown is not overwritten: the page compares and
    asks what must stay (core.ui.meanwhile).
    """

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

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if (seen := self.seen()) is None or not seen.key.endswith(f":{kwargs.get('pk')}"):
                raise
            return self.gone()

    def seen(self) -> Shown | None:
        """What the page showed to who now posts."""
        return Shown.from_token(self.request.POST.get(meanwhile.SHOWN, ""))

    def page(self, form: forms.BaseForm | None = None, status: int = 200) -> HttpResponse:
        if self.row is not None:
            self.token = self.request.POST.get(meanwhile.SHOWN) or self.fresh_token()
        return super().page(form, status)

    def fresh_token(self) -> str:
        return meanwhile.shown(self.row, self.untouched_form()).as_token()

    def untouched_form(self) -> forms.BaseForm:
        return self.form_class(**self.form_arguments())

    def posted(self) -> QueryDict:
        data = super().posted()
        if self.row is None or meanwhile.RESOLVED not in data:
            return data
        return meanwhile.resolved(data, self.untouched_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        seen = self.seen()
        if self.row is None or seen is None or seen.key != meanwhile.key_of(self.row):
            return super().post(request, **kwargs)
        with transaction.atomic():
            self.lock()
            if meanwhile.state_of(self.row) != seen.digest and (page := self.compare(seen)):
                return page
            return super().post(request, **kwargs)

    def lock(self) -> None:
        """Nobody changes the row between the comparison and the saving."""
        # Its own order may go over a relation that is empty, which PostgreSQL does not lock.
        rows = type(self.row)._base_manager.select_for_update().order_by("pk")
        rows.filter(pk=self.row.pk).first()
        self.row = get_object_or_404(self.rows(), pk=self.row.pk)

    def compare(self, seen: Shown) -> HttpResponse | None:
        """The page that shows both versions; None when what was typed is what is stored."""
        data = super().posted()
        now = self.untouched_form()
        bound = self.form_class(data, self.request.FILES, **self.form_arguments())
        found = meanwhile.clashes(seen, data, bound, now)
        if not found:
            return None
        context = {
            "clashes": found,
            "entries": meanwhile.entries_since(self.row, seen.moment),
            "kept": meanwhile.kept_input(data),
            "token": self.fresh_token(),
            "has_files": bool(self.request.FILES),
        }
        return self.meanwhile_page(context)

    def gone(self) -> HttpResponse:
        """The row was removed meanwhile: what was typed is shown, to be copied."""
        data = super().posted()
        fields = getattr(self.form_class, "base_fields", {})
        return self.meanwhile_page({"gone": True, "kept": meanwhile.input_to_read(data, fields)})

    def meanwhile_page(self, context: dict[str, Any]) -> HttpResponse:
        names = {"title": f"{self.noun.capitalize()}: intussen gewijzigd"}
        if not context.get("gone"):
            names |= {"back": self.back(), "way_back": self.way_back()}  # type: ignore[dict-item]
        return render(self.request, "ui/meanwhile.html", context | names, status=409)


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
