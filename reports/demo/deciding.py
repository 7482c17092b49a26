"""A procedure that slips, and clauses tied to the region's contract text.

Made by the verbs that people use, marked as fictitious in name or text; days lie relative to today.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core import clock
from procurement.domain import policy
from procurement.enums.choices import NoticeKind, PlanningLevel, ProcedureKind, StepKind
from procurement.enums.contracts import ContractStatus
from procurement.enums.policy import PlanKind
from procurement.models import (
    Clause,
    Contract,
    PlannedEvent,
    PlanSection,
    PlanStep,
    Procedure,
)
from regions.models import Region
from segments.models import SegmentScheme

NAME = "Herziening ambulante jeugdhulp (fictief)"
MARK = "Fictief, voor de demonstratie."
# Name, kind, notice, days to the start (None: a milestone), to the end, and days that it slipped.
STEPS = (
    ("Marktconsultatie", StepKind.PHASE, "", -120, -80, 10, True),
    ("Concept van de herziening", StepKind.PHASE, "", -70, -20, 14, True),
    ("Reactie van aanbieders", StepKind.PHASE, "", -10, 25, 14, False),
    (
        "Toets op wezenlijke wijziging", StepKind.NOTICE, NoticeKind.CHANGE, None, 35, 14, False,
    ),
    ("Besluit van de colleges", StepKind.MILESTONE, "", None, 60, 21, False),
    ("Ondertekenen", StepKind.PHASE, "", 55, 95, 21, False),
)  # fmt: skip


@transaction.atomic
def make_deciding(scheme: SegmentScheme, *, by: Any) -> bool:
    """Once; False when it was there already."""
    region = scheme.region
    if Procedure.objects.filter(region=region, name=NAME).exists():
        return False
    _procedure(scheme, by)
    _event(region, by)
    _clauses(region)
    return True


def _day(days: int) -> Any:
    return clock.today() + timedelta(days=days)


def _procedure(scheme: SegmentScheme, by: Any) -> None:
    procedure = policy.keep(
        row=Procedure(
            region=scheme.region, name=NAME, kind=ProcedureKind.REVISION, round=1,
            contracts_from=_day(120), note=MARK, source="demonstratie",
        ),
        by=by,
    )  # fmt: skip
    procedure.segments.set(scheme.segments.all()[:2])
    before: PlanStep | None = None
    for order, (name, kind, notice, start, end, slipped, done) in enumerate(STEPS, 1):
        step = PlanStep(
            procedure=procedure, name=name, kind=kind, notice=notice, order=order,
            start_on=None if start is None else _day(start), end_on=_day(end),
            first_end=_day(end - slipped), done_on=_day(end) if done else None, source=MARK,
        )  # fmt: skip
        policy.keep(row=step, by=by)
        if before is not None:
            step.after.add(before)
        before = step
    policy.take(row=procedure, move="start", by=by)


def _event(region: Region, by: Any) -> None:
    event = PlannedEvent(
        region=region, level=PlanningLevel.REGIONAL, title="Ambtelijk overleg inkoop (fictief)",
        start_on=_day(12), note=MARK, source="demonstratie",
    )  # fmt: skip
    policy.keep(row=event, by=by)


def _clauses(region: Region) -> None:
    """Every running contract agrees the measuring of goals, tied to the region's contract text."""
    text = PlanSection.objects.filter(document__region=region, document__kind=PlanKind.CONTRACT)
    section = text.filter(links_up__upper_goal__isnull=False).order_by("order").first()
    if section is None:
        return
    running = Contract.objects.filter(region=region, status__in=ContractStatus.LIVE)
    Clause.objects.bulk_create(
        Clause(
            contract=contract, title=section.title[:160], text=section.text or section.title,
            section=section, source=MARK, valid_from=contract.start_date,
        )
        for contract in running.filter(fictitious=True).exclude(clauses__section=section)
    )  # fmt: skip
