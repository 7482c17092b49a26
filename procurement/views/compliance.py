"""Check-lists in the browser."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify

from core import clock
from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage, RowPage
from regions.models import Region
from regions.queries.access import access_of

from ..domain import compliance as domain
from ..domain.compliance_paper import check_document
from ..domain.papers import FORMS, as_file
from ..enums.compliance import COMPLIANCE_CHECK, CheckState, StandardSubject, Verdict
from ..forms import compliance as forms
from ..models import ComplianceAnswer, ComplianceCheck
from ..queries import compliance as queries
from ..queries.compliance_probes import seen_for
from ..registers.compliance import COMPLIANCE
from ..rules.contracts import can_check_compliance, check_can_check_compliance


@COMPLIANCE.page
def check_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = forms.CheckFilter(request.GET)
    rows = queries.checks_visible_to(request.user).filter(standard__region=region)
    if asked.is_valid():
        rows = queries.matching(rows, asked.cleaned_data["zoek"].strip())
        if asked.cleaned_data["stand"]:
            rows = rows.filter(state=asked.cleaned_data["stand"])
    may = can_check_compliance(request.user, region)
    kinds = [
        (kind, f"{'Contract' if kind == StandardSubject.CONTRACT else 'Plan'} toetsen")
        for kind in StandardSubject
        if may and queries.standards_for(region, kind).exists()
    ]
    context = {"filter": asked, "kinds": kinds}
    return COMPLIANCE.answer(request, rows, "procurement/compliance_list.html", context)


def check_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check = _check(request, region, pk)
    answers = list(check.answers.select_related("judged_by", "owner"))
    may = can_check_compliance(request.user, region)
    context = {
        "check": check,
        "COMPLIANCE_CHECK": COMPLIANCE_CHECK,
        "roles": access_of(request.user).roles_in(region.pk),
        "standing": queries.standing_of(check),
        "rows": [(one, _seen(check, one), _may_judge(may, check, one)) for one in answers],
        "may_judge": any(_may_judge(may, check, one) for one in answers),
        "NOT_MET": Verdict.NOT_MET,
        "today": clock.today(),
    }
    return render(request, "procurement/compliance_check.html", context)


def _seen(check: ComplianceCheck, answer: ComplianceAnswer) -> Any:
    return seen_for(check.contract, answer.probe) if check.contract else None


def _may_judge(may: bool, check: ComplianceCheck, answer: ComplianceAnswer) -> bool:
    lacks = check.state == CheckState.SETTLED and answer.verdict == Verdict.NOT_MET
    return may and (check.state == CheckState.OPEN or lacks)


def _check(request: HttpRequest, region: Region, pk: int) -> ComplianceCheck:
    rows = queries.checks_visible_to(request.user).filter(standard__region=region)
    return get_object_or_404(rows, pk=pk)


def check_paper(request: HttpRequest, region: Region, pk: int, kind: str) -> HttpResponse:
    check = _check(request, region, pk)
    if kind not in FORMS:
        raise Http404
    content, content_type = as_file(check_document(check), kind)
    answer = HttpResponse(content, content_type=content_type)
    name = f"toets-{slugify(str(check))[:80]}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


class Base:
    request: Any
    region: Any
    kwargs: dict[str, Any]
    row: Any = None
    saved: Any = None

    def check(self) -> None:
        check_can_check_compliance(self.request.user, self.region)

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.region.slug, *args])

    def checks(self) -> QuerySet[ComplianceCheck]:
        rows = queries.checks_visible_to(self.request.user)
        return rows.filter(standard__region=self.region)

    @property
    def of(self) -> ComplianceCheck | None:
        found = self.saved or self.row
        if isinstance(found, ComplianceAnswer):
            return found.check_list
        return found if isinstance(found, ComplianceCheck) else None

    def back(self) -> str:
        of = self.of
        return self.url("compliance-check", of.pk) if of else self.url("compliance")

    def way_back(self) -> list[tuple[str, str]]:
        here = [(str(self.of), self.back())] if self.of else []
        return [("Nalevingstoetsen", self.url("compliance")), *here]


class BeginCheck(Base, FormPage):
    form_class = forms.BeginForm
    submit = "Toets beginnen"
    done = "De toets is begonnen. Beoordeel nu elk punt."

    def prepare(self) -> None:
        if self.kwargs["kind"] not in StandardSubject.values:
            raise Http404

    def title(self) -> str:
        return f"{StandardSubject(self.kwargs['kind']).label.capitalize()} toetsen aan een norm"

    def form_arguments(self) -> dict[str, Any]:
        return {
            "user": self.request.user,
            "region": self.region,
            "kind": StandardSubject(self.kwargs["kind"]),
            "chosen": self.request.GET.get("onderwerp", ""),
        }

    def save(self, form: Any) -> ComplianceCheck:
        return domain.begin_check(by=self.request.user, **form.cleaned_data)


class JudgePoint(Base, RowPage):
    noun = "oordeel"
    form_class = forms.JudgeForm

    def rows(self) -> QuerySet[ComplianceAnswer]:
        return ComplianceAnswer.objects.filter(check_list__in=self.checks().values("pk"))

    def title(self) -> str:
        return f"Punt {self.row.article or self.row.number} beoordelen"

    def extra(self) -> dict[str, Any]:
        seen = _seen(self.row.check_list, self.row)
        note = f"Wat de site ziet: {seen.text}" if seen else ""
        return {"intro": self.row.text, "note": note}

    def save(self, form: Any) -> ComplianceAnswer:
        fresh = self.rows().get(pk=self.row.pk)
        return domain.judge(answer=fresh, judgement=form.given(), by=self.request.user)


class MoveCheck(Base, MovePage):
    table = COMPLIANCE_CHECK

    def prepare(self) -> None:
        self.row = get_object_or_404(self.checks(), pk=self.kwargs["pk"])

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)

    def verb(self, move: Move, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return domain.move_check(check=self.row, move=move.name, by=self.request.user,
                                 reason=reason)  # fmt: skip
