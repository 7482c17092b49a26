"""The pages of registered kinds: add, change, remove, move."""

from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.states import Move
from core.states.pages import MovePage

from .editing import RemovePage, RowPage
from .forms import DayField, DutchDecimalField, EuroField, LastDayField, LinesField
from .kinds import Kind, choices_of, kind_of
from .places import Place

# Half-open ends, by the names that the models give them.
LAST_DAYS = {"valid_to", "end_date"}


def form_of(kind: Kind, user: Any, tenant: Any) -> type[forms.BaseForm]:
    """The form of a kind, offering only what this user may choose in this tenant."""
    base: Any = modelform_factory(
        kind.model, form=kind.form, fields=kind.fields, formfield_callback=_field,
        help_texts=dict(kind.help),
    )  # fmt: skip

    class Limited(base):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for field in self.fields.values():
                if isinstance(field, forms.ModelChoiceField):
                    field.queryset = choices_of(field.queryset.model, user, tenant)  # type: ignore[union-attr]
            if kind.narrow is not None:
                kind.narrow(self)

    return Limited


def _field(column: Any, **kwargs: Any) -> Any:
    common = {"label": str(column.verbose_name).capitalize(), "required": not column.blank}
    if "help_text" in kwargs:
        common["help_text"] = kwargs["help_text"]
    match column:
        case models.DateField():
            kind = LastDayField if column.name in LAST_DAYS else DayField
            return kind(**common | ({"label": "Tot en met"} if kind is LastDayField else {}))
        case models.JSONField():
            return LinesField(**common | {"help_text": common.get("help_text", "Eén per regel.")})
        case models.DecimalField(decimal_places=2):
            return EuroField(**common)
        case models.DecimalField():
            return DutchDecimalField(**common)
        case models.URLField():
            return column.formfield(**kwargs, assume_scheme="https")
        case models.TextField():
            return column.formfield(**kwargs, widget=forms.Textarea({"rows": 5}))
        case models.ManyToManyField():
            return column.formfield(**kwargs, widget=forms.CheckboxSelectMultiple)
    return column.formfield(**kwargs)


class OfKind:
    """Shared by the pages: which kind the address names, and where the page goes back to."""

    request: Any
    kwargs: dict[str, Any]
    region: Any
    row: Any

    @property
    def kind(self) -> Kind:
        kind = kind_of(self.kwargs["kind"])
        if kind is None:
            raise Http404
        return kind

    @property
    def noun(self) -> str:
        return self.kind.noun

    @property
    def place(self) -> Place:
        return Place(self.request.user, self.region)

    def rows(self) -> Any:
        return self.kind.rows(self.request.user, self.region)

    def back(self) -> str:
        return self.kind.back(self.place, self.saved_or_row())

    def saved_or_row(self) -> Any:
        return getattr(self, "saved", None) or self.row

    def way_back(self) -> list[tuple[str, str]]:
        return [(self.kind.above, self.back())] if self.kind.above else []


class KeepRow(OfKind, RowPage):  # type: ignore[override]
    """Adds a row, below another when the address says so, or changes one."""

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return form_of(self.kind, self.request.user, self.region)

    def prepare(self) -> None:
        super().prepare()
        kind = self.kind
        if self.row is None and bool(kind.parent) != ("under" in self.kwargs):
            raise Http404
        self.fresh = None if self.row else self.new_row()
        kind.check(self.request.user, self.region, self.row or self.fresh)

    def new_row(self) -> Any:
        kind = self.kind
        if not kind.parent:
            return kind.model(**{kind.tenant_path: self.region})
        parent = kind.model._meta.get_field(kind.parent).related_model
        found = choices_of(parent, self.request.user, self.region)  # type: ignore[arg-type]
        return kind.model(**{kind.parent: get_object_or_404(found, pk=self.kwargs["under"])})

    def saved_or_row(self) -> Any:
        return getattr(self, "saved", None) or self.row or self.fresh

    def form_arguments(self) -> dict[str, Any]:
        """A link may say what a new row is about: `?criterion=3`."""
        asked = {} if self.row else self.request.GET
        about = {name: asked[name] for name in self.kind.fields if name in asked}
        return {"instance": self.row or self.fresh, "initial": about}

    def save(self, form: Any) -> Any:
        kept = self.kind.keep(row=form.instance, by=self.request.user)
        form._save_m2m()
        return kept


class RemoveRow(OfKind, RemovePage):  # type: ignore[override]
    def prepare(self) -> None:
        super().prepare()
        self.kind.check(self.request.user, self.region, self.row)

    def remove(self) -> None:
        self.kind.remove(row=self.row, by=self.request.user)


class MoveRow(OfKind, MovePage):  # type: ignore[override]
    """Makes one move of a row along the table of its kind."""

    def prepare(self) -> None:
        self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])
        if self.kind.table is None or self.kwargs["move"] not in {
            move.name for move in self.kind.table.moves
        }:
            raise Http404

    @property
    def table(self) -> Any:  # type: ignore[override]
        return self.kind.table

    def roles(self) -> frozenset[str]:
        roles = self.kind.roles
        return roles(self.request.user, self.row) if roles else frozenset()

    def verb(self, move: Move, form: Any) -> Any:
        take = partial(self.kind.take or _nothing, row=self.row, by=self.request.user)
        return take(move=move.name, reason=form.cleaned_data["reason"])

    def extra(self) -> dict[str, Any]:
        return {"note": str(self.row)}


def _nothing(**kwargs: Any) -> None:
    raise TypeError("a kind with a table needs a verb `take`")
