"""Admissions, requirements and the open house for programs."""

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
    LastDay,
    MoveInput,
    MoveView,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
    values_of,
)
from providers.api.inputs import ProviderChoice
from providers.enums import DocumentKind
from regions.api.choose import OfRegion, RegionChoice, region_filter
from segments.models import Segment

from ..domain import admission as domain
from ..domain import objections, open_house
from ..enums import admission as enums
from ..models import (
    Admission,
    AdmissionLetter,
    EligibilityRequirement,
    Evidence,
    OpenHouse,
)
from ..queries import admission as queries
from .admission_judging import EvidenceView, JudgementView


class EvidenceRows(Rows):
    eis = Text(source="requirement__code")
    soort = Choice(enums.RequirementKind, source="requirement__kind")
    onderschreven = YesNo(source="endorsed")
    verklaring = Text(source="statement", allow_blank=True)
    document = Whole(source="document_id", allow_null=True)

    class Meta:
        ref_name = "BewijsBijToelating"


class LetterRows(Rows):
    soort = Choice(enums.LetterKind, source="kind")
    verzondenOp = Day(source="sent_on")

    class Meta:
        ref_name = "BriefOverToelating"


class AdmissionRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    aanbieder = Whole(source="provider_id")
    agbCode = Text(source="provider__agb_code")
    product = Text(source="product__code")
    stand = Choice(enums.AdmissionState, source="state")
    ronde = Whole(source="round")
    planVanAanpak = Text(source="plan", allow_blank=True)
    aangevraagdOp = Day(source="applied_on", allow_null=True)
    aanvullingUiterlijk = Day(source="supplement_due", allow_null=True)
    besluitOp = Day(source="decided_on", allow_null=True)
    voorwaarden = Text(source="conditions", allow_blank=True)
    voorwaardenUiterlijk = Day(source="conditions_due", allow_null=True)
    geldigTotEnMet = LastDay(source="valid_to", allow_null=True)
    bewijs = many(EvidenceRows, model=Evidence, by="admission_id", order=("requirement__code",))
    brieven = many(LetterRows, model=AdmissionLetter, by="admission_id", order=("sent_on", "pk"))
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Toelating"


class AdmissionInput(Input):
    aanbieder = ProviderChoice(source="provider")
    product = serializers.CharField(max_length=5)
    planVanAanpak = serializers.CharField(
        source="plan", required=False, allow_blank=True, max_length=20_000
    )

    class Meta:
        ref_name = "ToelatingInvoer"


class AdmissionMoveInput(MoveInput):
    """A supplement and conditions have a term; an admission may have an end."""

    uiterlijk = Day(source="due", required=False, allow_null=True)
    geldigTotEnMet = LastDay(source="valid_to", required=False, allow_null=True)

    class Meta:
        ref_name = "StapVanToelating"


class AdmissionFilters(OfRegion):
    aanbieder = django_filters.NumberFilter(field_name="provider")
    agbCode = django_filters.CharFilter(field_name="provider__agb_code")
    product = django_filters.CharFilter(field_name="product__code")
    stand = ChoiceOf(enums.AdmissionState, field_name="state")


class AdmissionView(KeepView, MoveView):
    about = "Toelatingen per aanbieder en product. Een aanbieder ziet de zijne."
    table = enums.ADMISSION
    visible = staticmethod(queries.admissions_visible_to)
    serializer_class = AdmissionRows
    filterset_class = AdmissionFilters
    input_class = AdmissionInput
    input_of_move = AdmissionMoveInput
    places = ("provider", "product")
    http_method_names = ("get", "head", "options", "post", "patch")

    def new_row(self, place: dict[str, Any]) -> Admission:
        provider = place["provider"]
        product = provider.region.products.filter(code=place["product"]).first()
        if product is None:
            raise serializers.ValidationError({"product": "De regio kent dit product niet."})
        return domain.apply_for(provider=provider, product=product, by=self.request.user)

    def keep(self, row: Any) -> Any:
        return domain.keep_plan(admission=row, by=self.request.user)

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        domain.move_admission(admission=row, move=move, by=self.request.user, reason=reason, **more)


class RequirementRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    code = Text()
    soort = Choice(enums.RequirementKind, source="kind")
    eis = Text(source="text")
    segment = Text(source="segment__code", allow_null=True)
    product = Text(source="product__code", allow_null=True)
    bewijsstuk = Choice(DocumentKind, source="evidence", allow_null=True)
    laagsteScore = Whole(source="least_score")
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Geschiktheidseis"


class RequirementInput(Input):
    regio = RegionChoice(source="region")
    code = serializers.CharField(max_length=20)
    soort = Choice(enums.RequirementKind, source="kind")
    eis = serializers.CharField(source="text", max_length=4000)
    bewijsstuk = Choice(DocumentKind, source="evidence", required=False)
    laagsteScore = serializers.IntegerField(
        source="least_score", min_value=0, max_value=10, required=False
    )
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", required=False, allow_null=True)
    bron = serializers.CharField(source="source", required=False, allow_blank=True, max_length=200)

    class Meta:
        ref_name = "GeschiktheidseisInvoer"


