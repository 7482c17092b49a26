"""How rows of the policy are called in a pack, and found again."""

from typing import Any

from core.packs.listing import Context, Ref
from regions.models import ChainPartner
from segments.models import Segment, SegmentGoal

from ..models import PlanAttachment, PlanSection, PolicyDocument, PolicyFramework


def named(model: Any, name: str = "name") -> Any:
    """Finds a row of the region by a unique name."""

    def find(context: Context, word: str) -> Any:
        return model.objects.filter(region=context["region"], **{name: word}).first()

    return find


def find_plan(context: Context, word: str) -> PolicyDocument | None:
    """By its title, or by title and version where there are more."""
    rows = PolicyDocument.objects.filter(region=context["region"])
    by_title = list(rows.filter(title=word)[:2])
    if len(by_title) == 1:
        return by_title[0]
    return next((plan for plan in rows if str(plan) == word), None)


def plan_name(plan: PolicyDocument) -> str:
    same = PolicyDocument.objects.filter(region_id=plan.region_id, title=plan.title).count()
    return plan.title if same == 1 else str(plan)


def find_section(context: Context, word: str) -> PlanSection | None:
    """'title of the plan#number'."""
    title, _, number = word.rpartition("#")
    plan = find_plan(context, title)
    return plan.sections.filter(number=number).first() if plan else None


def section_name(section: PlanSection) -> str:
    return f"{plan_name(section.document)}#{section.number}"


def find_annex(context: Context, word: str) -> PlanAttachment | None:
    """'title of the plan#title of the annex'."""
    title, _, annex = word.rpartition("#")
    plan = find_plan(context, title)
    return plan.attachments.filter(title=annex).first() if plan else None


def annex_name(annex: PlanAttachment) -> str:
    return f"{plan_name(annex.plan)}#{annex.title}"


def find_goal(context: Context, word: str) -> SegmentGoal | None:
    """'scheme/segment/number'."""
    scheme, segment, number = (*word.split("/"), "", "")[:3]
    return SegmentGoal.objects.filter(
        segment__scheme__region=context["region"],
        segment__scheme__code=scheme,
        segment__code=segment,
        number=number,
    ).first()


def goal_name(goal: SegmentGoal) -> str:
    return f"{goal.segment.scheme.code}/{goal.segment.code}/{goal.number}"


def find_framework(context: Context, word: str) -> PolicyFramework | None:
    rows = PolicyFramework.objects.filter(region=context["region"])
    return next((row for row in rows if word in (str(row), row.title)), None)


def find_segment(context: Context, word: str) -> Segment | None:
    """'scheme/segment'."""
    scheme, _, code = word.partition("/")
    return Segment.objects.filter(
        scheme__region=context["region"], scheme__code=scheme, code=code
    ).first()


def segment_name(segment: Segment) -> str:
    return f"{segment.scheme.code}/{segment.code}"


PARTNER = named(ChainPartner)


def section_of(word: str, attr: str) -> Ref:
    return Ref(word, attr, find=find_section, name=section_name)
