"""Revisions, extensions, obligations and sanctions in the API."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Euros,
    Filters,
    Input,
    KeyOf,
    LastDay,
    RegisterView,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
)
from regions.api.choose import region_filter

from ..domain import extending, revising
from ..domain.parts import PARTS, PartKind
from ..enums.contracts import (
    ChangeAction,
    ExtensionState,
    ObligationState,
    RefusalEffect,
    RevisionReason,
    RevisionState,
    SanctionKind,
    SanctionState,
)
from ..forms.parts import CHANGE_FORMS
from ..models import (
    Contract,
    ContractExtension,
    ContractRevision,
    ExtensionTest,
    Obligation,
    RevisionChange,
    Sanction,
)
from ..queries import contracts
from .steps import StepsMixin


class OfContract(Filters):
    regio = region_filter("contract__region__slug")
    contract = django_filters.CharFilter(field_name="contract__number")


class ContractRow(Rows):
    """What every row under a contract begins with."""

    id = Whole()
    regio = Text(source="contract__region__slug")
    contract = Text(source="contract__number")
    aanbieder = Text(source="contract__provider__agb_code", help_text="AGB-code.")


class ContractChoice(KeyOf):
    """The key of a contract that the user may see; becomes the Contract."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(contracts.visible_to, noun="contract", **kwargs)


class ChangeRows(Rows):
    onderdeel = Text(source="part")
    wat = Choice(ChangeAction, source="action")
    welk = Text(source="label")

    class Meta:
        ref_name = "Herzieningswijziging"


class RevisionRows(ContractRow):
    nummer = Whole(source="number")
    titel = Text(source="title")
    reden = Choice(RevisionReason, source="reason_code")
    toelichting = Text(source="explanation")
    addendum = Text(allow_blank=True)
    ingangsdatum = Day(source="effective_from")
    antwoordUiterlijk = Day(source="answer_before", allow_null=True)
    bijWeigering = Choice(RefusalEffect, source="on_refusal")
    stand = Choice(RevisionState, source="state")
    beantwoordOp = Day(source="answered_on", allow_null=True)
    wijzigingen = many(ChangeRows, model=RevisionChange, by="revision_id")

    class Meta:
        ref_name = "Herziening"


class RevisionInput(Input):
    contract = ContractChoice(help_text="Id van het contract.")
    titel = serializers.CharField(max_length=160)
    reden = Choice(RevisionReason)
    toelichting = serializers.CharField(max_length=4000)
    addendum = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    ingangsdatum = serializers.DateField()
    antwoordUiterlijk = serializers.DateField(required=False)
    bijWeigering = Choice(RefusalEffect, required=False)

    class Meta:
        ref_name = "HerzieningAanvraag"


class ChangeInput(Input):
    onderdeel = serializers.ChoiceField([*PARTS])
    wat = Choice(ChangeAction)
    id = serializers.IntegerField(
        required=False, help_text="Van het onderdeel dat verandert of vervalt."
    )
    waarden = serializers.DictField(child=serializers.JSONField(), required=False)

    class Meta:
        ref_name = "WijzigingAanvraag"


NAMES = {
    "contract": "contract", "titel": "title", "reden": "reason_code",
    "toelichting": "explanation", "addendum": "addendum", "ingangsdatum": "effective_from",
    "antwoordUiterlijk": "answer_before", "bijWeigering": "on_refusal",
}  # fmt: skip


class RevisionFilters(OfContract):
    stand = ChoiceOf(RevisionState, field_name="state")


class RevisionView(StepsMixin, RegisterView):
    about = (
        "Herzieningen van contracten. Een herziening is eerst een concept; de aanbieder accepteert "
        "of weigert haar (zie stappen). Pas bij acceptatie verandert het contract."
    )
    visible = staticmethod(contracts.revisions_visible_to)
    serializer_class = RevisionRows
    filterset_class = RevisionFilters
    workflow = "herziening"

    @extend_schema(request=RevisionInput, responses={201: RevisionRows})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = RevisionInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        values = {NAMES[name]: value for name, value in asked.validated_data.items()}
        made = revising.keep_revision(revision=ContractRevision(**values), by=request.user)
        return _created(RevisionRows, ContractRevision.objects.filter(pk=made.pk), "herzieningen")

    @extend_schema(
        request=ChangeInput, responses={201: RevisionRows}, summary="Wijziging toevoegen"
    )
    @action(detail=True, methods=["post"], url_path="wijzigingen", pagination_class=None)
    def changes(self, request: Request, pk: int) -> HttpResponseBase:
        """Zet een wijziging in een concept; de waarden heten zoals op het formulier."""
        revision = self.subject()
        asked = ChangeInput(data=request.data)
        asked.is_valid(raise_exception=True)
        _add_change(revision, request.user, asked.validated_data)
        return _created(RevisionRows, self.get_queryset().filter(pk=pk), "herzieningen")


