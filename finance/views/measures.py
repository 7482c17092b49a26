"""Pages of measures: what would change the cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.ui.editing import RemovePage, RowPage
from regions.models import Region
from regions.queries.access import access_of

from ..domain.keeping_measures import keep_measure, remove_measure
from ..forms.measures import MeasureForm
from ..models import Measure, ProjectionRun
from ..queries.kinds_of_care import names_of_care
from ..queries.measure_inputs import measure_input
from ..queries.measure_volumes import Volumes, YearOfVolume, followed
from ..queries.movements import view_of
from ..queries.visible import measures_visible_to, scenarios_visible_to
from ..registers import MEASURES
from ..rules import can_manage_measures, check_can_manage_measures, check_can_see_finance


@MEASURES.page
def measures(request: HttpRequest, region: Region) -> Any:
    check_can_see_finance(request.user, region)
    rows = measures_visible_to(request.user).filter(region=region)
    context = {"may_manage": can_manage_measures(request.user, region)}
    names = names_of_care(region)

    def named(shown: Sequence[Any]) -> None:
        for row in shown:
            row.names = names

    return MEASURES.answer(request, rows, "finance/measures.html", context, named)


def measure(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_see_finance(request.user, region)
    row = get_object_or_404(measures_visible_to(request.user).filter(region=region), pk=pk)
    row.names = names_of_care(region)
    scenarios = scenarios_visible_to(request.user).filter(region=region, chosen__measure=row)
    context = {
        "row": row,
        "scenarios": scenarios,
        "followed": _followed(request, row),
        "may_manage": can_manage_measures(request.user, region),
    }
    return render(request, "finance/measure.html", context)


def _followed(request: HttpRequest, row: Measure) -> list[YearOfVolume]:
    """Counts may be small: only for who works at the region."""
    if not access_of(request.user).is_staff_of(row.region_id):
        return []
    run = ProjectionRun.objects.filter(region=row.region_id, finished_at__isnull=False)
    newest = run.select_related("scheme").defer("inputs", "result").first()
    volumes = Volumes.of(view_of(newest)) if newest and row.has_volume else None
    return followed(row, measure_input(row, row, volumes))


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
        steps = form.cleaned_data["steps"]
        return keep_measure(measure=form.instance, by=self.request.user, steps=steps)


class RemoveMeasure(OfMeasures, RemovePage):
    done = "De maatregel is verwijderd."

    def remove(self) -> None:
        remove_measure(measure=self.row, by=self.request.user)
