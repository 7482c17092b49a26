"""Pages of measures: what would change the cost."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.ui.editing import RemovePage, RowPage
from regions.models import Region

from ..domain.keeping_measures import keep_measure, remove_measure
from ..forms_measures import MeasureForm
from ..models import Measure
from ..queries.visible import measures_visible_to, scenarios_visible_to
from ..registers import MEASURES
from ..rules import can_manage_measures, check_can_manage_measures, check_can_see_finance


@MEASURES.page
def measures(request: HttpRequest, region: Region) -> Any:
    check_can_see_finance(request.user, region)
    rows = measures_visible_to(request.user).filter(region=region)
    context = {"may_manage": can_manage_measures(request.user, region)}
    return MEASURES.answer(request, rows, "finance/measures.html", context)


def measure(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_see_finance(request.user, region)
    row = get_object_or_404(measures_visible_to(request.user).filter(region=region), pk=pk)
    scenarios = scenarios_visible_to(request.user).filter(region=region, chosen__measure=row)
    context = {
        "row": row,
        "scenarios": scenarios,
        "may_manage": can_manage_measures(request.user, region),
    }
    return render(request, "finance/measure.html", context)


class OfMeasures:
    request: Any
    region: Region
    noun = "maatregel"

    def rows(self) -> Any:
        return measures_visible_to(self.request.user).filter(region=self.region)

    def check(self) -> None:
        check_can_manage_measures(self.request.user, self.region)

    def back(self) -> str:
        return reverse("finance-measures", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Maatregelen", self.back())]


class KeepMeasure(OfMeasures, RowPage):
    form_class = MeasureForm
    done = "De maatregel is bewaard. Wat al is doorgerekend, verandert niet."

    def new_row(self) -> Measure:
        return Measure(region=self.region)

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "region": self.region}

    def save(self, form: Any) -> Measure:
        return keep_measure(measure=form.instance, by=self.request.user)


class RemoveMeasure(OfMeasures, RemovePage):
    done = "De maatregel is verwijderd."

    def remove(self) -> None:
        remove_measure(measure=self.row, by=self.request.user)
