"""Colours and arms of the editions, per municipality."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.ui.editing import FormPage
from regions.models import Region
from regions.queries.membership import municipalities_of

from .. import forms
from ..domain.theming import keep_theme
from ..queries.themes import look_of
from ..rules import check_can_publish

REGION = "regio"


def places(region: Region) -> dict[str, str]:
    """The region and its municipalities: word of the address to name."""
    members = municipalities_of(region).order_by("name").values_list("gm_code", "name")
    return {REGION: f"{region.name} (ook voor gemeenten zonder eigen stijl)", **dict(members)}


def themes(request: HttpRequest, region: Region) -> HttpResponse:
    """What each place's editions look like."""
    check_can_publish(request.user, region)
    rows = [
        {"word": word, "name": name, "look": look_of(region.pk, "" if word == REGION else word)}
        for word, name in places(region).items()
    ]
    return render(request, "reports/themes.html", {"rows": rows})


class KeepTheme(FormPage):
    """Choose colours, and upload the arms."""

    form_class = forms.ThemeForm
    done = "De huisstijl is bewaard. Rapportages die u hierna maakt, gebruiken hem."

    def check(self) -> None:
        check_can_publish(self.request.user, self.region)

    def prepare(self) -> None:
        names = places(self.region)
        if self.kwargs["place"] not in names:
            raise Http404("deze gemeente hoort niet bij de regio")
        self.name = names[self.kwargs["place"]]

    @property
    def municipality(self) -> str:
        word = self.kwargs["place"]
        return "" if word == REGION else word

    def title(self) -> str:
        return f"Huisstijl van {self.name.partition(' (')[0]}"

    def back(self) -> str:
        return reverse("themes", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [
            ("Rapportages", reverse("editions", args=[self.region.slug])),
            ("Huisstijl", self.back()),
        ]

    def form_arguments(self) -> dict[str, Any]:
        look = look_of(self.region.pk, self.municipality)
        return {"initial": {"primary": look.primary, "accent": look.accent}}

    def save(self, form: Any) -> Any:
        data = form.cleaned_data
        return keep_theme(
            region=self.region,
            municipality=self.municipality,
            primary=data["primary"],
            accent=data["accent"],
            arms=data["arms"].read() if data["arms"] else None,
            without_arms=data["without_arms"],
            by=self.request.user,
        )
