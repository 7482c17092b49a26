"""How contracts, tariffs and ceilings are written in the API."""

from typing import Any

from core.api.rest import (
    Choice,
    Day,
    Euros,
    LastDay,
    Number,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    many,
    values_of,
)
from segments.enums import FundingForm

from ..enums.contracts import (
    BespokeSubject,
    ClauseKind,
    ContractKind,
    ContractStatus,
    ObligationState,
    PhaseKind,
)
from ..models import (
    AvailabilityFee,
    BespokeAgreement,
    Clause,
    Contract,
    ContractPhase,
    ContractProduct,
    Obligation,
    SpendingCap,
    Tariff,
    TransformationAgreement,
)

OPEN_END = "Leeg: loopt door."


SINCE_START = "Leeg: sinds het begin van het contract."


class Lines(Texts):
    """Lines that the database keeps as JSON."""

    @staticmethod
    def in_sql(column: Any) -> Any:
        return column


class Dated(Rows):
    """Since when and until when a part of a contract holds."""

    vanaf = Day(source="valid_from", allow_null=True, help_text=SINCE_START)
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)


class ClauseRows(Dated):
    soort = Choice(ClauseKind, source="kind")
    titel = Text(source="title")
    tekst = Text(source="text")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Clausule"


class OwnObligationRows(Dated):
    titel = Text(source="title")
    toelichting = Text(source="text", allow_blank=True)
    uiterlijkOp = Day(source="due", allow_null=True)
    stand = Choice(ObligationState, source="state")

    class Meta:
        ref_name = "ContractVerplichting"


class TransformationRows(Dated):
    titel = Text(source="title")
    eenheid = Text(source="unit")
    nulmeting = Number(source="baseline")
    nulmetingOp = Day(source="baseline_on")
    doel = Number(source="target")
    doelOp = Day(source="target_on")
    indicator = Text(source="indicator_code", allow_blank=True)

    class Meta:
        ref_name = "Transformatieafspraak"


class BespokeRows(Dated):
    onderwerp = Choice(BespokeSubject, source="subject")
    titel = Text(source="title")
    tekst = Text(source="text")
    reden = Text(source="reason")

    class Meta:
        ref_name = "Maatwerkafspraak"


class FeeRows(Dated):
    titel = Text(source="title")
    perceel = Text(source="lot__code", allow_null=True)
    plaatsen = Whole(source="places", allow_null=True)
    bedragPerJaar = Euros(source="amount")

    class Meta:
        ref_name = "Beschikbaarheidsvergoeding"


class PhaseRows(Rows):
    nummer = Whole(source="number")
    naam = Text(source="name", allow_blank=True)
    soort = Choice(PhaseKind, source="kind")
    vanaf = Day(source="start_date")
    totEnMet = LastDay(source="end_date")
    opgaven = Lines(source="aims")

    class Meta:
        ref_name = "Contractfase"


class ContractProductRows(Rows):
    product = Text(source="product__code")
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)

    class Meta:
        ref_name = "ContractProduct"


class OwnTariffRows(Rows):
    product = Text(source="product_code")
    eenheid = Text(source="unit", help_text="iJw-codelijst WJ756.")
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)
    bedrag = Euros(source="amount")

    class Meta:
        ref_name = "ContractTarief"


class OwnCapRows(Rows):
    jaar = Whole(source="year")
    bedrag = Euros(source="amount")

    class Meta:
        ref_name = "ContractPlafond"


class ContractRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    nummer = Text(source="number")
    naam = Text(source="name", allow_blank=True)
    aanbieder = Text(source="provider__agb_code", help_text="AGB-code.")
    aanbiederNaam = Text(source="provider__name")
    soort = Choice(ContractKind, source="kind")
    bekostigingsvorm = Choice(FundingForm, source="funding_form", allow_null=True)
    stand = Choice(ContractStatus, source="status")
    vanaf = Day(source="start_date")
    totEnMet = LastDay(source="end_date", allow_null=True, help_text=OPEN_END)
    segmenten = values_of(
        Texts(help_text="Codes van segmenten."),
        model=Contract.segments.through,
        by="contract_id",
        column="segment__code",
        order=("segment__code",),
    )
    gemeenten = values_of(
        Texts(help_text="CBS-codes; leeg: alle gemeenten van de regio."),
        model=Contract.municipalities.through,
        by="contract_id",
        column="municipality__gm_code",
        order=("municipality__gm_code",),
    )
    percelen = values_of(
        Texts(help_text="Codes van percelen."),
        model=Contract.lots.through,
        by="contract_id",
        column="lot__code",
        order=("lot__code",),
    )
    contractmanager = Text(source="manager__name", allow_null=True)
    opzegtermijnMaanden = Whole(source="notice_months", allow_null=True)
    opzegtermijnDagen = Whole(
        source="notice_days", allow_null=True, help_text="Naast de maanden, of in plaats daarvan."
    )
    verlengingen = Whole(source="max_extensions", help_text="Ten hoogste.")
    maandenPerVerlenging = Whole(source="extension_months", allow_null=True)
    toetsenVoorVerlenging = Lines(source="extension_tests")
    verlengingAankondigenMaanden = Whole(source="extension_notice_months")
    verlengtStilzwijgend = YesNo(source="renews_tacitly")
    motiveringLangeLooptijd = Text(source="long_term_reason", allow_blank=True)
    fasen = many(PhaseRows, model=ContractPhase, by="contract_id", order=("start_date",))
    clausules = many(ClauseRows, model=Clause, by="contract_id", order=("title",))
    verplichtingen = many(
        OwnObligationRows, model=Obligation, by="contract_id", order=("due", "title")
    )
    transformatieafspraken = many(
        TransformationRows, model=TransformationAgreement, by="contract_id", order=("target_on",)
    )
    maatwerkafspraken = many(
        BespokeRows, model=BespokeAgreement, by="contract_id", order=("title",)
    )
    beschikbaarheidsvergoedingen = many(
        FeeRows, model=AvailabilityFee, by="contract_id", order=("title",)
    )
    producten = many(
        ContractProductRows,
        model=ContractProduct,
        by="contract_id",
        order=("product__code", "valid_from"),
    )
    eigenTarieven = many(
        OwnTariffRows,
        model=Tariff,
        by="contract_id",
        order=("product_code", "unit", "valid_from"),
    )
    plafonds = many(OwnCapRows, model=SpendingCap, by="contract_id", order=("year",))
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Contract"


class TariffRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    contract = Text(
        source="contract__number", allow_null=True, help_text="Leeg: voor alle aanbieders."
    )
    perceel = Text(source="lot__code", allow_null=True, help_text="Leeg: in elk perceel.")
    product = Text(source="product_code")
    eenheid = Text(source="unit", help_text="iJw-codelijst WJ756.")
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)
    bedrag = Euros(source="amount")
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Tarief"


class CapRows(Rows):
    id = Whole()
    regio = Text(source="contract__region__slug")
    contract = Text(source="contract__number")
    aanbieder = Text(source="contract__provider__agb_code")
    jaar = Whole(source="year")
    bedrag = Euros(source="amount")
    signaalBij = Number(source="signal_share", help_text="0.7 is 70 % van het bedrag.")

    class Meta:
        ref_name = "Plafond"
