"""How parts of a provider's file are written in the API."""

from core.api.rest import (
    Choice,
    Day,
    Euros,
    LastDay,
    Moment,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    many,
)

from .. import enums, models

OPEN_END = "Leeg: loopt door."
ID_OF_PROVIDER = "Sleutel van de aanbieder."


class LocationRows(Rows):
    naam = Text(source="name")
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    plaats = Text(source="town", allow_blank=True)

    class Meta:
        ref_name = "Locatie"


class CodeRows(Rows):
    agbCode = Text(source="agb_code")
    waarvoor = Text(source="note", allow_blank=True)
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)

    class Meta:
        ref_name = "AgbCode"


class ProviderRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    agbCode = Text(source="agb_code")
    kvkNummer = Text(source="chamber_of_commerce_number", allow_blank=True)
    naam = Text(source="name")
    soort = Choice(enums.ProviderKind, source="kind")
    rechtsvorm = Text(source="legal_form", allow_blank=True)
    website = Text(allow_blank=True)
    locaties = many(
        LocationRows, model=models.ProviderLocation, by="provider_id", order=("name", "pk")
    )
    andereAgbCodes = many(
        CodeRows, model=models.ProviderCode, by="provider_id", order=("agb_code", "valid_from")
    )
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Aanbieder"


class OfProviderRows(Rows):
    """What every part of a file begins with."""

    id = Whole()
    regio = Text(source="provider__region__slug")
    aanbieder = Whole(source="provider_id", help_text=ID_OF_PROVIDER)
    agbCode = Text(source="provider__agb_code")


class ContactRows(OfProviderRows):
    naam = Text(source="name")
    functie = Text(source="function", allow_blank=True)
    email = Text(allow_blank=True)
    telefoon = Text(source="phone", allow_blank=True)

    class Meta:
        ref_name = "Contactpersoon"


class HolderRows(OfProviderRows):
    namens = Choice(enums.HolderSide, source="side")
    medewerker = Text(source="user__name", allow_null=True)
    contactpersoon = Text(source="contact__name", allow_null=True)
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)

    class Meta:
        ref_name = "Accounthouder"


class ConversationRows(OfProviderRows):
    soort = Choice(enums.ConversationKind, source="kind")
    onderwerp = Text(source="subject")
    datum = Day(source="planned_on")
    plaats = Text(source="place", allow_blank=True)
    aanwezig = Texts(source="participants")
    agenda = Texts()
    verslag = Text(source="report", allow_blank=True)
    volgendGesprek = Day(source="next_on", allow_null=True)
    stand = Choice(enums.ConversationState, source="state")

    class Meta:
        ref_name = "Accountgesprek"


class AgreementRows(OfProviderRows):
    gesprek = Whole(source="conversation_id", allow_null=True)
    afspraak = Text(source="text")
    eigenaar = Text(source="owner__email", allow_null=True, help_text="Bij de regio.")
    eigenaarBijAanbieder = Text(source="owner_name", allow_blank=True)
    gereedOp = Day(source="due_on")
    stand = Choice(enums.AgreementState, source="state")

    class Meta:
        ref_name = "AfspraakMetAanbieder"


class IncidentRows(OfProviderRows):
    soort = Choice(enums.IncidentKind, source="kind")
    watIsErGebeurd = Text(source="title")
    toelichting = Text(source="description", allow_blank=True)
    toezichthouder = Text(source="supervisor", allow_blank=True)
    bekendOp = Day(source="known_on")
    gemeldOp = Day(source="reported_on", allow_null=True)
    opvolgenOp = Day(source="follow_up_on", allow_null=True)
    stand = Choice(enums.IncidentState, source="state")

    class Meta:
        ref_name = "IncidentBijAanbieder"


class BusinessYearRows(OfProviderRows):
    jaar = Whole(source="year")
    omzet = Euros(source="revenue")
    resultaat = Euros(source="result")
    vlottendeActiva = Euros(source="current_assets", allow_null=True)
    kortlopendeSchulden = Euros(source="current_liabilities", allow_null=True)
    eigenVermogen = Euros(source="equity", allow_null=True)
    balanstotaal = Euros(source="total_assets", allow_null=True)
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Boekjaar"


class SubcontractingRows(OfProviderRows):
    bekendeAanbieder = Whole(source="firm_id", allow_null=True)
    naam = Text(source="name", allow_blank=True)
    kvkNummer = Text(source="chamber_of_commerce_number", allow_blank=True)
    werk = Text(source="work")
    ingestemd = YesNo(source="permitted")
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)

    class Meta:
        ref_name = "Onderaannemer"


class DocumentRows(OfProviderRows):
    soort = Choice(enums.DocumentKind, source="kind")
    titel = Text(source="title")
    geldigVanaf = Day(source="valid_from", allow_null=True)
    geldigTotEnMet = LastDay(source="valid_to", allow_null=True)
    gedeeld = YesNo(source="shared")

    class Meta:
        ref_name = "DocumentVanAanbieder"


class ProposalRows(OfProviderRows):
    onderwerp = Choice(enums.ProposalSubject, source="subject")
    verwijderen = YesNo(source="removes")
    voorgesteldOp = Moment(source="proposed_at")
    stand = Choice(enums.ProposalState, source="state")

    class Meta:
        ref_name = "Wijzigingsvoorstel"
