"""A region's settings, its municipalities and groups."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core import clock
from core.ui.editing import FormPage, RemovePage, RowPage

from ..domain import setup
from ..forms import GroupForm, MembershipForm, NewMembershipForm, RegionForm
from ..models import MunicipalityGroup, Region, RegionMembership
from ..queries.membership import memberships_of
from ..rules import can_manage_region, check_can_create_region, check_can_manage_region


class CreateRegion(FormPage):
    form_class = RegionForm
    submit = "Regio aanmaken"
    done = "De regio is aangemaakt. Op deze pagina ziet u wat er nog nodig is."

    def check(self) -> None:
        check_can_create_region(self.request.user)

    def title(self) -> str:
        return "Regio aanmaken"

    def way_back(self) -> list[tuple[str, str]]:
        return [("Regio’s", reverse("regions"))]

    def save(self, form: Any) -> Region:
        return setup.create_region(
            region=form.instance,
            organisation_name=form.cleaned_data["organisation_name"],
            by=self.request.user,
        )

    def back(self) -> str:
        made = getattr(self, "saved", None)
        return reverse("home", args=[made.slug]) if made else reverse("regions")


class RegionSettings(FormPage):
    form_class = RegionForm
    done = "De instellingen zijn opgeslagen."
    template = "regions/settings.html"

    def check(self) -> None:
        check_can_manage_region(self.request.user, self.region)

    def title(self) -> str:
        return "Instellingen"

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": Region.objects.get(pk=self.region.pk)}

    def save(self, form: Any) -> Region:
        return setup.change_settings(
            region=form.instance,
            organisation_name=form.cleaned_data["organisation_name"],
            by=self.request.user,
        )

    def back(self) -> str:
        return reverse("region-settings", args=[self.region.slug])


def municipalities(request: HttpRequest, region: Region) -> HttpResponse:
    today = clock.today()
    rows = list(memberships_of(region))
    context = {
        "members": [m for m in rows if m.valid_to is None or m.valid_to > today],
        "former": [m for m in rows if m.valid_to is not None and m.valid_to <= today],
        "groups": region.groups.prefetch_related("municipalities"),
        "sub_regions": region.sub_regions.prefetch_related("municipalities"),
        "may_manage": can_manage_region(request.user, region),
    }
    return render(request, "regions/municipalities.html", context)


class OfRegion:
    """What the pages about municipalities and groups share."""

    request: Any
    region: Region

    def check(self) -> None:
        check_can_manage_region(self.request.user, self.region)

    def back(self) -> str:
        return reverse("municipalities", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Gemeenten", self.back())]


class AddMembership(OfRegion, RowPage):
    noun = "gemeente"
    form_class = NewMembershipForm

    def new_row(self) -> RegionMembership:
        return RegionMembership(region=self.region)

    def save(self, form: Any) -> RegionMembership:
        form.instance.municipality = setup.add_municipality(
            gm_code=form.cleaned_data["gm_code"],
            name=form.cleaned_data["name"],
            by=self.request.user,
            region=self.region,
        )
        return setup.keep_membership(membership=form.instance, by=self.request.user)


class ChangeMembership(OfRegion, RowPage):
    noun = "lidmaatschap"
    form_class = MembershipForm

    def rows(self) -> Any:
        return memberships_of(self.region)

    def title(self) -> str:
        return f"Lidmaatschap van {self.row.municipality} wijzigen"

    def save(self, form: Any) -> RegionMembership:
        return setup.keep_membership(membership=form.instance, by=self.request.user)


class RemoveMembership(OfRegion, RemovePage):
    noun = "lidmaatschap"

    def rows(self) -> Any:
        return memberships_of(self.region)

    def remove(self) -> None:
        setup.remove_membership(membership=self.row, by=self.request.user)


class KeepGroup(OfRegion, RowPage):
    noun = "samenwerkingsgroep"
    form_class = GroupForm

    def rows(self) -> Any:
        return self.region.groups.all()

    def new_row(self) -> MunicipalityGroup:
        return MunicipalityGroup(region=self.region)

    def save(self, form: Any) -> MunicipalityGroup:
        chosen = list(form.cleaned_data["municipalities"])
        return setup.keep_group(group=form.instance, municipalities=chosen, by=self.request.user)


class RemoveGroup(OfRegion, RemovePage):
    noun = "samenwerkingsgroep"

    def rows(self) -> Any:
        return self.region.groups.all()

    def remove(self) -> None:
        setup.remove_group(group=self.row, by=self.request.user)
