"""Index figures, rules and rounds of indexation."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.ui.editing import FormPage, RemovePage, RowPage
from regions.models import Region
from regions.queries.access import in_staffed_region

from ..domain import indexing
from ..domain.contracts import keep_part
from ..forms.indexing import ComponentsForm, IndexFigureForm, IndexRuleForm, RunForm, given_before
from ..models import CostComponents, IndexationRule, IndexationRun, IndexFigure, Tariff
from ..queries.rounds import runs_visible_to
from ..queries.tariffs import tariffs_visible_to
from ..rules.contracts import (
    can_manage_contracts,
    check_can_read_indexation,
)
from ..states import INDEXATION
from .editing import OfContracts, OfParts
from .rounds import MoveRound, shown


def indexation_page(request: HttpRequest, region: Region) -> HttpResponse:
    """The rules, the figures, and the rounds."""
    check_can_read_indexation(request.user, region)
    mine = in_staffed_region(request.user)
    runs = runs_visible_to(request.user).filter(region=region)
    context = {
        "rules": IndexationRule.objects.filter(mine, region=region).select_related("contract"),
        "figures": IndexFigure.objects.filter(mine, region=region),
        "runs": runs.select_related("made_by"),
        "may_manage": can_manage_contracts(request.user, region),
    }
    return render(request, "procurement/indexation.html", context)


def run_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One round: what each tariff was and becomes, before anything changes."""
    check_can_read_indexation(request.user, region)
    rows = runs_visible_to(request.user)
    run = get_object_or_404(rows, pk=pk, region=region)
    context = shown(request, run, INDEXATION)
    context["amounts"] = run.amounts.select_related("contract__provider")
    if run.is_off and can_manage_contracts(request.user, region):
        context["again"] = f"{reverse('indexation-run-add', args=[region.slug])}?na={run.pk}"
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
        return {"region": self.region, "initial": given_before(self.former())}

    def former(self) -> IndexationRun | None:
        """The round that the address names to begin again, as far as the user may see it."""
        asked = self.request.GET.get("na", "")
        mine = runs_visible_to(self.request.user).filter(region=self.region)
        return mine.filter(pk=asked).first() if asked.isdecimal() else None

    def save(self, form: Any) -> IndexationRun:
        return indexing.prepare_run(region=self.region, by=self.request.user, **form.given())

    def back(self) -> str:
        made = getattr(self, "saved", None)
        return self.url("indexation-run", made.pk) if made else super().back()


class MoveRun(MoveRound):
    table = INDEXATION
    route = "indexation-run"
    starting = "De indexering wordt toegepast."
    start = staticmethod(indexing.start_applying)
    undo = staticmethod(indexing.undo_run)
    move_on = staticmethod(indexing.move)

    def rounds(self) -> QuerySet[IndexationRun]:
        return runs_visible_to(self.request.user)

    def way_back(self) -> list[tuple[str, str]]:
        return [("Indexering", self.url("indexation")), (str(self.row), self.back())]


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
