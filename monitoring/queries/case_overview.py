"""How cases go, all together: where they are, how long steps take, how they end."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import mean
from typing import Any

from core import clock
from core.states.models import Step
from regions.models import Region

from ..enums.cases import CASE, CaseState, Outcome
from ..models import Case
from .cases import is_overdue
from .timeline import AMSTERDAM


@dataclass(frozen=True)
class StepLine:
    """One step: open cases there, of which overdue, their mean age; days it took when left."""

    state: CaseState
    cases: int
    overdue: int
    mean_days: float | None
    took: float | None
    times: int
    term: int | None


@dataclass(frozen=True)
class Overview:
    """`outcomes` is per year a count per outcome; ages and durations are in days."""

    open: int
    overdue: int
    mean_age: float | None
    lines: tuple[StepLine, ...]
    outcomes: tuple[tuple[int, tuple[tuple[str, int], ...]], ...]


def overview(region: Region, cases: Any) -> Overview:
    """Of cases that the user may see, a queryset."""
    rows = list(cases.filter(region=region).select_related("process"))
    running = [case for case in rows if case.is_open]
    today = clock.today()
    ages = [(today - case.opened_on).days for case in running]
    took = stay_in_steps(rows)
    return Overview(
        open=len(running),
        overdue=sum(is_overdue(case) for case in running),
        mean_age=mean(ages) if ages else None,
        lines=tuple(_line(state, running, took, today) for state in CaseState if state != "closed"),
        outcomes=_outcomes(rows),
    )


def _line(
    state: CaseState, running: list[Case], took: dict[str, list[int]], today: date
) -> StepLine:
    here = [case for case in running if case.state == state]
    days = [(today - case.moved_on).days for case in here]
    left = took.get(state, [])
    newest = max((case.process for case in running), key=lambda p: p.version, default=None)
    return StepLine(
        state=state,
        cases=len(here),
        overdue=sum(is_overdue(case) for case in here),
        mean_days=mean(days) if days else None,
        took=mean(left) if left else None,
        times=len(left),
        term=newest.days_in(state) if newest else None,
    )


def stay_in_steps(cases: list[Case]) -> dict[str, list[int]]:
    """For every step that was left: how many days a case was in it, from the history."""
    opened = {str(case.pk): case.opened_on for case in cases}
    steps = Step.objects.filter(table=CASE.code, subject__in=opened).order_by("subject", "pk")
    since: dict[str, date] = dict(opened)
    found: dict[str, list[int]] = defaultdict(list)
    for step in steps:
        day = step.at.astimezone(AMSTERDAM).date()
        found[step.source].append((day - since[step.subject]).days)
        since[step.subject] = day
    return found


def _outcomes(cases: list[Case]) -> tuple[tuple[int, tuple[tuple[str, int], ...]], ...]:
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for case in cases:
        if case.closed_on:
            counted[case.closed_on.year][case.outcome] += 1
    return tuple(
        (year, tuple((str(o.label), counted[year][o]) for o in Outcome))
        for year in sorted(counted, reverse=True)
    )
