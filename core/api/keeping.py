"""Registers that programs may write: add, change and remove a row, and make a move of its states.

The view says which fields may come in (`input_class`) and which verbs of the domain keep and remove
a row; whether that is allowed is asked by the verb.
"""

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.states import StateTable

from .conditional import etag_of
from .inputs import Input
from .schema import Parameters
from .views import RegisterView


class KeepView(RegisterView):
    """`POST` on the list adds, `PATCH` changes what the body names, `DELETE` removes.

    `input_class` is an Input whose fields name attributes of the row (`source`). A field named in
    `places` says where a new row belongs and cannot be changed: `new_row` gets it.
    """

    input_class: ClassVar[type[Input]]
    places: ClassVar[tuple[str, ...]] = ()

    def new_row(self, place: dict[str, Any]) -> Model:
        """An unsaved row where the request wants it."""
        raise NotImplementedError

    def keep(self, row: Any) -> Any:
        """The verb that keeps a row; it asks whether the user may."""
        raise NotImplementedError

    def remove(self, row: Any) -> None:
        raise NotImplementedError

    def objects(self) -> QuerySet[Any]:
        """The same rows as model instances."""
        return self.get_queryset()

    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = self.input_class(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        row = self.new_row({name: values.pop(name, None) for name in self.places})
        kept = self.keep(_filled(row, values))
        answer = self._answer(kept.pk, status=201)
        answer["Location"] = f"{request.path}/{kept.pk}"
        return answer

    @extend_schema(parameters=[Parameters.IF_MATCH])
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = self.input_class(data=request.data, context={"request": request}, partial=True)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        if fixed := [name for name in self.places if name in values]:
            told = "Dit staat vast zodra de rij er is. Maak een nieuwe rij."
            names = {field.source: name for name, field in asked.fields.items()}
            raise serializers.ValidationError({names[name]: told for name in fixed})
        kept = self.keep(_filled(self.object(), values))
        return self._answer(kept.pk)

    @extend_schema(parameters=[Parameters.IF_MATCH])
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.remove(self.object())
        return Response(status=204)

    def object(self) -> Any:
        found = self.objects().filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def _answer(self, pk: Any, status: int = 200) -> Response:
        rows = self.read(self.get_queryset().filter(pk=pk)[:1])
        if not rows:
            return Response(status=204)
        return Response(rows[0], status=status, headers={"ETag": etag_of(rows[0])})


class MoveInput(Input):
    """A move of a table of states; `StateTable.name_of` says what may be written."""

    stap = serializers.SlugField(
        max_length=60, help_text="De tekst van de knop in kleine letters, met streepjes."
    )
    reden = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")

    class Meta:
        ref_name = "Stap"


class MoveView(RegisterView):
    """Adds `POST .../{id}/stap` along `table`; `input_of_move` may ask for more than a reason."""

    table: ClassVar[StateTable]
    input_of_move: ClassVar[type[MoveInput]] = MoveInput

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        raise NotImplementedError

    @extend_schema(request=MoveInput, parameters=[Parameters.IF_MATCH], summary="Stap zetten")
    @action(detail=True, methods=["post"], url_path="stap", url_name="move")
    def move(self, request: Request, pk: int) -> HttpResponseBase:
        asked = self.input_of_move(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        more = dict(asked.validated_data)
        found = self.get_queryset().filter(pk=pk).first()
        if found is None:
            raise Http404
        self.make_move(found, self.table.name_of(more.pop("stap")), more.pop("reden"), more)
        row = self.row()
        return Response(row, headers={"ETag": etag_of(row)})


def _filled(row: Any, values: dict[str, Any]) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    return row
