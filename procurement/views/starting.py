"""The page that leads an office through its set-up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.intake.registry import forms_for
from regions.intake_forms import may_deliver_setup
from regions.models import Region

from ..queries.starting import stages_of
from ..rules.contracts import check_can_start


def start(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_start(request.user, region)
    codes = {form.code for form in forms_for(request.user, region.pk)}
    stages = stages_of(region)
    context = {
        "stages": stages,
        "forms": codes if may_deliver_setup(request.user, region.pk) else set(),
        "next": next((stage for stage in stages if not stage.count), None),
        "done": sum(1 for stage in stages if stage.done),
    }
    return render(request, "procurement/start.html", context)
