"""A region's pack: read in and written out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.ui.editing import FormPage

from ..domain import packs
from ..forms import PackForm
from ..models import Region
from ..rules import check_can_create_region, check_can_manage_region


class LoadAnyPack(FormPage):
    """For an application administrator: a pack may make a region."""

    form_class = PackForm
    template = "regions/pack.html"
    submit = "Pakket inlezen"
    done = "Het regiopakket is ingelezen."

    def check(self) -> None:
        check_can_create_region(self.request.user)

    def title(self) -> str:
        return "Regiopakket inlezen"

    def save(self, form: Any) -> Region:
        return packs.load_for_any_region(by=self.request.user, **form.file_and_text())

    def way_back(self) -> list[tuple[str, str]]:
        return [("Regio’s", reverse("regions"))]

    def back(self) -> str:
        made = getattr(self, "saved", None)
        return reverse("home", args=[made.slug]) if made else reverse("regions")


class LoadPack(LoadAnyPack):
    """For who manages a region: the pack of that region only."""

    def check(self) -> None:
        check_can_manage_region(self.request.user, self.region)

    def title(self) -> str:
        return "Regiopakket"

    def save(self, form: Any) -> Region:
        return packs.load_for(region=self.region, by=self.request.user, **form.file_and_text())

    def way_back(self) -> list[tuple[str, str]]:
        return [("Instellingen", reverse("region-settings", args=[self.region.slug]))]

    def back(self) -> str:
        return reverse("region-pack", args=[self.region.slug])


def download(request: HttpRequest, region: Region) -> HttpResponse:
    text = packs.written_out(region=region, by=request.user)
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{region.slug}.yaml"'
    return answer
