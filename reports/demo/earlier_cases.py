"""Cases of the year that is evaluated, made by their verbs on the days that they happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from core.periods import HalfYear
from core.users.models import User
from monitoring.domain.cases import following, moving, opening, plans
from monitoring.domain.cases.following import Agreement
from monitoring.enums.cases import ActionState, CaseTheme
from monitoring.models import Case, PlanItem
from providers.models import Provider
from regions.enums import Role
from regions.models import Region, RoleAssignment

PARTICIPANTS = ["directeur van de aanbieder", "contractmanager regio"]


@contextmanager
def as_on(day: date) -> Iterator[date]:
    """The day stands still on another one."""
    before = settings.CLOCK_TODAY
    settings.CLOCK_TODAY = day.isoformat()
    try:
        yield day
    finally:
        settings.CLOCK_TODAY = before


@transaction.atomic
def make_earlier_cases(region: Region, year: HalfYear, *, by: User) -> None:
    """One that ended well, and one that needed a second round; once."""
    if Case.objects.filter(region=region, number__startswith=f"{year.year}-").exists():
        return
    begun = year.previous().start + timedelta(days=40)
    writers = _writers(region)
    themes = ((CaseTheme.COOPERATION, "Samenwerking"), (CaseTheme.CONTINUITY, "Continuïteit"))
    for number, ((provider, writer), (theme, title)) in enumerate(
        zip(writers, themes, strict=False)
    ):
        with as_on(begun):
            case = opening.open_case(
                provider=provider, theme=theme, title=f"{title} (fictief)", by=by, fictitious=True
            )
        day = _round(case, begun, by, writer, reached=number == 0)
        if number:
            with as_on(day):
                move(case, "new_round", by, "Te weinig vooruitgang: nog een ronde.")
            day = _round(case, day, by, writer, reached=True)
        with as_on(day):
            move(case, "continue_referral", by, "De afspraken zijn nagekomen.")


def _writers(region: Region) -> list[tuple[Provider, Any]]:
    """Providers of which somebody can write a plan, with that user."""
    users = RoleAssignment.objects.filter(region=region, role=Role.PROVIDER)
    of_party = {one.provider_organisation_id: one.user for one in users.select_related("user")}
    providers = Provider.objects.filter(region=region, organisation__in=of_party)
    rows = providers.order_by("sort_name")[:2]
    return [(row, of_party[row.organisation_id]) for row in rows]


def move(case: Case, step: str, by: Any, reason: str = "") -> None:
    moving.move_case(case=case, move=step, by=by, reason=reason)


def _round(case: Case, day: date, by: User, writer: Any, *, reached: bool) -> date:
    """From the conversation to the assessment. Returns the day on which it was judged."""
    with as_on(day + timedelta(days=6)) as day:
        if case.round == 1:
            move(case, "start_dialogue", by)
        agreed = Agreement("directeur", "Elke maand overleg met de toegang", day + _days(30))
        following.record_conversation(
            case=case, held_on=day, participants=PARTICIPANTS, agreements=[agreed], by=by,
            report="De aanbieder herkent het beeld en komt met een plan.",
        )  # fmt: skip
        move(case, "ask_plan", by)
    with as_on(day + _days(19)) as day:
        item = PlanItem(
            who="Zorgmanager", what="Vaste contactpersoon per gemeente", how="In het rooster",
            due=day + _days(60), result="Elke gemeente bevestigt het",
        )  # fmt: skip
        plans.replace_draft(
            case=case, analysis="Wisselingen in het team.", aim="Een vast gezicht per gemeente.",
            items=[item], by=writer,
        )  # fmt: skip
        move(case, "submit_plan", writer)
    with as_on(day + _days(8)) as day:
        move(case, "bind_plan", by)
    with as_on(day + _days(70)) as day:
        _settle(case, by, writer)
        move(case, "assess", by)
        judgement = "achieved" if reached else "partly"
        for action in case.actions.filter(round=case.round):
            following.judge_result(
                action=action, judgement=judgement, reason="Gezien door de toegang.", by=by
            )
    return day + _days(9)


def _settle(case: Case, by: User, writer: Any) -> None:
    for action in case.actions.filter(state=ActionState.OPEN):
        following.move_action(action=action, move="report", by=writer, reason="Het loopt.")
        following.move_action(action=action, move="verify", by=by)


def _days(count: int) -> timedelta:
    return timedelta(days=count)
