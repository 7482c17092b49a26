"""Crisis reports and placements outside the region through the API."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers

from core.api.rest import Choice, Day, Input, KeepView, Moment, Rows, Text, Whole, YesNo, made
from core.errors import NotAllowed
from regions.api.choose import OfRegion, PlaceChoice, RegionChoice
from regions.enums import Role
from regions.queries.access import access_of

from ..domain.supply import keep_report
from ..enums_supply import OutsideReason
from ..models import CrisisReport, OutsidePlacement
from ..queries.supply import crises_visible_to, outside_visible_to
from .inputs import ProviderChoice


class CrisisRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality__gm_code")
    gemeldOp = Moment(source="reported_at")
    hulpBegonnenOp = Moment(source="helped_at", allow_null=True)
    aanbieder = Text(source="provider__agb_code", allow_null=True)
    teLaat = made(
        YesNo(help_text="De hulp begon, of begint, meer dan 24 uur na de melding."),
        "reported_at",
        "helped_at",
        by=lambda reported, helped: CrisisReport(reported_at=reported, helped_at=helped).is_late,
    )
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Crisismelding"


class CrisisInput(Input):
    regio = RegionChoice(source="region")
    gemeente = PlaceChoice(source="municipality")
    gemeldOp = serializers.DateTimeField(source="reported_at")
    hulpBegonnenOp = serializers.DateTimeField(source="helped_at", required=False, allow_null=True)
    aanbieder = ProviderChoice(source="provider", required=False)

    class Meta:
        ref_name = "CrisismeldingInvoer"


class OutsideRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality__gm_code")
    geplaatstOp = Day(source="placed_on")
    terugOp = Day(source="back_on", allow_null=True)
    waar = Text(source="where")
    waarom = Choice(OutsideReason, source="reason")
    aantalJeugdigen = Whole(source="youths")
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "PlaatsingBuitenRegio"


class OutsideInput(Input):
    regio = RegionChoice(source="region")
    gemeente = PlaceChoice(source="municipality")
    geplaatstOp = serializers.DateField(source="placed_on")
    terugOp = serializers.DateField(source="back_on", required=False, allow_null=True)
    waar = serializers.CharField(source="where", max_length=120)
    waarom = Choice(OutsideReason, source="reason")
    aantalJeugdigen = serializers.IntegerField(source="youths", min_value=1, max_value=1000)

    class Meta:
        ref_name = "PlaatsingBuitenRegioInvoer"


class CrisisFilters(OfRegion):
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")


class OutsideFilters(OfRegion):
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")


def check_places(user: Any) -> None:
    if not access_of(user).has(*Role.REGIONAL_STAFF, Role.ACCESS_TEAM, Role.EXECUTIVE):
        raise NotAllowed("Crisis en plaatsingen zijn voor de regio, de toegang en bestuurders.")


class ReportView(KeepView):
    """Counted, never named; nothing is removed."""

    check_access = staticmethod(check_places)
    places = ("region",)
    model: ClassVar[Any]
    http_method_names = ("get", "head", "options", "post", "patch")

    def new_row(self, place: dict[str, Any]) -> Any:
        return self.model(**place)

    def keep(self, row: Any) -> Any:
        return keep_report(report=row, by=self.request.user)


class CrisisView(ReportView):
    about = "Crisismeldingen: wanneer gemeld, en wanneer hulp begon. Uiterlijk binnen 24 uur."
    visible = staticmethod(crises_visible_to)
    model = CrisisReport
    serializer_class = CrisisRows
    filterset_class = CrisisFilters
    input_class = CrisisInput


class OutsideView(ReportView):
    about = "Jeugdigen die buiten de regio zijn geplaatst, geteld per gemeente en reden."
    visible = staticmethod(outside_visible_to)
    model = OutsidePlacement
    serializer_class = OutsideRows
    filterset_class = OutsideFilters
    input_class = OutsideInput
