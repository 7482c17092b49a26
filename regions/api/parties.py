"""Who buys, who decides and with whom a region works."""

from core.api.rest import ChoiceOf, RegisterView

from ..enums import BodyKind, PartnerKind
from ..queries import parties as seen
from . import party_rows as rows
from .choose import OfRegion


class PurchaserView(RegisterView):
    about = "Organisaties die namens gemeenten inkopen, met hun overeenkomsten."
    visible = staticmethod(seen.purchasers_visible_to)
    serializer_class = rows.PurchaserRows
    filterset_class = OfRegion


class BodyFilters(OfRegion):
    soort = ChoiceOf(BodyKind, field_name="kind")


class BodyView(RegisterView):
    about = "Raden, colleges en gezamenlijke organen van een regio."
    visible = staticmethod(seen.bodies_visible_to)
    serializer_class = rows.BodyRows
    filterset_class = BodyFilters


class PartnerFilters(OfRegion):
    soort = ChoiceOf(PartnerKind, field_name="kind")


class PartnerView(RegisterView):
    about = "Samenwerkingsverbanden onderwijs, instellingen, adviesraden en andere partijen."
    visible = staticmethod(seen.partners_visible_to)
    serializer_class = rows.PartnerRows
    filterset_class = PartnerFilters


class MergerView(RegisterView):
    about = "Gemeenten die in een andere gemeente zijn opgegaan."
    visible = staticmethod(seen.mergers_visible_to)
    serializer_class = rows.MergerRows
    filterset_class = OfRegion
