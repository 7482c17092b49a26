"""The guide for access teams through the API, one row per provider with its products."""

from typing import Any

import django_filters

from core.api.rest import Choice, Day, Real, RegisterView, Rows, Text, Texts, Whole, YesNo
from core.errors import NotAllowed
from providers.models import Provider
from regions.api.choose import OfRegion
from regions.queries.access import access_of

from ..domain.steering.advice import Referral
from ..queries.guide import GuideLine, guide
from ..rules.steering import INSIDE


class OutcomeRows(Rows):
    indicator = Text()
    ondergrens = Real(help_text="Van het interval met 95% kans, zoals u het mag zien.")
    bovengrens = Real()
    naastHetSegment = Text()

    class Meta:
        ref_name = "UitkomstInVerwijsgids"


class ProductRows(Rows):
    product = Text()
    segment = Text(allow_null=True)
    wachtdagenEersteGesprek = Whole(allow_null=True, help_text="Leeg: onbekend.")
    wachtdagenHulp = Whole(allow_null=True)
    opgaveVan = Day(allow_null=True)
    binnenNorm = YesNo(allow_null=True)
    clientenstop = YesNo()
    uitkomsten = OutcomeRows(many=True)
    advies = Choice(Referral)
    redenen = Texts()

    class Meta:
        ref_name = "ProductInVerwijsgids"


class GuideRows(Rows):
    id = Whole(help_text="Sleutel van de aanbieder.")
    regio = Text()
    agbCode = Text()
    naam = Text()
    producten = ProductRows(many=True)

    class Meta:
        ref_name = "Verwijsadvies"


class GuideFilters(OfRegion):
    agbCode = django_filters.CharFilter(field_name="agb_code")


def providers_for_guide(user: Any) -> Any:
    access = access_of(user)
    regions = {g.region_id for g in access.grants if g.region_id and g.role in INSIDE}
    return Provider.objects.filter(region__in=regions).select_related("region")


def check_reads_guide(user: Any) -> None:
    if not access_of(user).has(*INSIDE):
        raise NotAllowed("De verwijsgids is voor de toegang, bestuurders en de regio.")


class GuideView(RegisterView):
    about = (
        "De verwijsgids: per aanbieder en product de wachttijd, cliëntenstop, uitkomsten met marge "
        "en het verwijsadvies met zijn redenen. Het advies volgt uit een vaste regel."
    )
    visible = staticmethod(providers_for_guide)
    check_access = staticmethod(check_reads_guide)
    serializer_class = GuideRows
    filterset_class = GuideFilters

    def read(self, queryset: Any) -> list[dict[str, Any]]:
        """The lines of the providers asked for; each region is read once."""
        providers = list(queryset)
        keys = [provider.pk for provider in providers]
        regions = {provider.region_id: provider.region for provider in providers}
        lines = [
            line
            for region in regions.values()
            for line in guide(self.request.user, region, providers=keys)
        ]
        return [_row(p, [line for line in lines if line.provider.pk == p.pk]) for p in providers]


def _row(provider: Provider, lines: list[GuideLine]) -> dict[str, Any]:
    return {
        "id": provider.pk,
        "regio": provider.region.slug,
        "agbCode": provider.agb_code,
        "naam": provider.name,
        "producten": [_product(line) for line in lines],
    }


def _product(line: GuideLine) -> dict[str, Any]:
    wait = line.wait.row if line.wait else None
    return {
        "product": line.product_code,
        "segment": line.segment.code if line.segment else None,
        "wachtdagenEersteGesprek": wait.intake_days if wait else None,
        "wachtdagenHulp": wait.treatment_days if wait else None,
        "opgaveVan": wait.stated_on.isoformat() if wait else None,
        "binnenNorm": line.wait.within if line.wait else None,
        "clientenstop": line.stop is not None,
        "uitkomsten": [
            {
                "indicator": one.indicator.code,
                "ondergrens": round(one.low, 4),
                "bovengrens": round(one.high, 4),
                "naastHetSegment": one.place,
            }
            for one in line.outcomes
        ],
        "advies": Choice(Referral).slug_of[line.advice.referral],
        "redenen": list(line.advice.reasons),
    }


VIEWS = (("verwijsadviezen", GuideView, "verwijsadvies"),)
