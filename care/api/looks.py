"""The log of looks at rows of single clients."""

from typing import Any

import django_filters

from core.api.rest import Filters, ListView, Moment, Rows, Text, Whole
from regions.api.choose import REGION_TEXT
from regions.api.jobs import region_slugs
from regions.models import Region

from ..queries.looks import looks_visible_to
from ..rules import check_answers_for_looks


class LookRows(Rows):
    regio = Text(source="tenant_id", allow_null=True)
    wanneer = Moment(source="at")
    wie = Text(source="user__name", allow_null=True, help_text="Leeg: het account is er niet meer.")
    account = Text(source="user__email", allow_null=True)
    wat = Text(source="what", help_text="Welke lijst.")
    rijen = Whole(source="rows")
    gezochtOp = Text(source="narrowed", allow_blank=True, help_text="Leeg: op niets.")
    waarom = Text(source="reason", allow_blank=True, help_text="Leeg: niet opgegeven.")

    class Meta:
        ref_name = "Inzage"

    @classmethod
    def read(cls, queryset: Any) -> list[dict[str, Any]]:
        slugs = region_slugs()
        rows = super().read(queryset)
        for row in rows:
            row["regio"] = slugs.get(row["regio"])
        return rows


class LookFilters(Filters):
    regio = django_filters.CharFilter(method="of_region", label=REGION_TEXT)
    account = django_filters.CharFilter(field_name="user__email", label="E-mailadres.")
    wat = django_filters.CharFilter(field_name="what")
    vanaf = django_filters.DateFilter(field_name="at", lookup_expr="date__gte")
    totEnMet = django_filters.DateFilter(field_name="at", lookup_expr="date__lte")

    def of_region(self, queryset: Any, name: str, slug: str) -> Any:
        return queryset.filter(tenant_id__in=Region.objects.filter(slug=slug).values("pk"))


class LookView(ListView):
    about = (
        "Wie rijen over afzonderlijke jeugdigen opvroeg, wanneer, hoeveel en waarvoor; de laatste "
        "eerst. Wat erin stond, bewaren we niet. Alleen voor de beheerder van de regio."
    )
    visible = staticmethod(looks_visible_to)
    check_access = staticmethod(check_answers_for_looks)
    serializer_class = LookRows
    filterset_class = LookFilters
