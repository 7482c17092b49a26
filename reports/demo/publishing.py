"""The live region's editions, published as a region would: text, colleges, calendar, a question."""

from datetime import timedelta
from typing import Any

from core import clock
from core.users.models import User
from regions.enums import Role
from regions.models import Region

from ..domain.adopting import colleges_to_decide, move_edition, record_adoption
from ..domain.asking import ask
from ..domain.authoring import comment, write_passage
from ..domain.calendar import keep_milestone, plan_cycle, working_day
from ..domain.passages import PROMISED
from ..enums import EditionKind, MilestoneKind
from ..models import Edition, Milestone, ReportingCycle
from ..queries.texts import made_content
from ..rules import can_ask

PROMISED_TEXT = "Wij beloofden om de wachttijd elk halfjaar te laten zien, ook als die tegenvalt."
QUESTION = "Wat doet de regio om de wachttijd korter te maken?"
COMMENT = "Kan hier een voorbeeld bij van een aanbieder waar het wel lukt?"


def publish_editions(*, region: Region, half_year: Any, staff: User) -> None:
    """Publish the council editions of a half-year, but leave the last municipality's in review."""
    if ReportingCycle.objects.filter(region=region).exists():
        return
    plan_cycle(region=region, half_year=half_year, by=staff)
    council = Edition.objects.filter(
        region=region, half_year=half_year.label, kind__in=EditionKind.FOR_COUNCILS
    ).order_by("municipality")
    editions = list(council)
    for edition in editions:
        _publish(edition, staff, until="review" if edition is editions[-1] else "publish")
    _keep_time(region, staff)
    _ask(editions)


def _keep_time(region: Region, staff: User) -> None:
    """What lies behind was done in time; councils have still to meet."""
    for moment in Milestone.objects.filter(cycle__region=region):
        if moment.kind == MilestoneKind.COUNCIL:
            moment.due = working_day(clock.today() + timedelta(days=23))
        elif moment.due <= clock.today():
            moment.done_on = moment.due
        keep_milestone(milestone=moment, by=staff)


def _publish(edition: Edition, staff: User, until: str) -> None:
    if edition.kind == EditionKind.COUNCIL_REGION:
        write_passage(edition=edition, key=PROMISED, template=_promised(edition), by=staff)
    for move in ("draft", "review"):
        move_edition(edition=edition, move=move, by=staff)
    if until == "review":
        comment(edition=edition, key="samenvatting-1", text=COMMENT, by=staff)
        return
    for code in colleges_to_decide(edition):
        record_adoption(
            edition=edition,
            municipality=code,
            decided_on=clock.today() - timedelta(days=7),
            by=staff,
        )
    for move in ("adopt", "publish"):
        move_edition(edition=edition, move=move, by=staff)
    edition.refresh_from_db()


def _promised(edition: Edition) -> str:
    """What was promised, with the wait in the figures of the edition itself."""
    figures = made_content(edition).key_figures
    wait = next((f for f in figures if f.code == "wait_p50" and f.now.known), None)
    if wait is None:
        return PROMISED_TEXT
    now = f"{PROMISED_TEXT} De middelste wachttijd is nu {{{wait.name}}}"
    if wait.year_ago.known:
        now = f"{now}; een jaar eerder was dat {{{wait.name}, jaar eerder}}"
    return f"{now}."


def _ask(editions: list[Edition]) -> None:
    """The council member of the demonstration asks about the region's edition."""
    edition = editions[0]
    members = User.objects.filter(
        role_assignments__role=Role.COUNCIL_MEMBER, role_assignments__region=edition.region_id
    )
    member = members.first()
    if member is not None and can_ask(member, edition):
        ask(edition=edition, chapter="stroom", text=QUESTION, by=member)
