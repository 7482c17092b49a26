"""Colours and arms of the editions, per municipality."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.ui.editing import Editing, FormPage, RemovePage
from regions.models import Region
from regions.queries.membership import municipalities_of

from .. import forms
from ..domain.theming import keep_theme, remove_theme
from ..models import EditionTheme
from ..queries.themes import look_of, themes_visible_to
from ..rules import check_can_publish

REGION = "regio"


def places(region: Region) -> dict[str, str]:
    """The region and its municipalities: word of the address to name."""
    members = municipalities_of(region).order_by("name").values_list("gm_code", "name")
    return {REGION: f"{region.name} (ook voor gemeenten zonder eigen stijl)", **dict(members)}


def themes(request: HttpRequest, region: Region) -> HttpResponse:
    """What each place's editions look like."""
    check_can_publish(request.user, region)
    own = set(_themes(request, region).values_list("municipality", flat=True))
    rows = [
        {"word": word, "name": name, "look": look_of(region.pk, code), "own": code in own}
        for word, name in places(region).items()
        for code in ["" if word == REGION else word]
    ]
    return render(request, "reports/themes.html", {"rows": rows})


def _themes(request: HttpRequest, region: Region) -> QuerySet[EditionTheme]:
    return themes_visible_to(request.user).filter(region=region)


class OfPlace(Editing):
    """A page about the look of the place in the address."""

    def check(self) -> None:
        check_can_publish(self.request.user, self.region)

    def prepare(self) -> None:
        names = places(self.region)
        if self.kwargs["place"] not in names:
            raise Http404("deze gemeente hoort niet bij de regio")
        self.name = names[self.kwargs["place"]].partition(" (")[0]

    @property
    def municipality(self) -> str:
        word = self.kwargs["place"]
        return "" if word == REGION else word

    def back(self) -> str:
        return reverse("themes", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [
            ("Rapportages", reverse("editions", args=[self.region.slug])),
            ("Huisstijl", self.back()),
        ]


class KeepTheme(OfPlace, FormPage):
    """Choose colours, and upload the arms."""

    form_class = forms.ThemeForm
    done = "De huisstijl is bewaard. Rapportages die u hierna maakt, gebruiken hem."

    def title(self) -> str:
        return f"Huisstijl van {self.name}"

    def form_arguments(self) -> dict[str, Any]:
        look = look_of(self.region.pk, self.municipality)
        given = {"name": look.name, "primary": look.primary, "accent": look.accent}
        return {"initial": given}

    def save(self, form: Any) -> Any:
        data = form.cleaned_data
        return keep_theme(
            region=self.region,
            municipality=self.municipality,
            name=data["name"],
            primary=data["primary"],
            accent=data["accent"],
            arms=data["arms"].read() if data["arms"] else None,
            without_arms=data["without_arms"],
            by=self.request.user,
        )


class RemoveTheme(OfPlace, RemovePage):
    """Back to the colours of the region, or of the house."""

    done = "De eigen huisstijl is weg. Rapportages die u hierna maakt, hebben hem niet meer."

    def prepare(self) -> None:
        super().prepare()
        self.row = get_object_or_404(
            _themes(self.request, self.region), municipality=self.municipality
        )

    def title(self) -> str:
        return f"Huisstijl van {self.name} verwijderen"

    def extra(self) -> dict[str, Any]:
        return {"row": f"de eigen huisstijl van {self.name}"}

    def remove(self) -> None:
        remove_theme(theme=self.row, by=self.request.user)
