"""Check-lists for programs: standards, checks and their points."""

from typing import Any

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Filters,
    Input,
    KeepView,
    KeyOf,
    LastDay,
    MoveView,
    RegisterView,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
)
from providers.api.inputs import Colleague
from regions.api.choose import OfRegion, region_filter

from ..domain import compliance as domain
from ..enums import compliance as enums
from ..models import ComplianceAnswer, ComplianceCheck, CompliancePoint
from ..queries import compliance as queries
from ..queries.plans import plans_visible_to
from .changes import ContractChoice

EMPTY: dict[str, Any] = {"required": False, "allow_null": True}


class PointRows(Rows):
    nummer = Whole(source="number")
    artikel = Text(source="article", allow_blank=True)
    punt = Text(source="text")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "PuntVanNorm"


class StandardRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    code = Text()
    titel = Text(source="title")
    over = Choice(enums.StandardSubject, source="subject")
    toelichting = Text(source="note", allow_blank=True)
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True)
    bron = Text(source="source", allow_blank=True)
    punten = many(PointRows, model=CompliancePoint, by="standard_id", order=("number",))

    class Meta:
        ref_name = "Norm"


class StandardView(RegisterView):
    about = "Normen waaraan contracten en plannen worden getoetst, met hun punten."
    visible = staticmethod(queries.standards_visible_to)
    serializer_class = StandardRows
    filterset_class = OfRegion


class AnswerRows(Rows):
    id = Whole()
    nummer = Whole(source="number")
    artikel = Text(source="article", allow_blank=True)
    punt = Text(source="text")
    oordeel = Choice(enums.Verdict, source="verdict")
    waarom = Text(source="motivation", allow_blank=True)
    beoordeeldOp = Day(source="judged_on", allow_null=True)
    beoordeeldDoor = Text(source="judged_by__name", allow_null=True)
    herstel = Text(source="remedy", allow_blank=True)
    wie = Text(source="owner__name", allow_null=True)
    uiterlijkOp = Day(source="due_on", allow_null=True)

    class Meta:
        ref_name = "PuntInNalevingstoets"


class CheckRows(Rows):
    id = Whole()
    regio = Text(source="standard__region__slug")
    norm = Whole(source="standard_id")
    normTitel = Text(source="standard__title")
    contract = Text(source="contract__number", allow_null=True)
    plan = Whole(source="plan_id", allow_null=True)
    begonnenOp = Day(source="begun_on")
    vastgesteldOp = Day(source="settled_on", allow_null=True)
    stand = Choice(enums.CheckState, source="state")
    punten = many(AnswerRows, model=ComplianceAnswer, by="check_list_id", order=("number",))
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Nalevingstoets"


class CheckInput(Input):
    norm = KeyOf(queries.standards_visible_to, noun="norm", source="standard")
    contract = ContractChoice(**EMPTY, help_text="Id van het contract.")
    plan = KeyOf(plans_visible_to, noun="plan", **EMPTY)

    class Meta:
        ref_name = "NalevingstoetsInvoer"


class CheckFilters(Filters):
    regio = region_filter("standard__region__slug")
    contract = django_filters.CharFilter(field_name="contract__number")
    norm = django_filters.CharFilter(field_name="standard__code", label="Code van de norm.")
    stand = ChoiceOf(enums.CheckState, field_name="state")


class CheckView(KeepView, MoveView):
    about = (
        "Toetsen van een contract of plan aan een norm. Een toets begint met alle punten van de "
        "norm; beoordeel ze in `nalevingspunten`."
    )
    table = enums.COMPLIANCE_CHECK
    visible = staticmethod(queries.checks_visible_to)
    serializer_class = CheckRows
    filterset_class = CheckFilters
    input_class = CheckInput
    places = ("standard", "contract", "plan")
    http_method_names = ("get", "head", "options", "post")

    def new_row(self, place: dict[str, Any]) -> ComplianceCheck:
        subject = place["contract"] or place["plan"]
        if subject is None:
            raise serializers.ValidationError({"contract": "Noem een contract of een plan."})
        return domain.begin_check(standard=place["standard"], subject=subject, by=self.request.user)

    def keep(self, row: Any) -> Any:
        return row

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        domain.move_check(check=row, move=move, by=self.request.user, reason=reason)


class JudgedRows(AnswerRows):
    regio = Text(source="check_list__standard__region__slug")
    toets = Whole(source="check_list_id")

    class Meta:
        ref_name = "Nalevingspunt"


class JudgedInput(Input):
    oordeel = Choice(enums.Verdict, source="verdict")
    waarom = serializers.CharField(source="motivation", max_length=4000)
    herstel = serializers.CharField(
        source="remedy", required=False, allow_blank=True, max_length=4000
    )
    wie = Colleague(source="owner", **EMPTY, help_text="E-mailadres van een medewerker.")
    uiterlijkOp = Day(source="due_on", **EMPTY)

    class Meta:
        ref_name = "NalevingspuntInvoer"


class AnswerFilters(Filters):
    regio = region_filter("check_list__standard__region__slug")
    toets = django_filters.NumberFilter(field_name="check_list")
    oordeel = ChoiceOf(enums.Verdict, field_name="verdict")


class AnswerView(KeepView):
    about = "Punten van nalevingstoetsen: oordeel met reden; wat niet voldoet wordt een taak."
    visible = staticmethod(queries.answers_visible_to)
    serializer_class = JudgedRows
    filterset_class = AnswerFilters
    input_class = JudgedInput
    http_method_names = ("get", "head", "options", "patch")

    def keep(self, row: Any) -> Any:
        given = domain.Judgement(row.verdict, row.motivation, row.remedy, row.owner, row.due_on)
        fresh = self.object()
        return domain.judge(answer=fresh, judgement=given, by=self.request.user)


VIEWS = (
    ("normen", StandardView, "norm"),
    ("nalevingstoetsen", CheckView, "nalevingstoets"),
    ("nalevingspunten", AnswerView, "nalevingspunt"),
)