class RequirementFilters(OfRegion):
    soort = ChoiceOf(enums.RequirementKind, field_name="kind")


class RequirementView(KeepView):
    about = "Wat een aanbieder moet laten zien om te worden toegelaten."
    visible = staticmethod(queries.requirements_visible_to)
    serializer_class = RequirementRows
    filterset_class = RequirementFilters
    input_class = RequirementInput
    places = ("region",)

    def new_row(self, place: dict[str, Any]) -> EligibilityRequirement:
        return EligibilityRequirement(region=place["region"])

    def keep(self, row: Any) -> Any:
        return open_house.keep_requirement(requirement=row, by=self.request.user)

    def remove(self, row: Any) -> None:
        open_house.remove_row(row=row, by=self.request.user)


class OpenHouseRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    segment = Text(source="segment__code", allow_null=True, help_text="Leeg: alle segmenten.")
    stand = Choice(enums.OpenHouseState, source="state")
    missendAanbod = values_of(
        serializers.ListField(child=serializers.CharField()),
        model=OpenHouse.missing.through,
        by="openhouse_id",
        column="product__code",
        order=("product__code",),
    )
    reden = Text(source="reason", allow_blank=True)
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True)

    class Meta:
        ref_name = "StandVanToelating"


class OpenHouseInput(Input):
    regio = RegionChoice(source="region")
    segment = serializers.CharField(
        max_length=20, required=False, allow_null=True, help_text="Code; leeg: alle segmenten."
    )
    stand = Choice(enums.OpenHouseState, source="state")
    missendAanbod = serializers.ListField(
        child=serializers.CharField(max_length=5), max_length=500, required=False, source="wanted"
    )
    reden = serializers.CharField(
        source="reason", required=False, allow_blank=True, max_length=4000
    )
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", required=False, allow_null=True)

    class Meta:
        ref_name = "StandVanToelatingInvoer"


class OpenHouseView(KeepView):
    about = (
        "Of aanbieders een toelating kunnen aanvragen, per segment en periode. `missendAanbod` "
        "noemt producten met hun code."
    )
    visible = staticmethod(queries.open_houses_visible_to)
    serializer_class = OpenHouseRows
    filterset_class = OfRegion
    input_class = OpenHouseInput
    places = ("region", "segment")

    def new_row(self, place: dict[str, Any]) -> OpenHouse:
        region, code = place["region"], place["segment"]
        house = OpenHouse(region=region)
        if code:
            house.segment = _segment_of(region, code)
        return house

    def keep(self, row: Any) -> Any:
        """Codes that the request does not name stay as they were."""
        wanted = getattr(row, "wanted", None)
        if wanted is None:
            missing = list(row.missing.all()) if row.pk else []
        else:
            missing = list(row.region.products.filter(code__in=wanted))
            if unknown := sorted(set(wanted) - {one.code for one in missing}):
                told = f"De regio kent deze producten niet: {', '.join(unknown)}."
                raise serializers.ValidationError({"missendAanbod": told})
        return open_house.keep_open_house(house=row, missing=missing, by=self.request.user)

    def remove(self, row: Any) -> None:
        open_house.remove_row(row=row, by=self.request.user)


def _segment_of(region: Any, code: str) -> Segment:
    """Of the newest division that has it."""
    rows = Segment.objects.filter(scheme__region=region, code=code)
    found = rows.order_by("-scheme__valid_from").first()
    if found is None:
        raise serializers.ValidationError({"segment": "De regio kent dit segment niet."})
    return found


class ObjectionRows(Rows):
    id = Whole()
    regio = Text(source="admission__region__slug")
    toelating = Whole(source="admission_id")
    ontvangenOp = Day(source="received_on")
    gronden = Text(source="grounds")
    beslissenUiterlijk = Day(source="decide_by")
    beslistOp = Day(source="decided_on", allow_null=True)
    stand = Choice(enums.ObjectionState, source="state")

    class Meta:
        ref_name = "BezwaarTegenToelating"


class ObjectionFilters(Filters):
    regio = region_filter("admission__region__slug")
    stand = ChoiceOf(enums.ObjectionState, field_name="state")


class ObjectionView(MoveView):
    about = "Bezwaren tegen besluiten over toelating."
    table = enums.OBJECTION
    visible = staticmethod(queries.objections_visible_to)
    serializer_class = ObjectionRows
    filterset_class = ObjectionFilters

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        objections.move_objection(objection=row, move=move, by=self.request.user, reason=reason)


VIEWS = (
    ("toelatingen", AdmissionView, "toelating"),
    ("geschiktheidseisen", RequirementView, "geschiktheidseis"),
    ("open-house", OpenHouseView, "toelatingsstand"),
    ("toelatingsbezwaren", ObjectionView, "toelatingsbezwaar"),
    ("toelatingsbewijzen", EvidenceView, "toelatingsbewijs"),
    ("toelatingsoordelen", JudgementView, "toelatingsoordeel"),
)
