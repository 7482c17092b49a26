"""Index figures, rules and rounds of indexation."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.states import Move
from core.states.pages import MovePage
from core.ui import page_of
from core.ui.editing import FormPage, RemovePage, RowPage
from regions.models import Region
from regions.queries.access import access_of, in_staffed_region

from ..domain import indexing
from ..domain.contracts import keep_part
from ..forms.indexing import ComponentsForm, IndexFigureForm, IndexRuleForm, RunForm
from ..models import CostComponents, IndexationRule, IndexationRun, IndexFigure, Tariff
from ..queries.contracts import readable_region_ids
from ..queries.tariffs import tariffs_visible_to
from ..rules.contracts import (
    can_manage_contracts,
    check_can_manage_contracts,
    check_can_read_indexation,
)
from ..states import INDEXATION
from .editing import OfContracts, OfParts


def runs_visible_to(user: Any) -> QuerySet[IndexationRun]:
    return IndexationRun.objects.filter(region__in=readable_region_ids(user))


def indexation_page(request: HttpRequest, region: Region) -> HttpResponse:
    """The rules, the figures, and the rounds."""
    check_can_read_indexation(request.user, region)
    mine = in_staffed_region(request.user)
    context = {
        "rules": IndexationRule.objects.filter(mine, region=region).select_related("contract"),
        "figures": IndexFigure.objects.filter(mine, region=region),
        "runs": runs_visible_to(request.user).filter(region=region).select_related("made_by"),
        "may_manage": can_manage_contracts(request.user, region),
    }
    return render(request, "procurement/indexation.html", context)


def run_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One round: what each tariff was and becomes, before anything changes."""
    check_can_read_indexation(request.user, region)
    run = get_object_or_404(runs_visible_to(request.user), pk=pk, region=region)
    lines = run.lines.select_related("contract__provider")
    context = {
        "run": run,
        "page": page_of(request, lines),
        "count": lines.filter(skipped="").count(),
        "skipped": lines.exclude(skipped="").count(),
        "table": INDEXATION,
        "roles": access_of(request.user).roles_in(region.pk),
    }
    return render(request, "procurement/indexation_run.html", context)


class OfIndexation(OfContracts):
    def back(self) -> str:
        return self.url("indexation")

    def way_back(self) -> list[tuple[str, str]]:
        return [("Indexering", self.back())]


class KeepIndexFigure(OfIndexation, OfParts, RowPage):
    noun = "indexcijfer"
    form_class = IndexFigureForm

    def rows(self) -> QuerySet[IndexFigure]:
        return IndexFigure.objects.filter(region=self.region)

    def new_row(self) -> IndexFigure:
        return IndexFigure(region=self.region)


class RemoveIndexFigure(OfIndexation, OfParts, RemovePage):
    noun = "indexcijfer"

    def rows(self) -> QuerySet[IndexFigure]:
        return IndexFigure.objects.filter(region=self.region)


class KeepIndexRule(OfIndexation, OfParts, RowPage):
    noun = "indexeringsregel"
    form_class = IndexRuleForm

    def rows(self) -> QuerySet[IndexationRule]:
        return IndexationRule.objects.filter(region=self.region)

    def new_row(self) -> IndexationRule:
        return IndexationRule(region=self.region)


class PrepareRun(OfIndexation, FormPage):
    form_class = RunForm
    submit = "Doorrekenen"
    done = "De indexering is doorgerekend; er is nog niets veranderd."

    def title(self) -> str:
        return "Indexering doorrekenen"

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region}

    def save(self, form: Any) -> IndexationRun:
        return indexing.prepare_run(region=self.region, by=self.request.user, **form.given())

    def back(self) -> str:
        made = getattr(self, "saved", None)
        return self.url("indexation-run", made.pk) if made else super().back()


class MoveRun(OfIndexation, MovePage):
    """Applies a round in a job, and undoes, confirms or drops it at once."""

    table = INDEXATION

    def check(self) -> None:
        check_can_manage_contracts(self.request.user, self.region)

    def prepare(self) -> None:
        rows = IndexationRun.objects.filter(region=self.region)
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)

    def verb(self, move: Move, form: Any) -> Any:
        by, reason = self.request.user, form.cleaned_data["reason"]
        if move.name == "apply":
            return indexing.start_applying(run=self.row, by=by)
        if move.name == "undo":
            return indexing.undo_run(run=self.row, by=by, reason=reason)
        return indexing.move(run=self.row, name=move.name, by=by, reason=reason)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, **kwargs)
        if self.kwargs["move"] == "apply" and answer.status_code == 302:
            messages.info(request, "De indexering wordt toegepast. Ververs de pagina zo.")
            return redirect(self.back())
        return answer

    def back(self) -> str:
        return self.url("indexation-run", self.row.pk)


class KeepComponents(OfContracts, RowPage):
    """What a tariff is made of: one row per tariff."""

    noun = "opbouw van tarief"
    form_class = ComponentsForm

    def prepare(self) -> None:
        seen = tariffs_visible_to(self.request.user).filter(region=self.region)
        self.tariff: Tariff = get_object_or_404(seen, pk=self.kwargs["pk"])
        self.row = CostComponents.objects.filter(tariff=self.tariff).first()

    def new_row(self) -> CostComponents:
        return CostComponents(tariff=self.tariff)

    def save(self, form: Any) -> Any:
        return keep_part(part=form.instance, by=self.request.user)

    def back(self) -> str:
        return self.url("tariff", self.tariff.pk)

    def way_back(self) -> list[tuple[str, str]]:
        return [("Tarieven", self.url("tariffs")), (self.tariff.product_code, self.back())]
