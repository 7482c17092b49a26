"""A provider's own pages to ask for another contact or location."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.errors import NotAllowed
from core.ui.editing import FormPage, RemovePage
from core.ui.places import Place
from regions.enums import Role
from regions.queries.access import access_of

from .. import forms
from ..domain.proposals import MODELS, propose
from ..models import Provider
from ..queries import providers
from ..rules import check_can_propose

FORMS: dict[str, Any] = {"contact": forms.ContactForm, "location": forms.LocationForm}


class OfOwn:
    """A contact or location of the provider on whose behalf the user works."""

    request: Any
    region: Any
    kwargs: dict[str, Any]
    row: Any = None
    place: Place

    @property
    def provider(self) -> Provider:
        if self.row is not None:
            found: Provider = self.row.provider
            return found
        rows = providers.visible_to(self.request.user).filter(region=self.region)
        return get_object_or_404(rows, pk=self.kwargs["provider"])

    def check(self) -> None:
        if not access_of(self.request.user).has(Role.PROVIDER, region_id=self.region.pk):
            raise NotAllowed("Alleen iemand van de aanbieder zelf kan een wijziging voorstellen.")

    def prepare(self) -> None:
        if self.kwargs["subject"] not in MODELS:
            raise Http404
        if "pk" in self.kwargs:
            seen = providers.visible_to(self.request.user).filter(region=self.region)
            rows: Any = MODELS[self.kwargs["subject"]]._default_manager
            self.row = get_object_or_404(rows.filter(provider__in=seen), pk=self.kwargs["pk"])
        check_can_propose(self.request.user, self.provider)

    def back(self) -> str:
        return reverse("provider", args=[self.region.slug, self.provider.pk])

    def way_back(self) -> list[tuple[str, str]]:
        return [(str(self.provider), self.back())]


class Propose(OfOwn, FormPage):
    submit = "Voorstellen"
    done = "Uw voorstel is verstuurd. De contractmanager van de regio beslist."

    def title(self) -> str:
        noun = MODELS[self.kwargs["subject"]]._meta.verbose_name
        return f"Voorstel: {noun} {'wijzigen' if self.row else 'toevoegen'}"

    def form(self) -> Any:
        subject = self.kwargs["subject"]
        data = (self.request.POST,) if self.request.method == "POST" else ()
        row = self.row or MODELS[subject](provider=self.provider)
        return FORMS[subject](*data, instance=row)

    def save(self, form: Any) -> Any:
        return propose(row=form.instance, by=self.request.user)


class ProposeRemoval(OfOwn, RemovePage):
    done = "Uw voorstel is verstuurd. De contractmanager van de regio beslist."

    def prepare(self) -> None:
        OfOwn.prepare(self)

    def title(self) -> str:
        return f"Voorstel: {self.row._meta.verbose_name} verwijderen"

    def remove(self) -> None:
        propose(row=self.row, by=self.request.user, removes=True)
