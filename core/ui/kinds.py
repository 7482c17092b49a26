"""Kinds of rows with pages of their own: an app declares the kind, the pages are made here.

`register_kind(Kind(...))` gives pages that add, change and remove a row, and one per move when the
kind has a table of states. Rules stay where they are: `visible`, `check` and the verbs are the
app's own functions. See docs/core/ui.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from core.states import StateTable

from .places import Place

Visible = Callable[[Any], QuerySet[Any]]
Roles = Callable[[Any, Any], frozenset[str]]


@dataclass(frozen=True)
class Kind:
    """What may be written down, by whom, and where one goes afterwards.

    `tenant_path` leads from a row to its tenant ('document__region'); `parent` is the attribute
    whose row the address names on adding. `check(user, tenant, row)` raises NotAllowed; `row` is
    None when a row is added without a parent, else the row or its unsaved successor. `keep` and
    `remove` are verbs with `row=` and `by=`; `take` moves it along `table`. `narrow(form)` may
    offer less, by what `form.instance` belongs to.
    """

    code: str
    noun: str
    model: type[Model]
    fields: tuple[str, ...]
    visible: Visible
    check: Callable[[Any, Any, Any], None]
    keep: Callable[..., Any]
    remove: Callable[..., None]
    back: Callable[[Place, Any], str]
    tenant_path: str = "region"
    parent: str = ""
    above: str = ""
    help: Mapping[str, str] = field(default_factory=dict)
    form: type[forms.ModelForm] = forms.ModelForm
    narrow: Callable[[Any], None] | None = None
    table: StateTable | None = None
    take: Callable[..., Any] | None = None
    roles: Roles | None = None

    def rows(self, user: Any, tenant: Any) -> QuerySet[Any]:
        """The rows that a user may see within a tenant."""
        return self.visible(user).filter(**{self.tenant_path: tenant})

    def tenant_of(self, row: Any) -> Any:
        for name in self.tenant_path.split("__"):
            row = getattr(row, name)
        return row


_kinds: dict[str, Kind] = {}
_choices: dict[type[Model], Callable[[Any, Any], QuerySet[Any]]] = {}


def register_kind(kind: Kind) -> None:
    _kinds[kind.code] = kind
    _choices.setdefault(kind.model, kind.rows)


def register_choices(model: type[Model], choices: Callable[[Any, Any], QuerySet[Any]]) -> None:
    """Which rows of a model a form may offer to a user in a tenant: `choices(user, tenant)`."""
    _choices[model] = choices


def kind_of(code: str) -> Kind | None:
    return _kinds.get(code)


def kinds() -> list[Kind]:
    return [_kinds[code] for code in sorted(_kinds)]


def choices_of(model: type[Model], user: Any, tenant: Any) -> QuerySet[Any]:
    """TypeError for a model of which nobody said who may choose from it."""
    if model not in _choices:
        raise TypeError(f"register_choices({model.__name__}, ...) is missing")
    return _choices[model](user, tenant)
