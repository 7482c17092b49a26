"""Pages of interpreting, judging and steering, and who writes its kinds of rows."""

from typing import Any

from monitoring.models import InterpretationSession
from regions.enums import Role
from tests.browser.world import World
from tests.factories import Made
from tests.monitoring.steering.build import a_session, judge_provider

from . import STAFF, Row

LEADERS = frozenset({Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.REGIONAL_ADMIN})
INSIDE = STAFF | {Role.ACCESS_TEAM, Role.EXECUTIVE}
PARTNERS = INSIDE | {Role.PROVIDER}
OUTSIDE_PARTNERS = frozenset(Role) - PARTNERS
OUTSIDE = frozenset(Role) - INSIDE
# Per kind: who writes it, and for whom it is not there.
KINDS: dict[str, tuple[frozenset[Role], frozenset[Role]]] = {
    "duiding": (LEADERS, OUTSIDE_PARTNERS),
    "lezing": (LEADERS, OUTSIDE_PARTNERS),
    "oordeel": (LEADERS, OUTSIDE_PARTNERS),
    "aanbiederoordeel": (LEADERS, OUTSIDE_PARTNERS),
    "sturingsbesluit": (LEADERS, OUTSIDE),
}


def fill(world: World) -> None:
    for made in (world.north, world.south):
        session = a_session(made, "judging")
        judge_provider(session, made.provider, made.users[Role.POLICY_OFFICER])
        a_session(made, "concluded")


def session(made: Made, world: World) -> dict[str, Any]:
    return {"pk": InterpretationSession.objects.get(region=made.region).pk}


PAGES = [
    Row("guide", INSIDE),
    Row("interpretations", PARTNERS),
    Row("interpretation", PARTNERS, session),
]
