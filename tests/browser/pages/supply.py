"""Pages of waiting times, client stops, places, crises and placements outside the region."""

from datetime import timedelta
from typing import Any

from core import clock
from providers.domain.supply import ask_stop
from providers.models import (
    ClientStop,
    CrisisReport,
    OutsidePlacement,
    PlaceStatement,
    WaitNorm,
    WaitStatement,
)
from regions.enums import Role
from tests.browser.world import World
from tests.factories import Made

from . import STAFF, Row
from .segments import first

MANAGERS = frozenset({Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN})
READERS = STAFF | {Role.ACCESS_TEAM, Role.EXECUTIVE, Role.PROVIDER}
STATES = MANAGERS | {Role.PROVIDER, Role.API_CLIENT}
PLACERS = MANAGERS | {Role.ACCESS_TEAM}


def fill(world: World) -> None:
    for made in (world.north, world.south):
        provider, place = made.provider, made.municipalities[0]
        WaitStatement.objects.create(
            provider=provider, product_code="45A01", known="known", intake_days=20,
            treatment_days=90, waiting=12,
        )  # fmt: skip
        WaitStatement.objects.create(provider=provider, product_code="45A02", known="unknown")
        PlaceStatement.objects.create(provider=provider, kind="crisis", capacity=6, free=1)
        WaitNorm.objects.create(
            region=made.region, segment=made.segments[1], intake_days=30, treatment_days=30,
            source="Afspraak",
        )  # fmt: skip
        stop = ClientStop(
            provider=provider, ground="staff", reason="Te weinig mensen",
            starts_on=clock.today() + timedelta(days=20),
        )  # fmt: skip
        ask_stop(stop=stop, by=made.users[Role.PROVIDER])
        CrisisReport.objects.create(
            region=made.region, municipality=place,
            reported_at=clock.now() - timedelta(hours=30),
        )  # fmt: skip
        OutsidePlacement.objects.create(
            region=made.region, municipality=place, where="Regio Oost", reason="no_place"
        )


def stop_move(made: Made, world: World) -> dict[str, Any]:
    asked = ClientStop.objects.filter(provider=made.provider, ground="staff").earliest("pk")
    return {"pk": asked.pk, "move": "agree"}


PAGES = [
    Row("supply", READERS),
    Row("wait-add", STATES),
    Row("wait-norm-add", MANAGERS),
    Row("wait-norm-change", MANAGERS, first(WaitNorm, path="region")),
    Row("client-stops", READERS),
    Row("client-stop-ask", STATES),
    Row("client-stop-impose", MANAGERS),
    Row("client-stop-move", MANAGERS, stop_move),
    Row("places", READERS),
    Row("place-add", STATES),
    Row("crises", READERS),
    Row("crisis-add", PLACERS),
    Row("crisis-change", PLACERS, first(CrisisReport, path="region")),
    Row("outside", READERS),
    Row("outside-add", PLACERS),
    Row("outside-change", PLACERS, first(OutsidePlacement, path="region")),
]
