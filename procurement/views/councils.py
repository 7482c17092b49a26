"""Councils: proposals, decisions, motions, questions and wishes."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from core.exports import Column, csv_lines
from core.ui import Sorting, page_of
from regions.models import Region

from ..domain import papers
from ..enums.policy import PROPOSAL, ChapterKind, PlanState
from ..forms.policy import QuestionFilter
from ..models import CouncilProposal, CouncilQuestion
from ..queries import plans as seen
from ..rules.policy import can_edit_policy, clerk_of
from .plans import written_answer


def decision_list(request: HttpRequest, region: Region) -> HttpResponse:
    """Per plan what each body said, with the proposals and motions."""
    user = request.user
    decisions = seen.decisions_visible_to(user).filter(plan__region=region)
    plans: dict[Any, list[Any]] = {}
    for decision in decisions.order_by("plan__title", "body__name").prefetch_related("motions"):
        plans.setdefault(decision.plan, []).append(decision)
    context = {
        "plans": [(plan, rows, _tally(rows)) for plan, rows in plans.items()],
        "proposals": seen.proposals_visible_to(user).filter(region=region),
        "motions": seen.motions_visible_to(user).filter(region=region),
        "asking": seen.plans_of(region, user).filter(state=PlanState.PROPOSED),
        "may_edit": can_edit_policy(user, region),
    }
    return render(request, "procurement/decisions.html", context)


def _tally(rows: list[Any]) -> str:
    said = sum(row.state in ("adopted", "amended") for row in rows)
    return f"{said} van {len(rows)} stemden in"


def proposal_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    proposal = _proposal(request, region, pk)
    chapters = list(proposal.chapters.all())
    money = [block for table in papers._money for block in table(proposal)]
    parts = [(kind, [c for c in chapters if c.kind == kind]) for kind in ChapterKind]
    context = {
        "proposal": proposal,
        "table": PROPOSAL,
        "parts": [(k, rows) for k, rows in parts if rows or (k == ChapterKind.MONEY and money)],
        "money": money,
        "MONEY": ChapterKind.MONEY,
        "outcomes": seen.decisions_visible_to(request.user).filter(proposal=proposal),
        "versions": proposal.kept.versions.all() if proposal.kept else [],
        "may_edit": can_edit_policy(request.user, region),
    }
    return render(request, "procurement/proposal.html", context)


def _proposal(request: HttpRequest, region: Region, pk: int) -> CouncilProposal:
    rows = seen.proposals_visible_to(request.user).filter(region=region)
    return get_object_or_404(rows.select_related("region__organisation", "kept"), pk=pk)


def proposal_file(request: HttpRequest, region: Region, pk: int, form: str) -> HttpResponse:
    proposal = _proposal(request, region, pk)
    return written_answer(papers.council_proposal(proposal), form, "raadsvoorstel")


def question_list(request: HttpRequest, region: Region) -> HttpResponse:
    """What councils asked and wanted, by theme; each with what was done with it."""
    mine = seen.questions_visible_to(request.user).filter(region=region)
    asked = QuestionFilter(request.GET, rows=mine)
    columns = {"thema": "theme", "gemeente": "speaker", "stand": "state"}
    rows = asked.narrow(mine).select_related("processed_in__document")
    sorting = Sorting(request, columns, "")
    ordered = rows.order_by("-asked_on", "meeting_id", "number", "pk")
    if request.GET.get("sorteer"):
        ordered = sorting.apply(rows)
    visible = set(seen.sections_visible_to(request.user).values_list("pk", flat=True))
    context = {
        "filter": asked,
        "sorting": sorting,
        "page": page_of(request, ordered),
        "visible_sections": visible,
        "may_add": can_edit_policy(request.user, region) or clerk_of(request.user, region),
    }
    return render(request, "procurement/questions.html", context)


def questions_csv(request: HttpRequest, region: Region) -> StreamingHttpResponse:
    mine = seen.questions_visible_to(request.user).filter(region=region)
    rows = QuestionFilter(request.GET, rows=mine).narrow(mine)
    columns = [
        Column("Thema"), Column("Genoemd als"), Column("Gemeente"), Column("Soort"),
        Column("Inbreng"), Column("Antwoord"), Column("Opvolging"), Column("Stand"), Column("Bron"),
    ]  # fmt: skip
    cells = (_cells(q) for q in rows.order_by("-asked_on", "number").iterator(chunk_size=500))
    answer = StreamingHttpResponse(
        csv_lines(columns, cells), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="vragen-en-wensen.csv"'
    return answer


def _cells(q: CouncilQuestion) -> tuple[Any, ...]:
    return (
        q.theme, q.speaker, str(q.municipality or ""), q.get_kind_display(), q.text, q.answer,
        q.follow_up, q.get_state_display(), q.source,
    )  # fmt: skip
