"""A framework changes: what hangs on it is looked at again, by somebody, before a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.tasks.api import Task, TaskState, add_task
from regions.enums import Role
from segments.models import SegmentGoal

from ..enums.policy import PlanKind
from ..models import FundingChoice, PlanSection, PolicyFramework, ProcedureChoice
from ..queries.line import Line, Node
from ..rules.policy import check_can_edit_policy

# Whose work it is: contract texts are the contract managers', the rest the policy officers'.
TEAMS = {True: Role.CONTRACT_MANAGER, False: Role.POLICY_OFFICER}
LONGEST = 200


@transaction.atomic
def announce_change(*, framework: PolicyFramework, what: str, due: date, by: Any) -> list[Task]:
    """Make a task per plan, goal and choice that hangs on the framework, to look at it again.

    One task per plan, however many of its chapters are bound; what already has such an open task
    keeps it. Effects: tasks of the teams. Raises DomainError when nothing hangs on the framework.
    """
    check_can_edit_policy(by, framework.region)
    below = Line.of(framework.region, by).below(framework)
    bound = _bound(below)
    if not bound:
        raise DomainError(
            f"Aan ‘{framework}’ hangt nog niets. Leg eerst vast welke plannen, doelen en keuzes "
            "eraan gebonden zijn.",
            code="niets-gebonden",
        )
    made = (
        _task(framework, title, url, of_contract, what, due, by)
        for title, url, of_contract in bound.values()
    )
    return [task for task in made if task is not None]


Bound = tuple[str, str, bool]


def _bound(nodes: Iterable[Node]) -> dict[tuple[str, int], Bound]:
    """What must be looked at, once each: name, address and whether it is a contract text."""
    found: dict[tuple[str, int], Bound] = {}
    for node in nodes:
        for one in node.walk():
            key, bound = _of(one.thing)
            if bound is not None:
                found.setdefault(key, bound)
    return found


def _of(thing: Any) -> tuple[tuple[str, int], Bound | None]:
    match thing:
        case PlanSection(document=plan):
            url = f"/regio/{plan.region.slug}/plannen/{plan.pk}/"
            return ("plan", plan.pk), (str(plan), url, plan.kind == PlanKind.CONTRACT)
        case SegmentGoal(segment=segment):
            slug = segment.scheme.region.slug
            url = f"/regio/{slug}/van-kader-naar-contract/doelen/{thing.pk}/"
            return ("goal", thing.pk), (f"doel {thing} ({segment})", url, False)
        case FundingChoice() | ProcedureChoice():
            scheme = thing.segment.scheme
            url = f"/regio/{scheme.region.slug}/segmenten/indelingen/{scheme.pk}/keuzes/"
            name = f"{thing._meta.verbose_name} {thing}"
            return (type(thing).__name__, thing.pk), (name, url, False)
    return ("", 0), None


def _task(
    framework: PolicyFramework,
    title: str,
    url: str,
    of_contract: bool,
    what: str,
    due: date,
    by: Any,
) -> Task | None:
    about = f"Wijziging van {framework}"[:LONGEST]
    told = f"Klopt dit nog? {title}"[:LONGEST]
    waiting = Task.objects.filter(tenant_id=framework.region_id, state=TaskState.OPEN)
    if waiting.filter(title=told, about=about).exists():
        return None
    return add_task(
        tenant_id=framework.region_id, title=told, due=due, by=by, team=TEAMS[of_contract],
        url=url, about=about, note=what,
    )  # fmt: skip
