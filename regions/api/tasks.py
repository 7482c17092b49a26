"""Tasks of people: what must be done by whom and when; taking, handing over, finishing."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Filters,
    Input,
    KeepView,
    Moment,
    MoveView,
    Parameters,
    Rows,
    Text,
    Whole,
    YesNo,
    made,
)
from core.tasks import api as tasks
from core.ui import matches

from ..models import Region
from .choose import REGION_TEXT, RegionChoice
from .jobs import region_slugs


def _is_late(state: str, due: Any) -> bool:
    return bool(state == tasks.TaskState.OPEN and due < clock.today())


def _not_past(day: Any) -> None:
    if day < clock.today():
        raise serializers.ValidationError("Kies vandaag of een latere dag.")


class TaskRows(Rows):
    id = Whole()
    regio = Text(source="tenant_id")
    actiepunt = Text(source="title")
    onderwerp = Text(source="about", allow_blank=True)
    uiterlijkOp = Day(source="due")
    teLaat = made(YesNo(help_text="Open, en de dag is voorbij."), "state", "due", by=_is_late)
    wie = Text(source="owner__name", allow_null=True, help_text="Leeg: iemand van het team.")
    team = Text(allow_blank=True, help_text="Code van de rol.")
    herkomst = Text(source="source", help_text="`explicit`: door iemand opgeschreven.")
    pagina = Text(source="url", allow_blank=True)
    toelichting = Text(source="note", allow_blank=True)
    stand = Choice(tasks.TaskState, source="state")
    afgerondOp = Moment(source="done_at", allow_null=True)
    afgerondDoor = Text(source="done_by__name", allow_null=True)

    class Meta:
        ref_name = "Actiepunt"

    @classmethod
    def read(cls, queryset: Any) -> list[dict[str, Any]]:
        slugs = region_slugs()
        rows = super().read(queryset)
        for row in rows:
            row["regio"] = slugs.get(row["regio"])
        return rows


class WhoInput(Input):
    wie = serializers.EmailField(
        required=False, allow_null=True, help_text="E-mailadres van een collega in de regio."
    )

    class Meta:
        ref_name = "WieInvoer"


class TaskInput(WhoInput):
    regio = RegionChoice()
    actiepunt = serializers.CharField(max_length=300)
    onderwerp = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    uiterlijkOp = Day(validators=[_not_past])
    toelichting = serializers.CharField(
        max_length=2000, required=False, allow_blank=True, default=""
    )

    class Meta:
        ref_name = "ActiepuntInvoer"


class HandOverInput(WhoInput):
    toelichting = serializers.CharField(
        max_length=2000, required=False, allow_blank=True, default=""
    )

    class Meta:
        ref_name = "Overdracht"


class PostponeInput(Input):
    uiterlijkOp = Day()
    reden = serializers.CharField(max_length=2000)

    class Meta:
        ref_name = "Uitstel"


class TaskFilters(Filters):
    regio = django_filters.CharFilter(method="of_region", label=REGION_TEXT)
    stand = ChoiceOf(tasks.TaskState, field_name="state")
    herkomst = django_filters.CharFilter(field_name="source")
    totEnMet = django_filters.DateFilter(field_name="due", lookup_expr="lte", label="Uiterste dag.")
    teLaat = django_filters.BooleanFilter(method="late", label="Alleen wat te laat is.")
    vanMij = django_filters.BooleanFilter(method="own", label="Van u, of van uw team en niemand.")
    zoek = django_filters.CharFilter(method="words", label="Woorden in actiepunt of onderwerp.")

    def of_region(self, queryset: Any, name: str, slug: str) -> Any:
        return queryset.filter(tenant_id__in=Region.objects.filter(slug=slug).values("pk"))

    def late(self, queryset: Any, name: str, wanted: bool) -> Any:
        late = tasks.overdue(tasks.Task.objects.all()).values("pk")
        return queryset.filter(pk__in=late) if wanted else queryset.exclude(pk__in=late)

    def own(self, queryset: Any, name: str, wanted: bool) -> Any:
        mine = tasks.of_person(self.request.user).values("pk")
        return queryset.filter(pk__in=mine) if wanted else queryset.exclude(pk__in=mine)

    def words(self, queryset: Any, name: str, text: str) -> Any:
        return matches(queryset, text, ("title", "about"))


def _colleague(user: Any, tenant_id: int, email: str | None) -> Any:
    if not email:
        return None
    found = tasks.colleagues_of(user, tenant_id).filter(email__iexact=email).first()
    if found is None:
        raise serializers.ValidationError({"wie": "Er is geen collega met dit e-mailadres."})
    return found


class TaskView(KeepView, MoveView):
    about = (
        "Actiepunten van mensen: uit elke termijn vanzelf, of door iemand opgeschreven. U ziet die "
        "van uzelf en van uw team. Pak een "
        "actiepunt op met `oppakken`, geef het door met `overdracht` (zonder `wie`: terug naar het "
        "team) en kies een latere dag met `uitstel`."
    )
    table = tasks.TASK
    visible = staticmethod(tasks.visible_to)
    serializer_class = TaskRows
    filterset_class = TaskFilters
    input_class = TaskInput
    places = ("regio", "actiepunt", "onderwerp", "uiterlijkOp", "toelichting", "wie")
    http_method_names = ("get", "head", "options", "post")

    def new_row(self, place: dict[str, Any]) -> tasks.Task:
        region, user = place["regio"], self.request.user
        tasks.check_can_add(user, region.pk)
        owner = _colleague(user, region.pk, place["wie"])
        return tasks.add_task(
            tenant_id=region.pk, title=place["actiepunt"], about=place["onderwerp"] or "",
            due=place["uiterlijkOp"], note=place["toelichting"] or "", by=user,
            owner_id=owner.pk if owner else None,
        )  # fmt: skip

    def keep(self, row: Any) -> Any:
        return row

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        by = self.request.user
        tasks.TASK.check(row.state, move, tasks.WHO, reason)
        if move == "finish":
            tasks.finish_task(task=row, by=by, note=reason)
        elif move == "drop":
            tasks.drop_task(task=row, by=by, reason=reason)
        else:
            tasks.reopen_task(task=row, by=by, reason=reason)

    @extend_schema(
        request=None, responses=TaskRows, parameters=[Parameters.IF_MATCH], summary="Oppakken"
    )
    @action(detail=True, methods=["post"], url_path="oppakken", url_name="take")
    def take(self, request: Request, pk: int) -> Response:
        """U neemt het actiepunt op u."""
        tasks.hand_over(task=self.object(), owner=request.user, by=request.user)
        return self._answer(pk)

    @extend_schema(
        request=HandOverInput, responses=TaskRows, parameters=[Parameters.IF_MATCH],
        summary="Overdragen",
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="overdracht", url_name="hand-over")
    def hand_over(self, request: Request, pk: int) -> Response:
        """Aan een collega, of zonder `wie` terug naar het team."""
        asked = HandOverInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        row, given = self.object(), asked.validated_data
        owner = _colleague(request.user, row.tenant_id, given.get("wie"))
        tasks.hand_over(task=row, owner=owner, by=request.user, note=given["toelichting"])
        return self._answer(pk)

    @extend_schema(
        request=PostponeInput, responses=TaskRows, parameters=[Parameters.IF_MATCH],
        summary="Uitstellen",
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="uitstel", url_name="postpone")
    def postpone(self, request: Request, pk: int) -> Response:
        """Alleen wat iemand zelf opschreef; een termijn volgt uit de afspraak."""
        asked = PostponeInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        tasks.postpone(
            task=self.object(), due=given["uiterlijkOp"], reason=given["reden"], by=request.user
        )
        return self._answer(pk)
