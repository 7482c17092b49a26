"""Providers of care as a region knows them."""

import django_filters

from core.api.rest import (
    Choice,
    ChoiceOf,
    RegisterView,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
)
from regions.api.choose import OfRegion

from ..enums import ProviderKind
from ..models import ProviderLocation
from ..queries import providers


class LocationRows(Rows):
    naam = Text(source="name")
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    plaats = Text(source="town", allow_blank=True)

    class Meta:
        ref_name = "Locatie"


class ProviderRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    agbCode = Text(source="agb_code")
    kvkNummer = Text(source="chamber_of_commerce_number", allow_blank=True)
    naam = Text(source="name")
    soort = Choice(ProviderKind, source="kind")
    rechtsvorm = Text(source="legal_form", allow_blank=True)
    website = Text(allow_blank=True)
    locaties = many(LocationRows, model=ProviderLocation, by="provider_id", order=("name", "pk"))
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Aanbieder"


class ProviderFilters(OfRegion):
    agbCode = django_filters.CharFilter(field_name="agb_code")
    soort = ChoiceOf(ProviderKind, field_name="kind")
    zoek = django_filters.CharFilter(method="words", label="Woorden in naam, AGB-code of KvK.")

    def words(self, queryset, name, value):  # type: ignore[no-untyped-def]
        return providers.matching(queryset, value)


class ProviderView(RegisterView):
    about = "Aanbieders in uw regio's. Wie er alleen als aanbieder is, ziet zichzelf."
    visible = staticmethod(providers.visible_to)
    serializer_class = ProviderRows
    filterset_class = ProviderFilters
