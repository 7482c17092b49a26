"""Cases to read: the list, one case, the signals that wait, and how it goes all together."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from core.documents import serve
from core.errors import NotAllowed
from core.ui import Sorting, page_of
from core.writing import DOCX, PDF, to_docx, to_pdf
from procurement.queries.voting import ballots_visible_to
from regions.models import Region

from ..domain.cases import moving
from ..domain.cases.papers import case_document, case_zip, plan_document
from ..domain.cases.plans import draft_of
from ..domain.patterns.signalling import record_obliged_again
from ..enums.cases import ACTION, CaseState
from ..forms.cases import CaseFilter
from ..models import ActionProgress, Case, CaseProcess, ImprovementPlan, Letter
from ..queries import cases as queries
from ..queries.case_figures import followed
from ..queries.case_overview import overview
from ..queries.timeline import days_of, timeline
from ..rules.cases import (
    can_manage_cases,
    can_observe,
    can_report,
    can_signal,
    check_can_follow_cases,
    is_its_provider,
    roles_for,
    sees_inside,
)
from .case_base import case_in

# The way of a case as everybody sees it above its page; other outcomes stand beside it.
WAY = (
    CaseState.SIGNALLED, CaseState.IN_DIALOGUE, CaseState.PLAN_ASKED, CaseState.PLAN_SUBMITTED,
    CaseState.MONITORING, CaseState.ASSESSING, CaseState.CLOSED,
)  # fmt: skip


def case_tabs(request: HttpRequest, region: Region, current: str) -> list[tuple[str, str, bool]]:
    """The parts of the subject that this user may see."""
    pages = [("Zaken", "cases")]
    if sees_inside(request.user, region.pk):
        pages += [("Signalen", "case-signals"), ("Overzicht", "case-overview")]
        pages += [("Procesafspraken", "case-process")]
    return [(text, reverse(name, args=[region.slug]), name == current) for text, name in pages]


def case_list(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_follow_cases(request.user, region)
    asked = CaseFilter(request.GET or {"stap": "open"})
    rows = queries.cases_visible_to(request.user).filter(region=region)
    if asked.is_valid():
        rows = _narrowed(rows, asked.cleaned_data)
    columns = {"zaak": "number", "aanbieder": "provider__sort_name", "stap": "moved_on"}
    sorting = Sorting(request, columns, "-zaak")
    shown = _lines(sorting.apply(rows))
    if asked.is_valid() and asked.cleaned_data["te_laat"]:
        shown = [line for line in shown if line["overdue"]]
    context = {
        "filter": asked,
        "sorting": sorting,
        "page": page_of(request, shown),
        "tabs": case_tabs(request, region, "cases"),
        "may_manage": can_manage_cases(request.user, region),
        "may_signal": can_signal(request.user, region),
    }
    return render(request, "monitoring/cases.html", context)


def _narrowed(rows: Any, asked: dict[str, Any]) -> Any:
    if words := asked["zoek"].strip():
        rows = rows.filter(title__unaccent__icontains=words) | rows.filter(
            provider__name__unaccent__icontains=words
        )
    if asked["stap"] == "open":
        rows = rows.exclude(state=CaseState.CLOSED)
    elif asked["stap"]:
        rows = rows.filter(state=asked["stap"])
    return rows.filter(theme=asked["thema"]) if asked["thema"] else rows


def _lines(cases: Iterable[Case]) -> list[dict[str, Any]]:
    found = list(cases)
    movers = queries.who_moves_in(found)
    return [
        {
            "case": case,
            "who": movers[case.pk],
            "due": queries.due_of(case),
            "overdue": queries.is_overdue(case),
        }
        for case in found
    ]


def case_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    case = case_in(request, region, pk)
    inside = sees_inside(request.user, region.pk)
    roles = roles_for(request.user, case)
    manages = can_manage_cases(request.user, region)
    ways = moving.ways_of(case, request.user)
    context = {
        **_lines([case])[0],
        "ways": [way for way in ways if not way.hindrance],
        "way_on": ways[0] if ways else None,
        "hindered": [way for way in ways if way.hindrance],
        "way": [(state.label, state == case.state) for state in WAY],
        "off_way": case.state not in WAY,
        "inside": inside,
        "may_manage": manages,
        "may_change": manages and case.is_open,
        "may_report": can_report(request.user, case) and case.is_open,
        "may_observe": can_observe(request.user, case) and case.is_open,
        "is_provider": is_its_provider(request.user, case),
        "draft": draft_of(case) if case.state == CaseState.PLAN_ASKED else None,
        "plans": _plans(case, request.user, manages),
        "actions": _actions(case, roles),
        "conversations": case.conversations.prefetch_related("actions"),
        "measures": case.measures.all(),
        "observations": case.observations.select_related("municipality") if inside else (),
        "signals": case.signals.select_related("municipality") if inside else (),
        "letters": queries.letters_for(request.user, case),
        "followed": followed(case),
        "next_meeting": queries.next_meeting(case),
        "plan_obliged": inside and queries.obliges_plan(case),
        "clients": queries.clients_of(case.provider) if inside else None,
        "days": days_of(timeline(case, inside=inside)),
        "phase_out": getattr(case, "phase_out", None),
        "ballots": queries.votes_on(case, ballots_visible_to(request.user)),
    }
    return render(request, "monitoring/case.html", context)


def _plans(case: Case, user: Any, manages: bool) -> list[ImprovementPlan]:
    """A draft is for its writer only; what was handed in is for all."""
    rows = case.plans.prefetch_related("items").order_by("-version")
    return [p for p in rows if not p.is_draft or is_its_provider(user, case)]


def _actions(case: Case, roles: frozenset[str]) -> list[dict[str, Any]]:
    rows = case.actions.prefetch_related("progress__made_by", "progress__proof")
    return [
        {
            "action": action,
            "moves": ACTION.moves_from(action.state, roles) if case.is_open else [],
            "judging": case.state == CaseState.ASSESSING and action.state != "waived",
        }
        for action in rows
    ]


def case_paper(request: HttpRequest, region: Region, pk: int, kind: str) -> HttpResponse:
    """The whole case as one file: pdf, docx or zip."""
    case = case_in(request, region, pk)
    inside = sees_inside(request.user, region.pk)
    name = f"zaak-{case.number}-{slugify(case.provider.name)}"
    if kind == "zip":
        return _file(case_zip(case, inside=inside), f"{name}.zip", "application/zip")
    return _written(case_document(case, inside=inside), name, kind)


def plan_paper(request: HttpRequest, region: Region, pk: int, kind: str) -> HttpResponse:
    visible = queries.cases_visible_to(request.user).filter(region=region)
    plan = get_object_or_404(ImprovementPlan.objects.filter(case__in=visible), pk=pk)
    if plan.is_draft and not is_its_provider(request.user, plan.case):
        raise Http404
    name = f"verbeterplan-{plan.case.number}-versie-{plan.version}"
    return _written(plan_document(plan), name, kind)


def _written(written: Any, name: str, kind: str) -> HttpResponse:
    if kind == "docx":
        return _file(to_docx(written), f"{name}.docx", DOCX)
    if kind == "pdf":
        return _file(to_pdf(written), f"{name}.pdf", PDF)
    raise Http404


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def letter_file(request: HttpRequest, region: Region, pk: int, kind: str) -> Any:
    """A letter as it was sent."""
    letter = get_object_or_404(Letter.objects.filter(case__region=region), pk=pk)
    case = case_in(request, region, letter.case_id)
    letter = get_object_or_404(queries.letters_for(request.user, case), pk=pk)
    return serve(letter.docx if kind == "docx" else letter.pdf)


def proof_file(request: HttpRequest, region: Region, pk: int) -> Any:
    visible = queries.cases_visible_to(request.user).filter(region=region)
    rows = ActionProgress.objects.filter(action__case__in=visible, proof__isnull=False)
    entry = get_object_or_404(rows.select_related("proof"), pk=pk)
    if entry.proof is None:
        raise Http404
    return serve(entry.proof)


def signal_page(request: HttpRequest, region: Region) -> HttpResponse:
    check_sees_inside(request, region)
    rows = queries.signals_visible_to(request.user).filter(region=region)
    waiting = rows.filter(case__isnull=True, set_aside_on__isnull=True)
    context = {
        "tabs": case_tabs(request, region, "case-signals"),
        "bundles": queries.bundles(waiting),
        "handled": rows.exclude(pk__in=waiting.values("pk"))[:50],
        "may_manage": can_manage_cases(request.user, region),
        "may_signal": can_signal(request.user, region),
    }
    return render(request, "monitoring/case_signals.html", context)


def check_sees_inside(request: HttpRequest, region: Region) -> None:
    check_can_follow_cases(request.user, region)
    if not sees_inside(request.user, region.pk):
        raise NotAllowed("Dit onderdeel is voor de regio, de toegang en bestuurders.")


@require_POST
def obligations(request: HttpRequest, region: Region) -> HttpResponse:
    """Look for negative developments on outcome indicators in the newest figures."""
    made = record_obliged_again(region=region, by=request.user)
    if made:
        messages.success(request, f"{made} nieuwe signalen uit de uitkomstcijfers.")
    else:
        messages.info(request, "De uitkomstcijfers geven geen nieuwe signalen.")
    return redirect("case-signals", region=region.slug)


def overview_page(request: HttpRequest, region: Region) -> HttpResponse:
    check_sees_inside(request, region)
    rows = queries.cases_visible_to(request.user).filter(region=region)
    context = {
        "tabs": case_tabs(request, region, "case-overview"),
        "overview": overview(region, rows),
        "followed": [
            (case, line)
            for case in rows.filter(indicators__isnull=False).distinct()
            for line in followed(case)
        ],
        "actions": queries.overdue_actions(region)[:50],
        "measures": queries.running_measures(region),
    }
    return render(request, "monitoring/case_overview.html", context)


def process_page(request: HttpRequest, region: Region) -> HttpResponse:
    check_sees_inside(request, region)
    context = {
        "tabs": case_tabs(request, region, "case-process"),
        "now": CaseProcess.objects.filter(region=region).first() or CaseProcess(region=region),
        "versions": CaseProcess.objects.filter(region=region).select_related("made_by"),
        "may_manage": can_manage_cases(request.user, region),
    }
    return render(request, "monitoring/case_process.html", context)
