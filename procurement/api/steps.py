"""Taking steps through the API: the same tables, verbs and forms as in the browser."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.text import slugify
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import Input, Rows, Text, Texts

from ..domain.moves import WORKFLOWS, Workflow, make_move
from ..forms.moves import GivenForm, move_form
from ..rules.contracts import roles_about


class StepInput(Input):
    stap = serializers.CharField(max_length=60, help_text="Zie GET: de stappen die u kunt zetten.")
    reden = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    gegevens = serializers.DictField(
        child=serializers.JSONField(),
        required=False,
        help_text="Wat de stap nog meer vraagt, bijvoorbeeld laatsteDag bij opzeggen.",
    )

    class Meta:
        ref_name = "StapAanvraag"


class StepShape(Rows):
    stap = Text()
    naam = Text()
    vraagt = Texts(help_text="Namen van gegevens bij deze stap.")

    class Meta:
        ref_name = "MogelijkeStap"


class StateShape(Rows):
    stand = Text()
    stappen = StepShape(many=True)

    class Meta:
        ref_name = "Stand"


class StepsMixin:
    """`stappen` on a row: GET says which steps the user may take now, POST takes one."""

    workflow: ClassVar[str]
    get_queryset: Any
    kwargs: dict[str, Any]

    def subject(self) -> Any:
        """The object that the address names, as the user may see it, or a 404."""
        seen = self.get_queryset().filter(pk=self.kwargs["pk"]).values("pk")
        found = WORKFLOWS[self.workflow].model.objects.filter(pk__in=seen).first()
        if found is None:
            raise Http404
        return found

    @extend_schema(methods=["get"], responses=StateShape, filters=False, summary="Stappen")
    @extend_schema(
        methods=["post"], request=StepInput, responses=StateShape, filters=False,
        summary="Stap zetten",
    )  # fmt: skip
    @action(detail=True, methods=["get", "post"], url_path="stappen", pagination_class=None)
    def steps(self, request: Request, pk: int) -> Response:
        """Welke stappen u nu kunt zetten; met POST zet u er een."""
        flow, obj = WORKFLOWS[self.workflow], self.subject()
        if request.method == "POST":
            asked = StepInput(data=request.data)
            asked.is_valid(raise_exception=True)
            _take(self.workflow, obj, request.user, asked.validated_data)
            obj.refresh_from_db()
        return Response(_state(self.workflow, flow, obj, request.user))


def _state(code: str, flow: Workflow, obj: Any, user: Any) -> dict[str, Any]:
    roles = roles_about(user, flow.contract_of(obj))
    moves = flow.table.moves_from(flow.state_of(obj), roles)
    return {
        "stand": slugify(flow.table.label(flow.state_of(obj))),
        "stappen": [
            {"stap": m.slug, "naam": m.label, "vraagt": list(move_form(code, m.name).api)}
            for m in moves
        ],
    }


def _take(code: str, obj: Any, user: Any, asked: dict[str, Any]) -> None:
    flow = WORKFLOWS[code]
    known = {move.name: move.slug for move in flow.table.moves}
    name = flow.table.name_of(asked["stap"])
    if name not in known:
        raise serializers.ValidationError({"stap": [f"Kies uit: {', '.join(known.values())}."]})
    roles = roles_about(user, flow.contract_of(obj))
    reason = asked.get("reden", "")
    move = flow.table.check(flow.state_of(obj), name, roles, reason)
    given = _given(move_form(code, name)(asked_data(code, name, asked), move=move))
    make_move(flow, obj, name, by=user, reason=reason, **given)


def asked_data(code: str, name: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The request as the form of the step reads it; an unknown name is refused."""
    names = move_form(code, name).api
    given = asked.get("gegevens", {})
    if unknown := sorted(set(given) - set(names)):
        known = ", ".join(names) or "niets"
        raise serializers.ValidationError(
            {str(key)[:60]: [f"Onbekend gegeven. Deze stap vraagt: {known}."] for key in unknown}
        )
    return {names[key]: value for key, value in given.items()} | {"reason": asked.get("reden", "")}


def _given(form: GivenForm) -> dict[str, Any]:
    if not form.is_valid():
        names = {ours: theirs for theirs, ours in form.api.items()} | {"reason": "reden"}
        raise serializers.ValidationError(
            {
                names.get(field, field): [str(one) for one in found]
                for field, found in form.errors.items()
            }
        )
    return form.given()
