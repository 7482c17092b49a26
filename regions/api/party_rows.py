"""How purchasing organisations, bodies, partners and mergers are written in the API."""

from core.api.rest import Choice, Day, LastDay, Rows, Text, Texts, Whole, many, values_of

from ..enums import AgreementState, BodyKind, PartnerKind, SourceStatus
from ..models import ChainPartner, ServiceLevelAgreement


class AgreementRows(Rows):
    naam = Text(source="name")
    stand = Choice(AgreementState, source="state")
    looptijdJaren = Whole(source="term_years", allow_null=True)
    vanaf = Day(source="valid_from", allow_null=True)
    totEnMet = LastDay(source="valid_to", allow_null=True)
    wieBesluit = Text(source="decided_by", allow_blank=True)

    class Meta:
        ref_name = "Dienstverleningsovereenkomst"


class PurchaserRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    naam = Text(source="name")
    afkorting = Text(source="short_name", allow_blank=True)
    rechtsvorm = Text(source="form", allow_blank=True)
    taken = Text(source="tasks", allow_blank=True)
    vanaf = Day(source="valid_from", allow_null=True)
    totEnMet = LastDay(source="valid_to", allow_null=True)
    overeenkomsten = many(
        AgreementRows, model=ServiceLevelAgreement, by="purchaser_id", order=("valid_from", "pk")
    )
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Inkooporganisatie"


class BodyRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(BodyKind, source="kind")
    naam = Text(source="name")
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Bestuursorgaan"


class PartnerRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(PartnerKind, source="kind")
    naam = Text(source="name")
    gemeenten = values_of(
        Texts(),
        model=ChainPartner.municipalities.through,
        by="chainpartner_id",
        column="municipality__gm_code",
    )
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Ketenpartner"


class MergerRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    opgeheven = Text(source="former__gm_code")
    opgegaanIn = Text(source="successor__gm_code")
    datum = Day(source="merged_on")
    zekerheid = Choice(SourceStatus, source="source_status")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Herindeling"
