"""Writing rows of a registered kind (core.ui.kinds): the same verbs and choices as its pages.

Which fields may come in follows from the kind and from the fields that its rows show: `gemeente`,
shown as a code, comes in as a code; `plan`, shown as an id, as an id. What is named is looked up
among what the user may choose in the region of the row.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Case, F, Model, QuerySet, When
from rest_framework import serializers

from core.api.rest import (
    Choice,
    Euros,
    Input,
    KeepView,
    LastDay,
    MoveView,
    Number,
    RegisterView,
    Rows,
)
from core.ui.kinds import Kind, choices_of, kind_of, kinds

from .choose import RegionChoice

ONE, MANY, UNDER = "to_", "many_", "under_"
# A related row that the reader may not see is shown as if it were not there.
SEEN = "seen_"
# Parents that have pages of their own: how a user sees them.
Seen = Callable[[Any], QuerySet[Any]]
_parents: dict[type[Model], Seen] = {}


def register_parent(model: type[Model], visible: Seen) -> None:
    _parents[model] = visible


class GuardedView(RegisterView):
    """A row that its reader may see may name one that he may not."""

    # Relations whose other end not everybody sees; their field has the source `seen_<name>_id`.
    guarded: ClassVar[dict[str, Seen]] = {}

    def get_queryset(self) -> QuerySet[Any]:
        user = self.request.user
        shown = {
            f"{SEEN}{attr}_id": Case(When(**{f"{attr}__in": seen(user)}, then=F(f"{attr}_id")))
            for attr, seen in self.guarded.items()
        }
        return super().get_queryset().annotate(**shown)


class KindView(GuardedView, KeepView):
    """`kind_code` names the kind; `many` names lists: what they are called, relation and column."""

    kind_code: ClassVar[str] = ""
    many: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.kind_code:
            kind = cls.kind()
            cls.visible = staticmethod(kind.visible)
            cls.input_class, looked_up = input_of(kind, cls.serializer_class, cls.many)
            cls.looked_up = looked_up
            cls.places = (UNDER,)

    looked_up: ClassVar[dict[str, tuple[str, str, str]]] = {}

    @classmethod
    def kind(cls) -> Kind:
        kind = kind_of(cls.kind_code)
        if kind is None:
            raise LookupError(f"no kind is called {cls.kind_code!r}")
        return kind

    def new_row(self, place: dict[str, Any]) -> Model:
        kind, above = self.kind(), place[UNDER]
        if not kind.parent:
            return kind.model(**{kind.tenant_path: above})
        parent = _related(kind.model, kind.parent)
        found = _visible(parent, self.request.user).filter(pk=above).first()
        if found is None:
            told = "Er is geen rij met dit id die u mag zien."
            raise serializers.ValidationError({self._name_of(UNDER): told})
        return kind.model(**{kind.parent: found})

    @transaction.atomic
    def keep(self, row: Any) -> Any:
        """Look up what was named, keep the row, then its lists."""
        region = self.kind().tenant_of(row)
        lists = []
        for source, (attr, lookup, name) in self.looked_up.items():
            if not hasattr(row, source):
                continue
            model, value = _related(type(row), attr), getattr(row, source)
            chosen = choices_of(model, self.request.user, region)
            if source.startswith(MANY):
                lists.append((attr, [_one(chosen, lookup, one, name) for one in value]))
            else:
                found = None if value is None else _one(chosen, lookup, value, name)
                setattr(row, attr, found)
        kept = self.kind().keep(row=row, by=self.request.user)
        for attr, found in lists:
            getattr(kept, attr).set(found)
        return kept

    def remove(self, row: Any) -> None:
        self.kind().remove(row=row, by=self.request.user)

    def _name_of(self, source: str) -> str:
        fields = self.input_class().fields
        return next(name for name, field in fields.items() if field.source == source)


class KindMoveView(KindView, MoveView):
    """A kind whose rows go along a table of states."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        table = cls.kind().table if cls.kind_code else None
        if table is not None:
            cls.table = table

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        take = self.kind().take
        if take is not None:
            take(row=row, move=move, by=self.request.user, reason=reason)


