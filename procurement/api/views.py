"""Contracts with their phases, products, tariffs and ceilings."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet

from core.api.rest import ChoiceOf, Filters, RegisterView, on_day
from regions.api.choose import OfRegion, region_filter

from ..enums import ContractKind, ContractStatus
from ..models import SpendingCap
from ..queries import contracts
from ..queries.tariffs import tariffs_visible_to
from . import rows


def caps_visible_to(user: Any) -> QuerySet[SpendingCap]:
    """Ceilings of the contracts that the user may see."""
    return SpendingCap.objects.filter(contract__in=contracts.visible_to(user))


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


class ContractView(RegisterView):
    about = (
        "Contracten met hun fasen, producten, eigen tarieven en plafonds. Voor medewerkers en "
        "bestuurders van de regio; een aanbieder ziet zijn eigen contracten."
    )
    visible = staticmethod(contracts.visible_to)
    serializer_class = rows.ContractRows
    filterset_class = ContractFilters


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
