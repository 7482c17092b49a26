"""The line of plans, to read: lists, one plan, two versions, the line and the frameworks."""

from itertools import groupby
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.documents.serving import serve
from core.ui import panels
from regions.models import Region
from segments.models import SegmentGoal
from segments.queries.framework import segments_visible_to

from ..desk_slots import GOAL_LINE, PLAN_PAGE
from ..domain import comparing, papers
from ..domain.comparing import Chapter
from ..enums.contracts import ContractStatus
from ..enums.policy import PLAN, PlanKind
from ..forms.policy import PlanFilter
from ..models import Clause, PlanSection, PolicyDocument, PolicyFramework
from ..queries import contracts, orders
from ..queries import plans as seen
from ..queries.annexes import annexes_of
from ..queries.contracts import tied_clauses
from ..queries.line import Line, Node, clauses_of, things_of
from ..rules.policy import can_edit_policy, roles_for

# What the page of a framework counts, by `Node.kind`.
TOUCHED = {
    "section": "hoofdstuk,hoofdstukken",
    "goal": "doel,doelen",
    "choice": "keuze,keuzes",
    "clause": "bepaling in contracten,bepalingen in contracten",
}


def plan_list(request: HttpRequest, region: Region) -> HttpResponse:
    asked = PlanFilter(request.GET)
    rows = asked.narrow(seen.plans_of(region, request.user)).select_related("sub_region")
    ordered = sorted(rows, key=lambda p: PlanKind(p.kind).rank)
    groups = [
        (str(PlanKind(kind).label), list(group))
        for kind, group in groupby(ordered, key=lambda plan: plan.kind)
    ]
    context = {"filter": asked, "groups": groups, "may_edit": can_edit_policy(request.user, region)}
    return render(request, "procurement/plans.html", context)


def plan_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """A plan whole: its text, what it hangs on and what hangs on it, and who decided."""
    user = request.user
    plan = _plan(request, region, pk)
    line = Line.of(region, user)
    sections = list(plan.sections.select_related("topic"))
    tied = _by_section(tied_clauses(user, sections)) if plan.kind == PlanKind.CONTRACT else {}
    visible = seen.plans_of(region, user)
    versions = _versions(plan, visible)
    context = {
        "plan": plan,
        "table": PLAN,
        "sections": [
            (
                s,
                [n.link for n in line.above(s)],
                [n.link for n in line.below(s)],
                tied.get(s.pk, []),
            )
            for s in sections
        ],
        "tied": tied,
        "attachments": annexes_of(plan, user),
        "based_on": visible.filter(pk__in=plan.based_on.values("pk")),
        "elaborated_by": visible.filter(pk__in=plan.elaborated_by.values("pk")),
        "versions": versions,
        "comparable": _comparable(plan, versions),
        "decisions": seen.decisions_visible_to(user).filter(plan=plan),
        "proposals": seen.proposals_visible_to(user).filter(plan=plan),
        "consultations": seen.consultations_visible_to(user).filter(plan=plan),
        "meetings": seen.meetings_visible_to(user).filter(plan=plan),
        "topics": _topics(plan, user),
        "order_lines": seen.order_lines_visible_to(user).filter(plan=plan),
        "may_edit": can_edit_policy(user, region),
        "panels": panels(PLAN_PAGE, request.place, plan),  # type: ignore[attr-defined]
        "roles": roles_for(user, plan),
    }
    return render(request, "procurement/plan.html", context)


def _by_section(clauses: list[Clause]) -> dict[int, list[Clause]]:
    found: dict[int, list[Clause]] = {}
    for clause in clauses:
        if clause.section_id:
            found.setdefault(clause.section_id, []).append(clause)
    return found


def _plan(request: HttpRequest, region: Region, pk: int) -> PolicyDocument:
    plans = seen.plans_of(region, request.user)
    return get_object_or_404(plans.select_related("sub_region", "scheme", "follows"), pk=pk)


def _versions(plan: PolicyDocument, visible: Any) -> list[PolicyDocument]:
    """All versions of the plan that the user sees, the newest first."""
    first = plan
    while first.follows is not None:
        first = first.follows
    found, ids = [], set(visible.values_list("pk", flat=True))
    one: PolicyDocument | None = first
    while one is not None:
        if one.pk in ids:
            found.append(one)
        one = PolicyDocument.objects.filter(follows=one).first()
    return found[::-1]


def _comparable(plan: PolicyDocument, versions: list[PolicyDocument]) -> set[PolicyDocument]:
    """Other versions of which the text is known too: of a draft often only the name is kept."""
    written = set(
        PlanSection.objects.filter(document__in=versions).values_list("document_id", flat=True)
    )
    return {v for v in versions if v != plan and {v.pk, plan.pk} <= written}


def _topics(plan: PolicyDocument, user: Any) -> list[tuple[Any, PlanSection | None]]:
    """Of a framework: its topics. Of a local plan: the topics with the chapter that treats each."""
    topics = seen.topics_visible_to(user)
    if plan.kind == PlanKind.LOCAL:
        treated = {s.topic_id: s for s in plan.sections.all() if s.topic_id}
        rows = topics.filter(framework__in=plan.based_on.all())
        return [(topic, treated.get(topic.pk)) for topic in rows]
    return [(topic, None) for topic in topics.filter(framework=plan)]


def plan_file(request: HttpRequest, region: Region, pk: int, form: str) -> HttpResponse:
    """The text of a plan as a document."""
    plan = _plan(request, region, pk)
    return written_answer(papers.plan_text(plan, plan.sections.all()), form, "plan")


