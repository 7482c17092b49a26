"""How contracts, tariffs and ceilings are written in the API."""

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

from ..enums import ContractKind, ContractStatus, PhaseKind
from ..models import Contract, ContractPhase, ContractProduct, SpendingCap, Tariff

OPEN_END = "Leeg: loopt door."


class PhaseRows(Rows):
    nummer = Whole(source="number")
    naam = Text(source="name", allow_blank=True)
    soort = Choice(PhaseKind, source="kind")
    vanaf = Day(source="start_date")
    totEnMet = LastDay(source="end_date")

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
    fasen = many(PhaseRows, model=ContractPhase, by="contract_id", order=("number",))
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
