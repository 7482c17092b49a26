"""The plan that comes out of a development table: what was agreed becomes chapters.

The system writes a first text; from then on it is the people's. Writing again adds what was agreed
since, and leaves every word that is there.
"""

from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.formats import date_long
from segments.models import SegmentGoal

from ..enums.choices import IssueState
from ..enums.policy import PlanKind, PlanState
from ..models import DevelopmentTable, PlanSection, PolicyDocument, TableIssue
from ..rules.policy import check_can_edit_policy

PURPOSE = "Waarvoor deze tafel er is"
GOALS = "De doelen waaraan wij werken"
AGREED = "Wat is afgesproken"
PROMISES = "Wie wat doet"


@transaction.atomic
def draft_plan(*, table: DevelopmentTable, by: Any) -> PolicyDocument:
    """Write what the table settled and promised into its plan, which is made when there is none.

    Raises DomainError when nothing is settled yet or the plan is no draft any more; NotAllowed.
    """
    check_can_edit_policy(by, table.region)
    settled = list(table.issues.filter(state__in=IssueState.SETTLED))
    if not settled:
        raise DomainError(
            "Er is nog niets afgesproken: geen vraagstuk heeft een uitkomst. Leg eerst een "
            "consensus of een uitspraak vast.",
            code="niets-afgesproken",
        )
    plan = table.plan or _new_plan(table)
    if plan.state != PlanState.DRAFT:
        raise DomainError(
            f"‘{plan}’ is geen concept meer. Maak een nieuwe versie en kies die als uitkomst.",
            code="plan-niet-concept",
        )
    source = f"ontwikkeltafel {table.name}"[:200]
    _chapter(plan, PURPOSE, _purpose(table), source)
    if goals := _goals(table):
        _chapter(plan, GOALS, goals, source)
    agreed = _chapter(plan, AGREED, "", source)
    for issue in settled:
        if issue.section_id is None:
            _place(issue, agreed)
    _promises(plan, table, source)
    return plan


def can_draft(table: DevelopmentTable) -> bool:
    """Whether something is settled and the plan, if there is one, is still a draft."""
    settled = table.issues.filter(state__in=IssueState.SETTLED).exists()
    return settled and (table.plan is None or table.plan.state == PlanState.DRAFT)


def _new_plan(table: DevelopmentTable) -> PolicyDocument:
    plan = PolicyDocument(
        region=table.region, kind=PlanKind.TRANSFORMATION, version="0.1",
        title=f"Transformatieplan {table.name}"[:200], source=f"ontwikkeltafel {table.name}"[:200],
        summary="Wat de ontwikkeltafel heeft afgesproken.",
    )  # fmt: skip
    plan.full_clean()
    plan.save()
    table.plan = plan
    table.save(update_fields=["plan"])
    return plan


def _chapter(plan: PolicyDocument, title: str, text: str, source: str) -> PlanSection:
    """The chapter by this title; a new one gets the next number."""
    found = plan.sections.filter(title=title, depth=1).first()
    if found is not None:
        return found
    return _insert(plan, _next_number(plan, ""), title, text, source)


def _place(issue: TableIssue, chapter: PlanSection) -> None:
    """A paragraph about the issue at the end of the chapter."""
    plan = chapter.document
    how = "Consensus aan tafel" if issue.state == IssueState.AGREED else "Uitspraak opdrachtgever"
    text = "\n\n".join(filter(None, (issue.outcome, f"{how}. {issue.text}".strip())))
    number = _next_number(plan, f"{chapter.number}.")
    issue.section = _insert(plan, number, issue.title, text, chapter.source, under=chapter)
    issue.save(update_fields=["section"])


def _insert(
    plan: PolicyDocument,
    number: str,
    title: str,
    text: str,
    source: str,
    under: PlanSection | None = None,
) -> PlanSection:
    """Put a section at the end, or as the last one under another; the order follows."""
    sections = list(plan.sections.all())
    at = len(sections)
    if under is not None:
        at = sections.index(under) + 1
        while at < len(sections) and sections[at].depth > under.depth:
            at += 1
    new = PlanSection(document=plan, number=number, title=title, text=text, source=source,
                      depth=1 if under is None else under.depth + 1)  # fmt: skip
    sections.insert(at, new)
    for order, section in enumerate(sections, 1):
        section.order = order
    PlanSection.objects.bulk_update([s for s in sections if s.pk], ["order"])
    new.full_clean()
    new.save()
    return new


def _next_number(plan: PolicyDocument, before: str) -> str:
    taken = set(plan.sections.values_list("number", flat=True))
    number = 1
    while f"{before}{number}" in taken:
        number += 1
    return f"{before}{number}"


def _purpose(table: DevelopmentTable) -> str:
    members = [f"- {m}" for m in table.members.select_related("partner")]
    rules = [f"- {rule}" for rule in table.rules]
    parts = [table.purpose]
    if members:
        parts += ["## Wie er aan tafel zitten", "\n".join(members)]
    if rules:
        parts += ["## De spelregels", "\n".join(rules)]
    return "\n\n".join(filter(None, parts))


def _goals(table: DevelopmentTable) -> str:
    goals = SegmentGoal.objects.filter(segment__in=table.segments.all(), parent=None)
    return "\n".join(
        f"- {goal.segment.code} {goal.number}: {goal.text}"
        for goal in goals.select_related("segment").order_by("segment__order", "order", "pk")
    )


def _promises(plan: PolicyDocument, table: DevelopmentTable, source: str) -> None:
    """A line per promise that the chapter does not name yet."""
    promises = list(table.commitments.select_related("owner"))
    if not promises:
        return
    chapter = _chapter(plan, PROMISES, "", source)
    lines = [
        f"- {p.owner}: {p.text}, uiterlijk {date_long(p.due_on)}"
        for p in promises
        if p.text not in chapter.text
    ]
    chapter.text = "\n".join(filter(None, (chapter.text, *lines)))
    chapter.save(update_fields=["text"])
