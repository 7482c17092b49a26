"""Contracts with their phases, products, tariffs and ceilings."""

from datetime import date
from typing import Any

import django_filters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.api.rest import ChoiceOf, Filters, RegisterView, on_day
from regions.api.choose import OfRegion, region_filter

from ..domain.reading import differences
from ..enums.contracts import ContractKind, ContractStatus
from ..models import Contract
from ..queries import contracts
from ..queries.ceilings import caps_visible_to
from ..queries.reading import reading_of
from ..queries.tariffs import tariffs_visible_to
from . import rows, shapes
from .steps import StepsMixin


class ContractFilters(OfRegion):
    aanbieder = django_filters.CharFilter(field_name="provider__agb_code")
    nummer = django_filters.CharFilter(field_name="number")
    segment = django_filters.CharFilter(method="of_segment", label="Code van een segment.")
    stand = ChoiceOf(ContractStatus, field_name="status")
    soort = ChoiceOf(ContractKind, field_name="kind")
    lopendOp = django_filters.DateFilter(method="running", label="Contracten die dan lopen.")
    zoek = django_filters.CharFilter(method="words", label="Woorden in nummer, naam of aanbieder.")

    def of_segment(self, queryset: Any, name: str, code: str) -> Any:
        """By a subquery: a code that two schemes share gives no contract twice."""
        through = queryset.model.segments.through.objects.filter(segment__code=code)
        return queryset.filter(pk__in=through.values("contract"))

    def running(self, queryset: Any, name: str, day: date) -> Any:
        return contracts.running_on(queryset, day)

    def words(self, queryset: Any, name: str, value: str) -> Any:
        return contracts.matching(queryset, value)


class ContractView(StepsMixin, RegisterView):
    about = (
        "Contracten met hun fasen, producten, eigen tarieven en plafonds. Voor medewerkers en "
        "bestuurders van de regio; een aanbieder ziet zijn eigen contracten."
    )
    visible = staticmethod(contracts.visible_to)
    serializer_class = rows.ContractRows
    filterset_class = ContractFilters
    workflow = "contract"

    def contract(self) -> Contract:
        return self.subject()

    @extend_schema(
        parameters=[OpenApiParameter("op", date, description="Leeg: vandaag.")],
        responses=shapes.ReadingShape,
        filters=False,
        summary="Zoals het luidt",
    )
    @action(detail=True, url_path="tekst", pagination_class=None)
    def reading(self, request: Request, pk: int) -> Response:
        """De overeenkomst zoals zij op een dag luidt."""
        asked = shapes.DayQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("op") or clock.today()
        return Response(shapes.reading(reading_of(self.contract(), day)))

    @extend_schema(
        parameters=[
            OpenApiParameter("van", date, required=True),
            OpenApiParameter("tot", date, required=True),
        ],
        responses=shapes.DifferenceShape(many=True),
        filters=False,
        summary="Verschil tussen twee dagen",
    )
    @action(detail=True, url_path="verschil", pagination_class=None)
    def difference(self, request: Request, pk: int) -> Response:
        """Wat er anders luidt op de tweede dag dan op de eerste."""
        asked = shapes.PeriodQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        days = asked.validated_data["van"], asked.validated_data["tot"]
        found = differences(*(reading_of(self.contract(), day) for day in days))
        return Response([shapes.difference(one) for one in found])


class TariffFilters(OfRegion):
    contract = django_filters.CharFilter(field_name="contract__number")
    product = django_filters.CharFilter(field_name="product_code")
    voorIedereen = django_filters.BooleanFilter(
        field_name="contract", lookup_expr="isnull", label="Tarieven zonder contract."
    )
    peildatum = django_filters.DateFilter(method=on_day("valid_from", "valid_to"))


class TariffView(RegisterView):
    about = "Tarieven van een regio, en afwijkende tarieven in contracten die u mag zien."
    visible = staticmethod(tariffs_visible_to)
    serializer_class = rows.TariffRows
    filterset_class = TariffFilters


class CapFilters(Filters):
    regio = region_filter("contract__region__slug")
    contract = django_filters.CharFilter(field_name="contract__number")
    jaar = django_filters.NumberFilter(field_name="year")


class CapView(RegisterView):
    about = "Het meeste dat in een jaar onder een contract wordt betaald."
    visible = staticmethod(caps_visible_to)
    serializer_class = rows.CapRows
    filterset_class = CapFilters
