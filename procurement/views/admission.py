"""Admission in the browser: the register, an application, the open house and its requirements."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core import clock
from core.documents import serve
from regions.models import Region
from regions.queries.access import access_of

from ..domain import admission as domain
from ..domain import objections
from ..domain.admission_contract import contract_with, put_in_contract, running_contracts
from ..domain.admission_terms import objection_until
from ..enums.admission import ADMISSION, OBJECTION, AdmissionState, LetterKind
from ..forms.admission import AdmissionFilter
from ..models import Admission
from ..queries import admission as queries
from ..registers.admission import ADMISSIONS
from ..rules.contracts import can_apply, can_judge, can_manage_contracts, check_can_manage_contracts


@ADMISSIONS.page
def admission_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = AdmissionFilter(request.GET)
    rows = queries.admissions_visible_to(request.user).filter(region=region)
    if asked.is_valid():
        rows = queries.matching(rows, asked.cleaned_data["zoek"].strip())
        if asked.cleaned_data["stand"]:
            rows = rows.filter(state=asked.cleaned_data["stand"])
    context = {
        "filter": asked,
        "houses": queries.segments_with_house(region),
        "may_apply": _may_begin(request.user, region),
        "may_manage": can_manage_contracts(request.user, region),
    }
    return ADMISSIONS.answer(request, rows, "procurement/admissions.html", context)


def admission_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    admission = _admission(request, region, pk)
    user, roles = request.user, access_of(request.user).roles_in(region.pk)
    judges = can_judge(user, region)
    answers = admission.evidence.select_related("requirement", "document")
    context = {
        "admission": admission,
        "ADMISSION": ADMISSION,
        "OBJECTION": OBJECTION,
        "roles": roles,
        "rows": _rows(admission, answers, judges),
        "verdict": domain.verdict(admission) if judges else None,
        "letters": [(row, objection_until(row.sent_on)) for row in admission.letters.all()],
        "objections": [
            (row, objections.is_late(row)) for row in admission.objections.select_related("letter")
        ],
        "in_contract": contract_with(admission),
        "running": running_contracts(admission),
        "today": clock.today(),
        "in_force": admission.state in AdmissionState.IN_FORCE,
        "writable": admission.state in AdmissionState.WRITABLE
        and can_apply(user, admission.provider),
        "under_way": admission.state in AdmissionState.UNDER_WAY,
        "judges": judges,
        "assessing": judges and admission.state == AdmissionState.ASSESSING,
        "may_apply": can_apply(user, admission.provider),
        "may_manage": can_manage_contracts(user, region),
        "decisions": (LetterKind.DECISION, LetterKind.LAPSED),
    }
    return render(request, "procurement/admission.html", context)


def _rows(admission: Admission, answers: Any, judges: bool) -> list[dict[str, Any]]:
    """Every requirement with its answer; scores are only for who judges."""
    given = admission.judgements.filter(round=admission.round).select_related("assessor")
    scores: dict[int, list[Any]] = {}
    for row in given if judges else ():
        scores.setdefault(row.requirement_id, []).append(row)
    return [
        {
            "answer": row,
            "requirement": row.requirement,
            "holds": row.holds_on(clock.today()),
            "scores": scores.get(row.requirement_id, []),
        }
        for row in answers
    ]


def open_house(request: HttpRequest, region: Region) -> HttpResponse:
    """For what providers may apply now, and what they must show."""
    requirements = queries.requirements_visible_to(request.user).filter(region=region)
    context = {
        "houses": queries.open_houses_visible_to(request.user).filter(region=region),
        "requirements": requirements.order_by("-kind", "code", "pk"),
        "today": clock.today(),
        "may_manage": can_manage_contracts(request.user, region),
        "may_apply": _may_begin(request.user, region),
    }
    return render(request, "procurement/open_house.html", context)


def letter_file(request: HttpRequest, region: Region, pk: int, kind: str) -> HttpResponseBase:
    rows = queries.letters_visible_to(request.user).filter(admission__region=region)
    letter = get_object_or_404(rows, pk=pk)
    if kind not in ("pdf", "docx"):
        raise Http404
    return serve(letter.pdf if kind == "pdf" else letter.docx)


@require_POST
def to_contract(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_manage_contracts(request.user, region)
    admission = _admission(request, region, pk)
    contract = put_in_contract(admission=admission, by=request.user)
    messages.success(request, f"Het product staat in conceptcontract {contract.number}.")
    return redirect("contract", region=region.slug, pk=contract.pk)


def _admission(request: HttpRequest, region: Region, pk: int) -> Admission:
    rows = queries.admissions_visible_to(request.user).filter(region=region)
    return get_object_or_404(rows, pk=pk)


def _may_begin(user: Any, region: Region) -> bool:
    own = access_of(user).provider_organisations_in(region.pk)
    return bool(own) or can_manage_contracts(user, region)
