"""The calendar of a half-year's accountability."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.errors import NotAllowed
from core.ui.editing import FormPage, RemovePage, RowPage
from regions.models import Region
from regions.queries.access import access_of

from .. import forms
from ..domain.calendar import keep_milestone, plan_cycle, remove_milestone
from ..models import Milestone, ReportingCycle
from ..queries.calendar import editions_of, moments_of
from ..queries.visible import cycles_visible_to
from ..rules import can_plan, check_can_plan


def cycles(request: HttpRequest, region: Region) -> HttpResponse:
    """Every half-year's calendar: what is done, what is due, what slipped."""
    if access_of(request.user).is_only_provider_in(region.pk):
        raise NotAllowed("De planning van de rapportages is voor gemeenten en de regio.")
    rows = cycles_visible_to(request.user).filter(region=region)
    context = {
        "cycles": [
            {"cycle": cycle, "moments": moments_of(cycle), "editions": editions_of(cycle)}
            for cycle in rows
        ],
        "may_plan": can_plan(request.user, region),
    }
    return render(request, "reports/cycles.html", context)


class PlanCycle(FormPage):
    """Begin the calendar of a half-year with the usual days."""

    form_class = forms.CycleForm
    submit = "Planning maken"
    done = "De planning staat er, met de gebruikelijke dagen. Pas ze aan waar nodig."

    def check(self) -> None:
        check_can_plan(self.request.user, self.region)

    def title(self) -> str:
        return "Een halfjaar plannen"

    def back(self) -> str:
        return reverse("cycles", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Planning rapportages", self.back())]

    def save(self, form: Any) -> Any:
        half = form.cleaned_data["half_year"]
        return plan_cycle(region=self.region, half_year=half, by=self.request.user)


class OfCalendar:
    request: Any
    kwargs: dict[str, Any]
    region: Any
    noun = "moment"

    def check(self) -> None:
        check_can_plan(self.request.user, self.region)

    def rows(self) -> Any:
        visible = cycles_visible_to(self.request.user).filter(region=self.region)
        return Milestone.objects.filter(cycle__in=visible)

    def back(self) -> str:
        return reverse("cycles", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Planning rapportages", self.back())]


class KeepMilestone(OfCalendar, RowPage):
    form_class = forms.MilestoneForm

    @property
    def cycle(self) -> ReportingCycle:
        visible = cycles_visible_to(self.request.user).filter(region=self.region)
        return get_object_or_404(visible, pk=self.kwargs["cycle"])

    def new_row(self) -> Milestone:
        return Milestone(cycle=self.cycle)

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "region": self.region}

    def save(self, form: Any) -> Milestone:
        return keep_milestone(milestone=form.instance, by=self.request.user)


class RemoveMilestone(OfCalendar, RemovePage):
    def remove(self) -> None:
        remove_milestone(milestone=self.row, by=self.request.user)
