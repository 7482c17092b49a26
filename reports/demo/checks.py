"""The checks on declarations of the demonstration, and what was done with some of them."""

from typing import Any

from finance.domain.checking import check_waiting
from finance.domain.deviating import move_deviation
from finance.models import Deviation
from regions.models import Region

# The largest of each kind of deviation: what was done with it, and why.
DONE = (
    ("tariff_high", "claim", "Het tarief van het contract is lager. Wij vragen om een credit."),
    ("double", "ask", "Deze regels lijken dubbel. Kunt u dit nagaan?"),
    ("long", "accept", "Besproken met de aanbieder: het perspectief is herijkt."),
    ("volume", "ask", "Is er een nieuwe toewijzing aangevraagd?"),
)


def make_checks(region: Region, by: Any) -> int:
    """Check all lines; of four kinds one deviation gets a first step. How many there are."""
    check_waiting(region.pk)
    for kind, move, reason in DONE:
        rows = Deviation.objects.filter(region=region, kind=kind, state="found", amount__gt=0)
        row = rows.order_by("-amount", "pk").first()
        if row is not None:
            move_deviation(deviation=row, move=move, by=by, reason=reason)
    return Deviation.objects.filter(region=region).count()
