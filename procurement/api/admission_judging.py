"""What an applicant shows, and what two people find of it, for programs."""

from typing import Any

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    Day,
    Filters,
    Input,
    KeepView,
    KeyOf,
    Moment,
    Rows,
    Text,
    Whole,
    YesNo,
)
from providers.queries.file import documents_visible_to
from regions.api.choose import region_filter

from ..domain import admission as domain
from ..enums.admission import RequirementKind
from ..models import AdmissionJudgement
from ..queries import admission as queries


class EvidenceRows(Rows):
    id = Whole()
    regio = Text(source="admission__region__slug")
    toelating = Whole(source="admission_id")
    eis = Text(source="requirement__code")
    eisTekst = Text(source="requirement__text")
    soort = Choice(RequirementKind, source="requirement__kind")
    onderschreven = YesNo(source="endorsed")
    verklaring = Text(source="statement", allow_blank=True)
    document = Whole(source="document_id", allow_null=True)
    geldigTot = Day(source="document__valid_to", allow_null=True)

    class Meta:
        ref_name = "Toelatingsbewijs"


class EvidenceInput(Input):
    onderschreven = serializers.BooleanField(source="endorsed")
    verklaring = serializers.CharField(
        source="statement", required=False, allow_blank=True, max_length=20_000
    )
    document = KeyOf(
        documents_visible_to, noun="document", required=False, allow_null=True,
        help_text="Uit het dossier van de aanbieder.",
    )  # fmt: skip

    class Meta:
        ref_name = "ToelatingsbewijsInvoer"


class OfAdmission(Filters):
    regio = region_filter("admission__region__slug")
    toelating = django_filters.NumberFilter(field_name="admission")


class EvidenceView(KeepView):
    about = (
        "Het antwoord op elke eis van een aanvraag. De aanvrager wijzigt het in een concept of "
        "als om een aanvulling is gevraagd; de rijen ontstaan met de aanvraag."
    )
    visible = staticmethod(queries.evidence_visible_to)
    serializer_class = EvidenceRows
    filterset_class = OfAdmission
    input_class = EvidenceInput
    http_method_names = ("get", "head", "options", "patch")

    def keep(self, row: Any) -> Any:
        return domain.answer(evidence=row, by=self.request.user)


class JudgementRows(Rows):
    id = Whole()
    regio = Text(source="admission__region__slug")
    toelating = Whole(source="admission_id")
    eis = Text(source="requirement__code")
    ronde = Whole(source="round")
    beoordelaar = Text(source="assessor__name")
    score = Whole()
    motivering = Text(source="motivation")
    gegevenOp = Moment(source="at")

    class Meta:
        ref_name = "Toelatingsoordeel"


class JudgementInput(Input):
    toelating = KeyOf(queries.admissions_visible_to, noun="toelating", source="admission")
    eis = serializers.CharField(max_length=20, help_text="Code van de eis.")
    score = serializers.IntegerField(min_value=0, max_value=10)
    motivering = serializers.CharField(source="motivation", max_length=4000)

    class Meta:
        ref_name = "ToelatingsoordeelInvoer"


class JudgementView(KeepView):
    about = (
        "Oordelen van medewerkers over een aanvraag, een per persoon, eis en ronde. Wie opnieuw "
        "oordeelt over dezelfde eis, verandert het eigen oordeel."
    )
    visible = staticmethod(queries.judgements_visible_to)
    serializer_class = JudgementRows
    filterset_class = OfAdmission
    input_class = JudgementInput
    places = ("admission", "eis")
    http_method_names = ("get", "head", "options", "post")

    def new_row(self, place: dict[str, Any]) -> AdmissionJudgement:
        admission = place["admission"]
        answer = admission.evidence.filter(requirement__code=place["eis"]).first()
        if answer is None:
            raise serializers.ValidationError({"eis": "Deze eis hoort niet bij de aanvraag."})
        return AdmissionJudgement(admission=admission, requirement=answer.requirement)

    def keep(self, row: Any) -> Any:
        return domain.judge(
            admission=row.admission, requirement=row.requirement, score=row.score,
            motivation=row.motivation, by=self.request.user,
        )  # fmt: skip
