"""Pages of interpreting, judging and steering, and who writes its kinds of rows."""

from typing import Any

from core import clock
from monitoring.domain.steering import rows
from monitoring.domain.steering.agreed import begin_version
from monitoring.models import (
    AgreedSet,
    Initiative,
    Inquiry,
    InquiryFollower,
    InterpretationSession,
    MitigationMeasure,
    Risk,
    SelfAssessment,
)
from regions.enums import Role
from tests.browser.world import World
from tests.factories import Made
from tests.monitoring.steering.build import (
    a_risk,
    a_session,
    an_agreed_set,
    an_assessment,
    an_initiative,
    an_inquiry,
    judge_provider,
    score_all,
    weigh,
)

from . import STAFF, Row, Words

LEADERS = frozenset({Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.REGIONAL_ADMIN})
WEIGHERS = LEADERS | {Role.CONTROLLER}
ASSESSORS = frozenset({Role.POLICY_OFFICER, Role.REGIONAL_ADMIN, Role.ACCESS_TEAM})
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
    "afgesprokenset": (LEADERS, OUTSIDE_PARTNERS),
    "afgesprokenversie": (LEADERS, OUTSIDE_PARTNERS),
    "afgesprokenindicator": (LEADERS, OUTSIDE_PARTNERS),
    "afgesprokenstreefwaarde": (LEADERS, OUTSIDE_PARTNERS),
    "risico": (WEIGHERS, OUTSIDE),
    "inschatting": (WEIGHERS, OUTSIDE),
    "risicomaatregel": (WEIGHERS, OUTSIDE),
    "teamkenmerk": (LEADERS, frozenset()),
    "zelfbeoordeling": (ASSESSORS, OUTSIDE),
    "kenmerkscore": (ASSESSORS, OUTSIDE),
    "verkenning": (LEADERS, OUTSIDE_PARTNERS),
    "volger": (LEADERS, OUTSIDE_PARTNERS),
    "initiatief": (LEADERS, OUTSIDE_PARTNERS),
}


def fill(world: World) -> None:
    for made in (world.north, world.south):
        session = a_session(made, "judging")
        judge_provider(session, made.provider, made.users[Role.POLICY_OFFICER])
        a_session(made, "concluded")
        begin_version(
            agreed_set=an_agreed_set(made).agreed_set, by=made.users[Role.CONTRACT_MANAGER]
        )
        _more(made)


def _more(made: Made) -> None:
    by = made.users[Role.CONTRACT_MANAGER]
    risk = a_risk(made)
    weigh(made, risk, 4, 4)
    rows.keep(row=MitigationMeasure(risk=risk, text="Vroeg overleggen"), by=by)
    score_all(made, an_assessment(made))
    inquiry = an_inquiry(made)
    for move in ("examine", "spread"):
        rows.take(row=inquiry, move=move, by=by, reason="Werkt goed.")
    follower = InquiryFollower(
        inquiry=inquiry, provider=made.provider, what="De planning", since=clock.today()
    )
    rows.keep(row=follower, by=by)
    an_initiative(made)


def of(model: Any) -> Words:
    def words(made: Made, world: World) -> dict[str, Any]:
        return {"pk": model.objects.filter(region=made.region).earliest("pk").pk}

    return words


def session(made: Made, world: World) -> dict[str, Any]:
    return {"pk": InterpretationSession.objects.get(region=made.region).pk}


PAGES = [
    Row("agreed-sets", PARTNERS),
    Row("agreed-set", PARTNERS, of(AgreedSet)),
    Row("agreed-set-begin", LEADERS, of(AgreedSet), unseen=OUTSIDE_PARTNERS, post=True),
    Row("risks", INSIDE),
    Row("risk", INSIDE, of(Risk)),
    Row("local-teams", INSIDE),
    Row("self-assessment", INSIDE, of(SelfAssessment)),
    Row("learning", PARTNERS),
    Row("inquiry", PARTNERS, of(Inquiry)),
    Row("initiative", PARTNERS, of(Initiative)),
    Row("guide", INSIDE),
    Row("interpretations", PARTNERS),
    Row("interpretation", PARTNERS, session),
]
