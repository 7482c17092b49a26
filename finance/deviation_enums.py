"""What can be wrong with a declaration line, and the life of what was found."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role


class Check(models.TextChoices):
    """A test that every line is put to. Each says how many euros deviate."""

    NO_CONTRACT = "no_contract", "geen contract op die dag"
    NOT_IN_CONTRACT = "product", "product niet in contract"
    TARIFF_HIGH = "tariff_high", "hoger dan het tarief"
    TARIFF_LOW = "tariff_low", "lager dan het tarief"
    VOLUME = "volume", "meer dan toegewezen"
    DOUBLE = "double", "dubbel"
    AFTER_STOP = "after_stop", "na het einde van de hulp"
    CEILING = "ceiling", "boven het plafond"
    LONG = "long", "hulp die lang duurt"
    LATE = "late", "laat ingediend"

    # A reason to ask, and no mistake of the provider.
    NO_FAULT = nonmember(("long",))

    @property
    def meaning(self) -> str:
        return MEANINGS[self]


MEANINGS = {
    Check.NO_CONTRACT: "Op de eerste dag van de zorg had deze aanbieder geen contract dat voor "
    "deze gemeente gold. Het hele bedrag wijkt af.",
    Check.NOT_IN_CONTRACT: "De aanbieder had een contract, maar dit product stond er die dag niet "
    "in. Het hele bedrag wijkt af.",
    Check.TARIFF_HIGH: "Het bedrag is hoger dan volume maal afgesproken tarief. Het meerdere wijkt "
    "af.",
    Check.TARIFF_LOW: "Het bedrag is lager dan volume maal afgesproken tarief. Het verschil staat "
    "er met een minteken.",
    Check.VOLUME: "Samen is er meer gedeclareerd dan toegewezen. Het deel erboven wijkt af, bij de "
    "laatste regels.",
    Check.DOUBLE: "Dezelfde jeugdige, aanbieder, product, periode, volume en bedrag staan er vaker "
    "dan een keer. Elke herhaling wijkt af.",
    Check.AFTER_STOP: "De zorg begon na de dag waarop de hulp volgens het stopbericht eindigde.",
    Check.CEILING: "De aanbieder declareerde in dit jaar meer dan het plafond van het contract. "
    "Crisishulp telt niet mee. Het deel erboven wijkt af, bij de laatst ontvangen regels.",
    Check.LONG: "De hulp onder deze toewijzing duurde langer dan de normale duur van het product, "
    "of zonder die duur langer dan de termijn van de regio. Dit is geen fout, wel een reden om te "
    "vragen of het doel nog wordt gehaald.",
    Check.LATE: "De regel kwam later binnen dan de termijn van de regio na de laatste dag van de "
    "zorg.",
}


class DeviationState(models.TextChoices):
    FOUND = "found", "te beoordelen"
    ASKED = "asked", "gevraagd aan aanbieder"
    CLAIMED = "claimed", "teruggevorderd"
    SETTLED = "settled", "verrekend"
    ACCEPTED = "accepted", "akkoord met reden"
    LAPSED = "lapsed", "vervallen"

    # Something still has to happen.
    OPEN = nonmember(("found", "asked", "claimed"))
    # Somebody decided; more of the same opens it again.
    CLOSED = nonmember(("settled", "accepted", "lapsed"))

    @property
    def tone(self) -> str:
        """How this state feels on screen (core.ui.Tone)."""
        return {
            "found": "attention",
            "asked": "busy",
            "claimed": "busy",
            "settled": "good",
            "accepted": "good",
        }.get(self.value, "neutral")


HANDLERS = (Role.REGIONAL_ADMIN, Role.CONTROLLER, Role.CONTRACT_MANAGER)

DEVIATION = register_states(
    StateTable(
        code="finance-deviation",
        subject="De afwijking",
        states=DeviationState,
        initial=DeviationState.FOUND,
        moves=(
            Move("ask", "Navraag doen", ("found",), "asked", who=HANDLERS, reason=True),
            Move("claim", "Terugvorderen", ("found", "asked"), "claimed", who=HANDLERS,
                 reason=True),
            Move("accept", "Akkoord gaan", ("found", "asked", "claimed"), "accepted",
                 who=HANDLERS, reason=True),
            Move("settle", "Als verrekend vastleggen", ("claimed",), "settled", who=HANDLERS,
                 reason=True),
            Move("reopen", "Opnieuw beoordelen", ("asked", "claimed", "settled", "accepted"),
                 "found", who=HANDLERS, reason=True),
            # By the checks themselves: the provider corrected its lines, or there are more.
            Move("lapse", "Laten vervallen", ("found", "asked", "claimed"), "lapsed"),
            Move("recur", "Weer te beoordelen", ("settled", "accepted", "lapsed"), "found"),
        ),
    )
)  # fmt: skip
