"""Keeping a provider's file in the browser."""

from typing import Any, ClassVar

from django import forms as django_forms
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.ui.editing import FormPage, RemovePage, RowPage

from .. import forms, models
from ..domain import conversations, documents, files
from ..models import BusinessNorms, Provider
from ..queries import providers
from ..queries.file import parts_visible_to
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
    """A part of a provider's file: the address names the provider when it is new."""

    model: ClassVar[type[Model]]
    # The page of the file on which the part stands.
    tab: ClassVar[str] = "provider"

    @property
    def provider(self) -> Provider:
        if "provider" in self.kwargs:
            return get_object_or_404(self.providers(), pk=self.kwargs["provider"])
        found: Provider = self.row.provider
        return found

    def rows(self) -> QuerySet[Any]:
        rows = parts_visible_to(self.request.user, self.model)
        return rows.filter(provider__region=self.region)

    def new_row(self) -> Any:
        return self.model(provider=self.provider)

    def save(self, form: Any) -> Any:
        return files.keep_part(part=form.instance, by=self.request.user)

    def remove(self) -> None:
        files.remove_part(part=self.row, by=self.request.user)

    def back(self) -> str:
        return reverse(self.tab, args=[self.region.slug, self.provider.pk])

    def way_back(self) -> list[tuple[str, str]]:
        return [*super().way_back(), (str(self.provider), self.back())]


Pages = tuple[type[RowPage], type[RemovePage]]


def pages_of(
    noun: str, model: type[Model], form: type[django_forms.ModelForm], tab: str = "provider"
) -> Pages:
    """The page that adds and changes a part, and the one that removes it."""
    own = {"noun": noun, "model": model, "tab": tab, "__module__": __name__}
    keep = type(f"Keep{model.__name__}", (OfProvider, RowPage), {**own, "form_class": form})
    return keep, type(f"Remove{model.__name__}", (OfProvider, RemovePage), own)


class KeepConversation(OfProvider, RowPage):
    noun = "gesprek"
    model = models.ProviderConversation
    form_class = forms.ConversationForm
    tab = "provider-contact"

    def new_row(self) -> models.ProviderConversation:
        return models.ProviderConversation(provider=self.provider, subject="Accountgesprek")

    def save(self, form: Any) -> Any:
        return conversations.plan_conversation(conversation=form.instance, by=self.request.user)


class KeepDocument(OfProvider, RowPage):
    noun = "document"
    model = models.ProviderDocument
    form_class = forms.DocumentForm
    tab = "provider-documents"

    def save(self, form: Any) -> Any:
        file = form.cleaned_data["file"]
        if file is not None:
            file.seek(0)
        return documents.keep_document(
            document=form.instance,
            by=self.request.user,
            content=file.read() if file is not None else None,
            file_name=file.name if file is not None else "",
        )


class RemoveDocument(OfProvider, RemovePage):
    noun = "document"
    model = models.ProviderDocument
    tab = "provider-documents"

    def remove(self) -> None:
        documents.drop_document(document=self.row, by=self.request.user)


class KeepNorms(OfProviders, FormPage):
    """The limits of the region: one row, made when it is first kept."""

    form_class = forms.NormsForm

    def title(self) -> str:
        return "Grenzen voor bedrijfscijfers"

    def back(self) -> str:
        return f"{self.list_url()}signalen/"

    def form_arguments(self) -> dict[str, Any]:
        norms = BusinessNorms.objects.filter(region=self.region).first()
        return {"instance": norms or BusinessNorms(region=self.region)}

    def save(self, form: Any) -> BusinessNorms:
        return files.keep_norms(norms=form.instance, by=self.request.user)


_TRUST, _CONTACT = "provider-trust", "provider-contact"
# Name in addresses to the pages of a part; kept in `urls.py`.
PARTS: dict[str, tuple[str, Pages]] = {
    "contact": ("contactpersonen", pages_of(
        "contactpersoon", models.ProviderContact, forms.ContactForm)),
    "location": ("locaties", pages_of("locatie", models.ProviderLocation, forms.LocationForm)),
    "provider-code": ("codes", pages_of("AGB-code", models.ProviderCode, forms.CodeForm)),
    "holder": ("accounthouders", pages_of(
        "accounthouder", models.AccountHolder, forms.HolderForm)),
    "subcontracting": ("onderaannemers", pages_of(
        "onderaannemer", models.Subcontracting, forms.SubcontractingForm, _TRUST)),
    "conversation": ("gesprekken", (KeepConversation, pages_of(
        "gesprek", models.ProviderConversation, forms.ConversationForm, _CONTACT)[1])),
    "agreement": ("afspraken", pages_of(
        "afspraak", models.ProviderAgreement, forms.AgreementForm, _CONTACT)),
    "incident": ("incidenten", pages_of(
        "incident", models.ProviderIncident, forms.IncidentForm, _TRUST)),
    "business-year": ("boekjaren", pages_of(
        "boekjaar", models.BusinessYear, forms.BusinessYearForm, _TRUST)),
    "provider-document": ("documenten", (KeepDocument, RemoveDocument)),
}  # fmt: skip
