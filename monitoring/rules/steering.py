"""Who may interpret, judge and steer; one table of models, asked by page, form and endpoint."""

from collections.abc import Callable
from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from ..enums.interpretation import LEADERS, OF_ACCESS, OF_PROVIDERS, SessionState
from ..models import (
    AgreedIndicator,
    AgreedSet,
    AgreedTarget,
    AgreedVersion,
    FeatureScore,
    Initiative,
    Inquiry,
    InquiryFollower,
    InterpretationSession,
    Judgement,
    LocalTeamFeature,
    MitigationMeasure,
    PerspectiveReading,
    ProviderJudgement,
    Risk,
    RiskAssessment,
    SelfAssessment,
    SteeringDecision,
)

INSIDE = (*Role.REGIONAL_STAFF, Role.ACCESS_TEAM, Role.EXECUTIVE)
PARTNERS = (*INSIDE, Role.PROVIDER)
# The way from a row to its region.
REGION_PATHS: dict[type[Any], str] = {
    InterpretationSession: "region",
    PerspectiveReading: "session__region",
    Judgement: "session__region",
    ProviderJudgement: "session__region",
    SteeringDecision: "session__region",
    Risk: "region",
    RiskAssessment: "risk__region",
    MitigationMeasure: "risk__region",
    LocalTeamFeature: "region",
    SelfAssessment: "region",
    FeatureScore: "assessment__region",
    Inquiry: "region",
    InquiryFollower: "inquiry__region",
    Initiative: "region",
    AgreedSet: "region",
    AgreedVersion: "agreed_set__region",
    AgreedIndicator: "version__agreed_set__region",
    AgreedTarget: "agreed__version__agreed_set__region",
}


def region_of(row: Any) -> Region:
    found = row
    for name in REGION_PATHS[type(row)].split("__"):
        found = getattr(found, name)
    region: Region = found
    return region


def is_inside(user: Any, region: Region) -> bool:
    return access_of(user).has(*INSIDE, region_id=region.pk)


def can_interpret(user: Any, region: Region) -> bool:
    """Who has a part in reading the figures together; councils read what came of it."""
    return access_of(user).has(*PARTNERS, region_id=region.pk)


def check_can_interpret(user: Any, region: Region) -> None:
    if not can_interpret(user, region):
        raise NotAllowed(
            "Duidingen zijn voor de regio, de toegang, bestuurders en aanbieders. Raden lezen het "
            "oordeel in de rapportages."
        )


def check_is_inside(user: Any, region: Region) -> None:
    if not is_inside(user, region):
        raise NotAllowed("Dit onderdeel is voor de regio, de toegang en bestuurders.")


def can_lead(user: Any, region: Region) -> bool:
    return access_of(user).has(*LEADERS, region_id=region.pk)


def check_can_lead(user: Any, region: Region, row: Any = None) -> None:
    if not can_lead(user, region):
        raise NotAllowed(
            "Alleen een contractmanager, beleidsmedewerker of regiobeheerder doet dit."
        )


def check_can_read_aloud(user: Any, region: Region, row: Any = None) -> None:
    """A party gives its own reading, while the session reads; who leads writes for the others.

    `row` without a perspective yet is a form that somebody opens; keeping it asks again.
    """
    if can_lead(user, region):
        return
    access = access_of(user)
    open_now = row is None or row.session.state == SessionState.READING
    of_access = access.has(Role.ACCESS_TEAM, region_id=region.pk)
    of_provider = access.has(Role.PROVIDER, region_id=region.pk)
    if open_now and (of_access or of_provider) and _is_own(user, region, row):
        return
    raise NotAllowed(
        "U geeft een lezing namens uw eigen gemeente of organisatie, zolang de duiding loopt."
    )


def _is_own(user: Any, region: Region, row: Any) -> bool:
    access = access_of(user)
    if row is None or not row.perspective:
        return True
    if row.perspective in OF_PROVIDERS:
        own = access.provider_organisations_in(region.pk)
        return row.provider is not None and row.provider.organisation_id in own
    mine = row.municipality and row.municipality.gm_code in access.municipalities_in(region.pk)
    return bool(row.perspective in OF_ACCESS and mine)


def check_can_weigh(user: Any, region: Region, row: Any = None) -> None:
    if not access_of(user).has(*LEADERS, Role.CONTROLLER, region_id=region.pk):
        raise NotAllowed("Alleen medewerkers van de regionale organisatie houden risico's bij.")


def check_can_assess(user: Any, region: Region, row: Any = None) -> None:
    """A municipality judges itself; the region's policy officers may write for it.

    `row` without a municipality yet is a form that somebody opens; keeping it asks again.
    """
    access = access_of(user)
    if access.has(Role.POLICY_OFFICER, Role.REGIONAL_ADMIN, region_id=region.pk):
        return
    of = _assessed(row)
    own = access.municipalities_in(region.pk)
    if access.has(Role.ACCESS_TEAM, region_id=region.pk) and (of is None or of in own):
        return
    raise NotAllowed(
        "Alleen de toegang van de gemeente zelf en de beleidsmedewerkers van de regio vullen een "
        "zelfbeoordeling in."
    )


def _assessed(row: Any) -> str | None:
    """The municipality that a row is about; None where none was chosen."""
    found = row.assessment if isinstance(row, FeatureScore) else row
    if found is None or found.municipality_id is None:
        return None
    code: str = found.municipality.gm_code
    return code


# What else than leading gives the right to write a row.
CHECKS: dict[type[Any], Callable[[Any, Region, Any], None]] = {
    PerspectiveReading: check_can_read_aloud,
    Risk: check_can_weigh,
    RiskAssessment: check_can_weigh,
    MitigationMeasure: check_can_weigh,
    SelfAssessment: check_can_assess,
    FeatureScore: check_can_assess,
}


def check_can_write(user: Any, region: Region, row: Any) -> None:
    CHECKS.get(type(row), check_can_lead)(user, region, row)


def roles_for(user: Any, row: Any) -> frozenset[str]:
    """The roles that count for this row: of access only in the own municipality."""
    region = region_of(row)
    roles = access_of(user).roles_in(region.pk)
    if isinstance(row, SelfAssessment):
        own = access_of(user).municipalities_in(region.pk)
        return roles if _assessed(row) in own else roles - {Role.ACCESS_TEAM}
    return roles
