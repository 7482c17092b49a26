"""How rows of care are written in the API. A client is a number within one answer."""

from typing import Any

from core.api.rest import Choice, Day, Euros, LastDay, Number, Rows, Text, Whole, YesNo, made
from core.money import from_cents

from ..enums import Informant, MessageState

CLIENT = (
    "Volgnummer van de jeugdige binnen dit antwoord: rijen met hetzelfde nummer horen bij dezelfde "
    "jeugdige. In een volgend antwoord betekent het iets anders."
)
PRODUCT = "Leeg: de toewijzing noemt alleen een categorie."


def euros_of(cents: int | None) -> str | None:
    return None if cents is None else f"{from_cents(cents):.2f}"


class CareRows(Rows):
    """Rows with a client: numbers them anew in every answer, so that no pseudonym leaves."""

    jeugdige = made(Whole(help_text=CLIENT), "client", by=bytes)
    gemeente = Text(source="municipality")
    aanbieder = Text(source="provider", help_text="AGB-code.")

    class Meta:
        ref_name = "Zorgrij"

    @classmethod
    def read(cls, queryset: Any) -> list[dict[str, Any]]:
        rows = super().read(queryset)
        numbers: dict[bytes, int] = {}
        for row in rows:
            row["jeugdige"] = numbers.setdefault(row["jeugdige"], len(numbers) + 1)
        return rows


class AllocationRows(CareRows):
    toewijzingNummer = Whole(source="allocation_number")
    toegewezenOp = Day(source="allocated_on")
    vanaf = Day(source="valid_from")
    totEnMet = Day(source="valid_through", allow_null=True, help_text="Leeg: loopt door.")
    productcategorie = Text(source="category", allow_blank=True)
    product = Text(allow_blank=True, help_text=PRODUCT)
    redenWijziging = Text(source="change_reason", allow_blank=True)
    gedwongenKader = YesNo(source="forced")
    volume = Whole(allow_null=True)
    eenheid = Text(source="unit", allow_blank=True)
    frequentie = Text(source="frequency", allow_blank=True)
    budget = made(Euros(allow_null=True), "budget_cents", by=euros_of)
    aanlevering = Whole(source="run", help_text="Nummer van de aanlevering in de regio.")

    class Meta:
        ref_name = "Toewijzing"


class TrajectoryRows(CareRows):
    toewijzingNummer = Whole(source="allocation_number")
    toegewezenOp = Day(source="allocated_on")
    vanaf = Day(source="valid_from")
    totEnMet = Day(source="valid_through", allow_null=True, help_text="Leeg: loopt door.")
    productcategorie = Text(source="category", allow_blank=True)
    product = Text(allow_blank=True, help_text=PRODUCT)
    gedwongenKader = YesNo(source="forced")
    verwijzer = Text(source="referrer", allow_blank=True, help_text="iJw-codelijst COD327.")
    leeftijdBijStart = Whole(source="age", allow_null=True)
    gestartOp = Day(source="start_on", allow_null=True)
    gestoptOp = Day(source="stop_on", allow_null=True)
    redenStop = Text(source="stop_reason", allow_blank=True, help_text="iJw-codelijst JZ588.")
    gepauzeerdOp = Day(source="paused_on", allow_null=True)

    class Meta:
        ref_name = "Traject"


class LineRows(CareRows):
    toewijzingNummer = Whole(source="allocation_number", allow_null=True)
    referentie = Text(source="reference")
    productcategorie = Text(source="category", allow_blank=True)
    product = Text(allow_blank=True)
    zorgVanaf = Day(source="begin_on")
    zorgTotEnMet = Day(source="end_on")
    volume = Whole(help_text="Negatief bij een creditregel.")
    eenheid = Text(source="unit")
    tarief = made(Euros(allow_null=True), "tariff_cents", by=euros_of)
    bedrag = made(Euros(help_text="Negatief bij een creditregel."), "amount_cents", by=euros_of)
    teltMee = YesNo(source="counts", help_text="Nee: een latere regel kwam ervoor in de plaats.")
    afgekeurd = YesNo(source="refused", help_text="De gemeente keurde de regel af.")
    dagtekening = Day()
    aanlevering = Whole(source="run", help_text="Nummer van de aanlevering in de regio.")

    class Meta:
        ref_name = "Declaratieregel"


RUN = "Nummer van de aanlevering in de regio."
REPLACED = "Aanlevering die deze rij verving; leeg: de rij geldt."


class OutcomeRows(CareRows):
    toewijzingNummer = Whole(source="allocation_number")
    gemetenOp = Day(source="measured_on")
    informant = Choice(Informant)
    rapportcijfer = Whole(source="mark", allow_null=True, help_text="1 tot en met 10.")
    zonderHulpVerder = Text(
        source="without_help", allow_blank=True, help_text="Code uit de vragenlijst."
    )
    doelBereikt = YesNo(source="goal_reached", allow_null=True)
    aanlevering = Whole(source="run", help_text=RUN)
    vervangenIn = Whole(source="replaced_in", allow_null=True, help_text=REPLACED)

    class Meta:
        ref_name = "Uitkomstmeting"


class StayRows(CareRows):
    toewijzingNummer = Whole(source="allocation_number")
    verblijfsgemeente = Text(source="place", help_text="Code van het CBS.")
    aanlevering = Whole(source="run", help_text=RUN)
    vervangenIn = Whole(source="replaced_in", allow_null=True, help_text=REPLACED)

    class Meta:
        ref_name = "Verblijfplaats"


class MessageRows(Rows):
    code = Text(help_text="Bericht van de iJw-standaard: 301, 305, 307, 315, 323, 325 en andere.")
    afzender = Text(source="sender")
    ontvanger = Text(source="receiver")
    kenmerk = Text(source="identification")
    dagtekening = Day()
    bestand = Text(source="file_name")
    stand = Choice(MessageState, source="state")
    aangeboden = Whole(source="offered", help_text="Records in het bericht.")
    afgekeurd = Whole(source="rejected")
    aanlevering = Whole(source="run", help_text=RUN)

    class Meta:
        ref_name = "Bericht"


class InstalmentRows(Rows):
    gemeente = Text(source="municipality")
    aanbieder = Text(source="provider", help_text="AGB-code.")
    segment = Text()
    categorie = Text(source="category", allow_blank=True)
    vanaf = Day(source="period_from")
    totEnMet = LastDay(source="period_to")
    bedrag = Euros(source="amount")
    aanlevering = Whole(source="run", help_text=RUN)
    vervangenIn = Whole(source="replaced_in", allow_null=True, help_text=REPLACED)

    class Meta:
        ref_name = "Termijn"


class DeliveryRows(Rows):
    aanbieder = Text(source="provider", help_text="AGB-code.")
    gemeente = Text(source="municipality", allow_blank=True, help_text="Leeg: alle.")
    segment = Text(allow_blank=True, help_text="Leeg: alle.")
    indicator = Text(help_text="Code van de indicator.")
    halfjaar = Text(source="half_year")
    teller = Number(source="numerator")
    noemer = Number(source="denominator", allow_null=True)
    opmerking = Text(source="remark", allow_blank=True)
    aanlevering = Whole(source="run", help_text=RUN)
    vervangenIn = Whole(source="replaced_in", allow_null=True, help_text=REPLACED)

    class Meta:
        ref_name = "Indicatoraanlevering"
