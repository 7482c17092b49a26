"""Sessions of interpretation and what was judged, for who may see it; and for the editions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core.periods import HalfYear
from regions.models import Region
from regions.queries.access import Access, access_of
from segments.models import SegmentScheme

from ..enums.interpretation import SessionState
from ..models import (
    InterpretationSession,
    Judgement,
    PerspectiveReading,
    ProviderJudgement,
    SteeringDecision,
)
from ..rules.steering import INSIDE


def _regions(access: Access, *roles: str) -> set[int]:
    return {g.region_id for g in access.grants if g.region_id and g.role in roles}


def sessions_visible_to(user: Any) -> QuerySet[InterpretationSession]:
    """All for insiders; a provider sees those that have begun. Councils read the editions."""
    access = access_of(user)
    inside = _regions(access, *INSIDE)
    begun = Q(region__in=_regions(access, "provider")) & ~Q(state=SessionState.PREPARING)
    rows = InterpretationSession.objects.filter(Q(region__in=inside) | begun)
    return rows.select_related("segment__scheme", "region")


def readings_visible_to(user: Any) -> QuerySet[PerspectiveReading]:
    """Everybody at the table hears everybody."""
    rows = PerspectiveReading.objects.filter(session__in=sessions_visible_to(user))
    return rows.select_related("municipality", "provider")


def judgements_visible_to(user: Any) -> QuerySet[Judgement]:
    """Staff of the region: all. Others: what is concluded, without what is protected."""
    rows = Judgement.objects.filter(session__in=sessions_visible_to(user))
    concluded = Q(session__state=SessionState.CONCLUDED, protected=False)
    rows = rows.filter(Q(session__region__in=access_of(user).staff_region_ids) | concluded)
    return rows.select_related("session", "goal")


def table_of(user: Any, session: InterpretationSession) -> QuerySet[Judgement]:
    """The figures on the table of a session; what is protected is for staff only."""
    rows = session.judgements.all()
    staff = access_of(user).is_staff_of(session.region_id)
    return rows if staff else rows.filter(protected=False)


def provider_judgements_visible_to(user: Any) -> QuerySet[ProviderJudgement]:
    """Staff: all. Access and executives: what is concluded. A provider: its own, concluded."""
    access = access_of(user)
    own = Q(pk__in=())
    for region in access.region_ids:
        mine = access.provider_organisations_in(region)
        own |= Q(session__region=region, provider__organisation__in=mine)
    told = Q(session__region__in=_regions(access, *INSIDE)) | own
    rows = ProviderJudgement.objects.filter(
        Q(session__region__in=access.staff_region_ids)
        | told & Q(session__state=SessionState.CONCLUDED)
    )
    return rows.select_related("provider", "session__segment")


def decisions_visible_to(user: Any) -> QuerySet[SteeringDecision]:
    inside = _regions(access_of(user), *INSIDE)
    rows = SteeringDecision.objects.filter(session__region__in=inside)
    return rows.select_related("session__segment", "owner")


@dataclass(frozen=True)
class Judged:
    """One goal (its `number`) or indicator (its `code`) as it was judged; a tone of core.ui."""

    name: str
    verdict: str
    tone: str
    reason: str
    protected: bool = False
    number: str = ""
    code: str = ""


@dataclass(frozen=True)
class Decided:
    """Who does what by when."""

    what: str
    who: str
    due_on: date


@dataclass(frozen=True)
class SegmentJudgement:
    """What a concluded session says of a segment, ready to be frozen in an edition."""

    session: int
    concluded_on: date
    meaning: str
    heard: tuple[str, ...]
    judged: tuple[Judged, ...]
    decided: tuple[Decided, ...]


def for_edition(
    region: Region, half_year: HalfYear, scheme: SegmentScheme, *, for_councils: bool
) -> dict[str, SegmentJudgement]:
    """The concluded judgements of a half-year by code of segment.

    For councils without what is protected: a verdict would tell what the figure may not.
    """
    rows = InterpretationSession.objects.filter(
        region=region, segment__scheme=scheme, half_year=half_year.label,
        state=SessionState.CONCLUDED,
    ).select_related("segment")  # fmt: skip
    rows = rows.prefetch_related("judgements__goal", "decisions", "readings")
    return {session.segment.code: _of_session(session, for_councils) for session in rows}


def _of_session(session: InterpretationSession, for_councils: bool) -> SegmentJudgement:
    heard = dict.fromkeys(
        str(row.get_perspective_display()) for row in session.readings.all() if row.reading
    )
    return SegmentJudgement(
        session=session.pk,
        concluded_on=session.concluded_on or session.period.end,
        meaning=session.meaning,
        heard=tuple(heard),
        judged=tuple(
            Judged(
                row.name,
                str(row.get_verdict_display()),
                row.tone,
                row.reason,
                row.protected,
                row.goal.number if row.goal else "",
                row.code,
            )
            for row in session.judgements.all()
            if not (for_councils and row.protected)
        ),
        decided=tuple(Decided(d.what, d.who, d.due_on) for d in session.decisions.all()),
    )
