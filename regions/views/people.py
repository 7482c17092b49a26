"""Who works in the region, and as what."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.ui.editing import FormPage

from ..domain import inviting, roles
from ..enums import Role
from ..forms import InviteForm, PeopleFilter
from ..models import Region
from ..queries.people import people_in, roles_visible_to
from ..registers import PEOPLE
from ..registry import provider_organisations
from ..rules import check_can_manage_region


@PEOPLE.page
def people(request: HttpRequest, region: Region) -> HttpResponseBase:
    check_can_manage_region(request.user, region)
    asked = PeopleFilter(request.GET)
    words, role = (asked.data.get(key, "") for key in ("zoek", "rol"))
    found = people_in(region, words.strip(), role if role in Role.values else "")
    return PEOPLE.answer(request, found, "regions/people.html", {"filter": asked})


class Invite(FormPage):
    form_class = InviteForm
    submit = "Rol geven"

    def check(self) -> None:
        check_can_manage_region(self.request.user, self.region)

    def title(self) -> str:
        return "Rol geven"

    def extra(self) -> dict[str, Any]:
        return {
            "intro": "Wie nog geen account heeft, krijgt er een, en een e-mail met een link om "
            "zelf een wachtwoord te kiezen."
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region, "providers": provider_organisations(self.region)}

    def save(self, form: Any) -> Any:
        return roles.invite(**form.cleaned_data, region=self.region, by=self.request.user)

    def back(self) -> str:
        return reverse("people", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Gebruikers en rollen", self.back())]


@require_POST
def revoke(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    assignment = get_object_or_404(roles_visible_to(request.user), pk=pk, region=region)
    roles.revoke(assignment=assignment, by=request.user)
    messages.success(request, f"{assignment.user} is geen {assignment.get_role_display()} meer.")
    return redirect("people", region=region.slug)


@require_POST
def send_again(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    assignment = get_object_or_404(roles_visible_to(request.user), pk=pk, region=region)
    inviting.send_again(assignment=assignment, by=request.user)
    messages.success(request, f"De uitnodiging is opnieuw gestuurd naar {assignment.user.email}.")
    return redirect("people", region=region.slug)
