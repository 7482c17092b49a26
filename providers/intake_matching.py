"""How a row of a list finds its provider: by AGB code, by KvK number, never by name alone."""

from typing import Any

from core.intake.cells import padded_code
from core.intake.modelrows import Row, RowRefused
from core.intake.tables import TableColumn

from .domain.files import provider_with_code
from .models import Provider

AGB = TableColumn(
    "agb", "agb_code", padded_code(8, least=7, example="65650011"), required=False,
    help="AGB-code; wij zoeken hiermee de aanbieder",
    also=("agb-code", "agbcode", "agb nummer", "agb-nr", "AGB code aanbieder", "aanbiedercode"),
)  # fmt: skip
KVK = TableColumn(
    "kvk_nummer", "chamber_of_commerce_number", padded_code(8, least=7, example="12345678"),
    required=False, help="of het KvK-nummer",
    also=("kvk", "kvk-nr", "kvknr", "kvknummer", "kamer van koophandel", "nummer kvk"),
)  # fmt: skip


def find_provider(region_id: int, row: Row) -> Provider | None:
    """The provider that a row names; None when the region does not know it yet.

    Raises RowRefused when the codes name two providers, or one KvK number is of several.
    """
    agb, kvk = row["agb_code"], row["chamber_of_commerce_number"]
    by_agb = provider_with_code(region_id, agb) if agb else None
    by_kvk = list(
        Provider.objects.filter(region_id=region_id, chamber_of_commerce_number=kvk)[:2]
        if kvk
        else ()
    )
    if by_agb is not None:
        if by_kvk and by_agb not in by_kvk:
            raise _conflict(
                f"AGB-code {agb} is van {by_agb}, maar KvK-nummer {kvk} is van een ander."
            )
        return by_agb
    if len(by_kvk) > 1:
        raise _conflict(f"KvK-nummer {kvk} is van meer dan één aanbieder.")
    return by_kvk[0] if by_kvk else None


def known_provider(region_id: int, row: Row) -> Provider:
    """The provider that a row names; raises RowRefused when it is not there."""
    found = find_provider(region_id, row)
    if found is None:
        raise RowRefused(
            "aanbieder-onbekend", "agb",
            "De regio kent geen aanbieder met deze AGB-code of dit KvK-nummer.",
            "Lever eerst de aanbieder aan, of verbeter de code.",
        )  # fmt: skip
    return found


def _conflict(message: str) -> RowRefused:
    return RowRefused(
        "aanbieder-onduidelijk", "kvk_nummer", message,
        "Verbeter een van beide in de lijst of in het dossier van de aanbieder.",
    )  # fmt: skip


def filled(row: Row, *names: str) -> dict[str, Any]:
    """The cells of a row that hold something: an empty cell takes nothing away."""
    return {name: row[name] for name in names if row[name] not in (None, "")}