def _add_change(revision: ContractRevision, user: Any, asked: dict[str, Any]) -> None:
    kind, target = PARTS[asked["onderdeel"]], None
    if asked["wat"] != ChangeAction.ADD:
        target = kind.rows(revision.contract).filter(pk=asked.get("id")).first()
        if target is None:
            raise serializers.ValidationError({"id": ["Dit onderdeel staat niet in het contract."]})
    values = asked.get("waarden", {})
    if asked["wat"] != ChangeAction.END:
        row = target or kind.new(revision.contract)
        form = CHANGE_FORMS[kind.code]({**form_data(kind, row), **values}, instance=row)
        if not form.is_valid():
            raise serializers.ValidationError(
                {name: [str(one) for one in found] for name, found in form.errors.items()}
            )
        values = kind.values(form.instance)
    revising.add_change(
        revision=revision, part=kind.code, action=asked["wat"], target=target, values=values,
        by=user,
    )  # fmt: skip


def form_data(kind: PartKind, row: Any) -> dict[str, Any]:
    """What the form of a part would send for a row that does not change."""
    form = CHANGE_FORMS[kind.code](instance=row)
    return {
        name: field.prepare_value(form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
        if form.get_initial_for_field(field, name) is not None
    }


def _created(shape: type[Rows], rows: QuerySet[Any], path: str) -> Response:
    row = shape.read(rows)[0]
    return Response(row, status=201, headers={"Location": f"/api/v1/{path}/{row['id']}"})


class TestRows(Rows):
    naam = Text(source="name")
    gehaald = YesNo(source="met")
    waarom = Text(source="motivation")
    op = Day(source="tested_on")

    class Meta:
        ref_name = "Verlengingstoets"


class ExtensionRows(ContractRow):
    nummer = Whole(source="number")
    maanden = Whole(source="months")
    eindeWas = LastDay(source="previous_end")
    eindeWordt = LastDay(source="new_end")
    stand = Choice(ExtensionState, source="state")
    stilzwijgend = YesNo(source="tacit")
    afgesprokenOp = Day(source="agreed_on", allow_null=True)
    toetsen = many(TestRows, model=ExtensionTest, by="extension_id", order=("name",))

    class Meta:
        ref_name = "Verlenging"


class ExtensionInput(Input):
    contract = ContractChoice(help_text="Id van het contract.")
    maanden = serializers.IntegerField(min_value=1, max_value=600, required=False)
    toelichting = serializers.CharField(max_length=4000, required=False)

    class Meta:
        ref_name = "VerlengingAanvraag"


class ExtensionFilters(OfContract):
    stand = ChoiceOf(ExtensionState, field_name="state")


class ExtensionView(StepsMixin, RegisterView):
    about = "Verlengingen van contracten, met de toetsen waarvan zij afhangen."
    visible = staticmethod(
        lambda user: ContractExtension.objects.filter(contract__in=contracts.visible_to(user))
    )
    serializer_class = ExtensionRows
    filterset_class = ExtensionFilters
    workflow = "verlenging"

    @extend_schema(request=ExtensionInput, responses={201: ExtensionRows})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = ExtensionInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        contract: Contract = asked.validated_data["contract"]
        made = extending.propose_extension(
            contract=contract,
            by=request.user,
            months=asked.validated_data.get("maanden"),
            motivation=asked.validated_data.get("toelichting", ""),
        )
        rows = ContractExtension.objects.filter(pk=made.pk)
        return _created(ExtensionRows, rows, "verlengingen")


class ObligationRows(ContractRow):
    titel = Text(source="title")
    toelichting = Text(source="text", allow_blank=True)
    uiterlijkOp = Day(source="due", allow_null=True)
    stand = Choice(ObligationState, source="state")
    bewijs = Text(source="proof", allow_blank=True)
    beoordeeldOp = Day(source="judged_on", allow_null=True)

    class Meta:
        ref_name = "Verplichting"


class ObligationFilters(OfContract):
    stand = ChoiceOf(ObligationState, field_name="state")
    uiterlijkVoor = django_filters.DateFilter(field_name="due", lookup_expr="lte")


class ObligationView(StepsMixin, RegisterView):
    about = "Verplichtingen in contracten, en of zij zijn nagekomen."
    visible = staticmethod(
        lambda user: Obligation.objects.filter(contract__in=contracts.visible_to(user))
    )
    serializer_class = ObligationRows
    filterset_class = ObligationFilters
    workflow = "verplichting"


class SanctionRows(ContractRow):
    sanctie = Choice(SanctionKind, source="kind")
    grond = Text(source="ground")
    vanaf = Day(source="starts_on")
    totEnMet = LastDay(source="ends_on", allow_null=True)
    bedrag = Euros(source="amount", allow_null=True)
    stand = Choice(SanctionState, source="state")

    class Meta:
        ref_name = "Sanctie"


class SanctionFilters(OfContract):
    stand = ChoiceOf(SanctionState, field_name="state")


class SanctionView(StepsMixin, RegisterView):
    about = "Sancties onder contracten (contractstandaard, artikel 3.19)."
    visible = staticmethod(
        lambda user: Sanction.objects.filter(contract__in=contracts.visible_to(user))
    )
    serializer_class = SanctionRows
    filterset_class = SanctionFilters
    workflow = "sanctie"
