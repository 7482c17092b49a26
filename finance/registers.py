"""The registers of finance: deviations in the declarations, and measures."""

from typing import Any

from core.formats import euro
from core.ui.bulk import BulkAction
from core.ui.registers import Field, Register

from .deviation_enums import DEVIATION
from .domain.deviating import move_deviation
from .forms.deviations import ReasonForMany
from .models import Deviation
from .rules import can_handle_deviations


def _verb(move: str) -> Any:
    def act(row: Deviation, request: Any, values: dict[str, Any]) -> str:
        move_deviation(deviation=row, move=move, by=request.user, reason=values["reason"])
        return f"Wordt: {row.get_state_display()}. Het gaat om {euro(row.amount)}."

    return act


def _may(request: Any) -> bool:
    return can_handle_deviations(request.user, request.place.tenant)


def _bulk(name: str) -> BulkAction:
    label = next(move.label for move in DEVIATION.moves if move.name == name)
    return BulkAction(name, label, _verb(name), ReasonForMany, may=_may)


DEVIATIONS = Register(
    code="deviations",
    title="Afwijkingen in declaraties",
    sorting={
        "bedrag": "amount",
        "aanbieder": "provider",
        "toets": "kind",
        "maand": "care_month",
        "stand": "state",
        "gevonden": "found_on",
    },
    default="-bedrag",
    fields=(
        Field("Aanbieder (AGB)", "provider", "Landelijk nummer van de zorgaanbieder."),
        Field("Toets", "get_kind_display", width=30),
        Field("Wat het betekent", "meaning", width=60),
        Field("Maand van de zorg", "care_month", "Eerste dag van de maand."),
        Field("Regels", "lines", "Aantal regels dat afwijkt.", decimals=0, total=True),
        Field(
            "Afwijking",
            "amount",
            "Wat afwijkt, zonder uitgezonderde regels.",
            decimals=2,
            unit="euro",
            total=True,
        ),
        Field("Stand", "get_state_display", width=24),
        Field("Gevonden op", "found_on"),
        Field("Laatste stap", "moved_on"),
        Field("Antwoord uiterlijk", "answer_by"),
        Field(
            "Teruggevorderd",
            "claimed",
            "Bedrag van de terugvordering.",
            decimals=2,
            unit="euro",
            total=True,
        ),
        Field(
            "Ontvangen",
            "received",
            "Wat is ontvangen of verrekend.",
            decimals=2,
            unit="euro",
            total=True,
        ),
    ),
    actions=tuple(_bulk(name) for name in ("ask", "claim", "accept")),
    notes=("Bedragen in euro. Een regel kan bij meer dan een toets afwijken.",),
)

BUDGETS = Register(
    code="budgets",
    title="Begrotingen",
    sorting={
        "jaar": ("year", "municipality__name", "segment", "subject", "half", "version"),
        "plaats": ("municipality__name", "segment", "-year", "version"),
        "onderwerp": ("subject", "-year", "municipality__name"),
        "bedrag": "amount",
        "stand": ("status", "-year"),
    },
    default="-jaar",
    fields=(
        Field("Periode", "period_label", width=10),
        Field("Voor", "place_label", width=34),
        Field("Onderwerp", "subject", width=30),
        Field("Soort", "get_kind_display", width=22),
        Field("Versie", "version", "Een wijziging is een volgende versie.", width=8),
        Field("Stand", "get_status_display", width=22),
        Field("Bedrag", "amount", "Zoals het document het geeft.", decimals=2, unit="euro"),
        Field("Telt mee", "counts", "Of dit de versie is die nu geldt.", width=10),
        Field("Na verschuivingen", "shifted", "Leeg: niets.", decimals=2, unit="euro"),
        Field(
            "Vorig jaar met indexering", "compared.computed", "Berekend; telt nooit mee.",
            decimals=2, unit="euro",
        ),
        Field("Circa", "circa", "Het document noemt een bedrag bij benadering.", width=8),
        Field("Wat erin zit en wat niet", "scope", width=60),
        Field("Bron", "source", width=24),
        Field("Fictief", "fictitious", width=8),
    ),
    notes=("Bedragen in euro. Tel alleen op wat meetelt.",),
)  # fmt: skip

MEASURES = Register(
    code="finance-measures",
    title="Maatregelen",
    sorting={
        "volgnummer": "order",
        "naam": "name",
        "vanaf": "starts_on",
        "verandert": "driver",
    },
    default="volgnummer",
    fields=(
        Field("Code", "code"),
        Field("Naam", "name", width=50),
        Field("Soort", "get_kind_display"),
        Field("Wat verandert", "get_driver_display", width=28),
        Field("Richting", "get_direction_display", width=22),
        Field("Waar", "where", width=40),
        Field("Naar", "where_to", "Alleen bij een verschuiving.", width=30),
        Field("Vanaf", "starts_on", "Eerste maand waarin de maatregel werkt."),
        Field("Vertraging", "delay_months", "Maanden voordat er iets te merken is."),
        Field("Ingroei", "ramp_months", "Maanden tot het hele effect er is."),
        Field("Effect laag", "effect_low", "Procent; ondergrens van 80% kans.", decimals=2),
        Field("Circa", "circa", "Het document noemt het effect bij benadering.", width=8),
        Field("Effect midden", "effect_central", "Procent; leeg is nog te bepalen.", decimals=2),
        Field("Effect hoog", "effect_high", "Procent; bovengrens van 80% kans.", decimals=2),
        Field("Andere zorg", "replacement", "Kosten per 100 euro die vrijkomt.", decimals=2),
        Field("Zekerheid", "get_sureness_display"),
        Field("Bron", "source", width=30),
        Field("Fictief", "fictitious"),
    ),
)
