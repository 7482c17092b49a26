"""Keeping a provider's file in the browser."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.ui.editing import RemovePage, RowPage

from .. import forms
from ..domain import files
from ..models import Provider, ProviderContact, ProviderLocation
from ..queries import providers
from ..rules import check_can_manage_providers


class OfProviders:
    request: Any
    kwargs: dict[str, Any]
    region: Any
    row: Any

    def check(self) -> None:
        check_can_manage_providers(self.request.user, self.region)

    def providers(self) -> QuerySet[Provider]:
        return providers.visible_to(self.request.user).filter(region=self.region)

    def list_url(self) -> str:
        return reverse("providers", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Aanbieders", self.list_url())]


class KeepProvider(OfProviders, RowPage):
    noun = "aanbieder"
    form_class = forms.ProviderForm

    def rows(self) -> QuerySet[Provider]:
        return self.providers()

    def new_row(self) -> Provider:
        return Provider(region=self.region)

    def save(self, form: Any) -> Provider:
        return files.keep_provider(provider=form.instance, by=self.request.user)

    def back(self) -> str:
        kept = getattr(self, "saved", None) or self.row
        return reverse("provider", args=[self.region.slug, kept.pk]) if kept else self.list_url()


class RemoveProvider(OfProviders, RemovePage):
    noun = "aanbieder"

    def rows(self) -> QuerySet[Provider]:
        return self.providers()

    def remove(self) -> None:
        files.remove_provider(provider=self.row, by=self.request.user)

    def back(self) -> str:
        return self.list_url()


class OfProvider(OfProviders):
    """A contact or location: the address names the provider when it is new."""

    model: Any

    @property
    def provider(self) -> Provider:
        if "provider" in self.kwargs:
            return get_object_or_404(self.providers(), pk=self.kwargs["provider"])
        return self.row.provider

    def rows(self) -> QuerySet[Any]:
        return self.model.objects.filter(provider__in=self.providers())

    def new_row(self) -> Any:
        return self.model(provider=self.provider)

    def save(self, form: Any) -> Any:
        return files.keep_part(part=form.instance, by=self.request.user)

    def remove(self) -> None:
        files.remove_part(part=self.row, by=self.request.user)

    def back(self) -> str:
        return reverse("provider", args=[self.region.slug, self.provider.pk])

    def way_back(self) -> list[tuple[str, str]]:
        return [*super().way_back(), (str(self.provider), self.back())]


class KeepContact(OfProvider, RowPage):
    noun = "contactpersoon"
    model = ProviderContact
    form_class = forms.ContactForm


class RemoveContact(OfProvider, RemovePage):
    noun = "contactpersoon"
    model = ProviderContact


class KeepLocation(OfProvider, RowPage):
    noun = "locatie"
    model = ProviderLocation
    form_class = forms.LocationForm


class RemoveLocation(OfProvider, RemovePage):
    noun = "locatie"
    model = ProviderLocation