def input_of(
    kind: Kind, shape: type[Rows], many: dict[str, tuple[str, str]]
) -> tuple[type[Input], dict[str, tuple[str, str, str]]]:
    """The fields that may come in, and per looked-up source its attribute, column and name."""
    fields: dict[str, Any] = {}
    looked_up: dict[str, tuple[str, str, str]] = {}
    if not kind.parent:
        fields["regio"] = RegionChoice(source=UNDER)
    for name, shown in shape._declared_fields.items():
        attr, lookup = _attribute(name, shown)
        if "__" in lookup:
            continue  # shown from further away, such as the region
        if kind.parent and attr == kind.parent and lookup:
            fields[name] = serializers.IntegerField(source=UNDER)
        elif attr in kind.fields:
            column = kind.model._meta.get_field(attr)
            if lookup:
                looked_up[ONE + attr] = (attr, lookup, name)
            fields[name] = _field(column, shown, name, ONE + attr if lookup else attr, lookup)
    for name, (attr, lookup) in many.items():
        child: Any = serializers.IntegerField() if lookup == "pk" else serializers.CharField()
        looked_up[MANY + attr] = (attr, lookup, name)
        fields[name] = serializers.ListField(child=child, required=False, source=MANY + attr)
    reference = f"{shape.Meta.ref_name}Invoer"  # type: ignore[attr-defined]
    meta = type("Meta", (), {"ref_name": reference})
    return type(f"{shape.__name__}Input", (Input,), {**fields, "Meta": meta}), looked_up


def _attribute(name: str, shown: Any) -> tuple[str, str]:
    """The attribute behind a shown field, and the column by which a related row is named."""
    made_of = getattr(shown, "made_of", None)
    source = made_of[0][0] if made_of else (shown.source or name)
    if hasattr(shown, "relation"):
        return "", ""
    attr, _, lookup = source.removeprefix(SEEN).partition("__")
    if not lookup and attr.endswith("_id"):
        return attr.removesuffix("_id"), "pk"
    return attr, lookup


def _field(column: Any, shown: Any, name: str, source: str, lookup: str) -> Any:
    """The field that takes in what a shown field gives out."""
    required = not column.blank and not column.has_default()
    common: dict[str, Any] = {"required": required}
    if source != name:
        common["source"] = source
    if column.null:
        common["allow_null"] = True
    if lookup:
        kind = serializers.IntegerField if lookup == "pk" else serializers.CharField
        return kind(**common)
    match column:
        case models.JSONField():
            return serializers.ListField(child=serializers.CharField(max_length=2000), **common)
        case models.DateField():
            return (LastDay if isinstance(shown, LastDay) else serializers.DateField)(**common)
        case models.DecimalField():
            number = Euros if isinstance(shown, Euros) else Number
            return number(**common)
        case models.BooleanField():
            return serializers.BooleanField(**common)
        case models.IntegerField():
            return serializers.IntegerField(**common)
    if isinstance(shown, Choice):
        return Choice(_choices_of(shown), **common)
    longest = getattr(column, "max_length", None) or 100_000
    return serializers.CharField(allow_blank=column.blank, max_length=longest, **common)


def _choices_of(shown: Choice) -> Any:
    """The choices again, as an enumeration of their own kind."""

    class Same:
        choices = tuple((value, slug) for slug, value in shown.value_of.items())

    return Same


def _related(model: type[Model], attr: str) -> Any:
    return model._meta.get_field(attr).related_model


def _visible(model: Any, user: Any) -> QuerySet[Any]:
    kind = next((kind for kind in kinds() if kind.model is model), None)
    seen = kind.visible if kind else _parents[model]
    return seen(user)


def _one(chosen: QuerySet[Any], lookup: str, value: Any, name: str) -> Any:
    found = chosen.filter(**{lookup: value})[:2]
    if len(found) != 1:
        raise serializers.ValidationError({name: f"‘{value}’ is hier niet te kiezen."})
    return found[0]