def written_answer(written: Any, form: str, name: str) -> HttpResponse:
    if form not in papers.FORMS:
        raise Http404
    content, content_type = papers.as_file(written, form)
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def compare(request: HttpRequest, region: Region, pk: int, other: int) -> HttpResponse:
    """Two plans side by side, chapter by chapter: the older left."""
    left, right = _plan(request, region, other), _plan(request, region, pk)
    context = {
        "left": left,
        "right": right,
        "comparison": comparing.compare(_chapters(left), _chapters(right)),
    }
    return render(request, "procurement/plan_compare.html", context)


def _chapters(plan: PolicyDocument) -> list[Chapter]:
    return [Chapter(s.number, s.title, s.text) for s in plan.sections.all()]


def attachment_file(request: HttpRequest, region: Region, pk: int) -> FileResponse:
    rows = seen.attachments_visible_to(request.user).filter(plan__region=region, file__isnull=False)
    attachment = get_object_or_404(rows, pk=pk)
    version = attachment.file.current if attachment.file else None
    if version is None:
        raise Http404
    return serve(version)


def regional_order(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The local plans under a framework, added up per lot."""
    framework = _plan(request, region, pk)
    if framework.kind == PlanKind.LOCAL:
        raise Http404
    found = orders.of_framework(framework, request.user)
    topics = list(seen.topics_visible_to(request.user).filter(framework=framework))
    context = {
        "framework": framework,
        "plans": found.plans,
        "order": found.order,
        "topics": [(topic, _answers(topic, found.plans)) for topic in topics],
        "priorities": [x for x in found.lines if x.priority],
    }
    return render(request, "procurement/regional_order.html", context)


def _answers(topic: Any, local: list[PolicyDocument]) -> list[tuple[PolicyDocument, Any]]:
    found = {s.document_id: s for s in topic.sections.all()}
    return [(plan, found.get(plan.pk)) for plan in local]


def line_page(request: HttpRequest, region: Region) -> HttpResponse:
    """Every goal, and how far its line reaches up and down."""
    line = Line.of(region, request.user)
    rows = [_reach(line, goal) for goal in _goals(request, region)]
    segments = [(key, list(g)) for key, g in groupby(rows, key=lambda row: row["goal"].segment)]
    context = {
        "segments": segments,
        "contract_texts": seen.plans_of(region, request.user).filter(kind=PlanKind.CONTRACT),
        "links": seen.links_visible_to(request.user).filter(region=region)[:300],
        "may_edit": can_edit_policy(request.user, region),
    }
    return render(request, "procurement/line.html", context)


def _goals(request: HttpRequest, region: Region) -> list[SegmentGoal]:
    rows = SegmentGoal.objects.filter(
        segment__in=segments_visible_to(request.user), segment__scheme__region=region, parent=None
    ).select_related("segment__scheme")
    return list(rows.order_by("-segment__scheme__valid_from", "segment__order", "segment__code",
                              "order", "number"))  # fmt: skip


def _reach(line: Line, goal: SegmentGoal) -> dict[str, Any]:
    above, below = line.above(goal), line.below(goal)
    return {
        "goal": goal,
        "above": sum(1 for node in above for _ in node.walk()),
        "clauses": len(clauses_of(below)),
        "followed": goal.indicators.exists(),
    }


def goal_line(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One goal, from the council's framework to the clause and the figure."""
    goals = seen.goals_visible_to(request.user).filter(segment__scheme__region=region)
    goal = get_object_or_404(goals, pk=pk)
    line = Line.of(region, request.user)
    below = line.below(goal)
    context = {
        "goal": goal,
        "above": line.above(goal),
        "below": below,
        "clauses": clauses_of(below),
        "contracts": _contracts_of(request, region, goal),
        "tied": tied_clauses(request.user, clauses_of(below)),
        "panels": panels(GOAL_LINE, request.place, goal),  # type: ignore[attr-defined]
    }
    return render(request, "procurement/goal_line.html", context)


def _contracts_of(request: HttpRequest, region: Region, goal: SegmentGoal) -> Any:
    rows = contracts.visible_to(request.user).filter(region=region, segments=goal.segment)
    return rows.filter(status__in=ContractStatus.LIVE).order_by("provider__sort_name")[:10]


def framework_list(request: HttpRequest, region: Region) -> HttpResponse:
    line = Line.of(region, request.user)
    rows = seen.frameworks_visible_to(request.user).filter(region=region)
    found = [(f, sum(1 for n in line.below(f) for _ in n.walk())) for f in rows]
    context = {"frameworks": found, "may_edit": can_edit_policy(request.user, region)}
    return render(request, "procurement/frameworks.html", context)


def framework_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """A framework and all that may change when it changes."""
    rows = seen.frameworks_visible_to(request.user).filter(region=region)
    framework = get_object_or_404(rows, pk=pk)
    below = Line.of(region, request.user).below(framework)
    context = {
        "framework": framework,
        "successor": PolicyFramework.objects.filter(replaces=framework).first(),
        "below": below,
        "touched": [
            (noun, len(found))
            for kind, noun in TOUCHED.items()
            if (found := things_of(below, kind))
        ],
        "may_edit": can_edit_policy(request.user, region),
    }
    return render(request, "procurement/framework.html", context)


def address_of(node: Node, region: Region) -> str:
    """The page on which a thing of the line is read."""
    thing = node.thing
    if isinstance(thing, PlanSection):
        page = reverse("plan", args=[region.slug, thing.document_id])
        return f"{page}#hoofdstuk-{thing.pk}"
    name = "goal-line" if isinstance(thing, SegmentGoal) else "framework"
    return reverse(name, args=[region.slug, thing.pk])
