"""Providers of care as a region knows them, and their files."""

from functools import partial
from typing import Any, ClassVar

import django_filters
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from core.api.rest import ChoiceOf, Filters, KeepView, MoveView, RegisterView
from core.documents.models import Document
from regions.api.choose import OfRegion, region_filter
from regions.api.files import FileView

from .. import enums, models
from ..domain import conversations, documents, files, proposals
from ..queries import file, providers
from . import inputs, rows


class ProviderFilters(OfRegion):
    agbCode = django_filters.CharFilter(field_name="agb_code")
    soort = ChoiceOf(enums.ProviderKind, field_name="kind")
    zoek = django_filters.CharFilter(method="words", label="Woorden in naam, AGB-code of KvK.")

    def words(self, queryset, name, value):  # type: ignore[no-untyped-def]
        return providers.matching(queryset, value)


class ProviderView(KeepView):
    about = "Aanbieders in uw regio's. Wie er alleen als aanbieder is, ziet zichzelf."
    visible = staticmethod(providers.visible_to)
    serializer_class = rows.ProviderRows
    filterset_class = ProviderFilters
    input_class = inputs.ProviderInput
    places = ("region",)

    def new_row(self, place: dict[str, Any]) -> models.Provider:
        return models.Provider(region=place["region"])

    def keep(self, row: Any) -> Any:
        return files.keep_provider(provider=row, by=self.request.user)

    def remove(self, row: Any) -> None:
        files.remove_provider(provider=row, by=self.request.user)


class PartFilters(Filters):
    regio = region_filter("provider__region__slug")
    aanbieder = django_filters.NumberFilter(field_name="provider")
    agbCode = django_filters.CharFilter(field_name="provider__agb_code")


class PartView(KeepView):
    """A part of a file, of which `model` has a `provider`."""

    model: ClassVar[Any]
    filterset_class: ClassVar[Any] = PartFilters
    places = ("provider",)

    def new_row(self, place: dict[str, Any]) -> Any:
        return self.model(provider=place["provider"])

    def keep(self, row: Any) -> Any:
        return files.keep_part(part=row, by=self.request.user)

    def remove(self, row: Any) -> None:
        files.remove_part(part=row, by=self.request.user)


def _seen(model: Any) -> Any:
    return staticmethod(partial(file.parts_visible_to, model=model))


class ContactView(PartView):
    about = "Contactpersonen van aanbieders, voor medewerkers en de aanbieder zelf."
    model = models.ProviderContact
    visible = staticmethod(providers.contacts_visible_to)
    serializer_class = rows.ContactRows
    input_class = inputs.ContactInput


class HolderView(RegisterView):
    about = "Wie namens de regio, een gemeente of de aanbieder het contact onderhoudt."
    visible = staticmethod(file.holders_visible_to)
    serializer_class = rows.HolderRows
    filterset_class = PartFilters


class ConversationFilters(PartFilters):
    stand = ChoiceOf(enums.ConversationState, field_name="state")


class ConversationView(PartView, MoveView):
    about = "Accountgesprekken."
    model = models.ProviderConversation
    table = enums.CONVERSATION
    visible = _seen(models.ProviderConversation)
    serializer_class = rows.ConversationRows
    filterset_class = ConversationFilters
    input_class = inputs.ConversationInput
    input_of_move = inputs.ConversationMoveInput

    def keep(self, row: Any) -> Any:
        return conversations.plan_conversation(conversation=row, by=self.request.user)

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        conversations.move_conversation(
            conversation=row, move=move, by=self.request.user, reason=reason, **more
        )


class AgreementFilters(PartFilters):
    stand = ChoiceOf(enums.AgreementState, field_name="state")


class AgreementView(PartView, MoveView):
    about = "Afspraken met aanbieders."
    model = models.ProviderAgreement
    table = enums.AGREEMENT
    visible = _seen(models.ProviderAgreement)
    serializer_class = rows.AgreementRows
    filterset_class = AgreementFilters
    input_class = inputs.AgreementInput

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        conversations.move_agreement(agreement=row, move=move, by=self.request.user, reason=reason)


class IncidentFilters(PartFilters):
    stand = ChoiceOf(enums.IncidentState, field_name="state")
    soort = ChoiceOf(enums.IncidentKind, field_name="kind")


class IncidentView(PartView, MoveView):
    about = "Incidenten en maatregelen van toezicht, zonder iets over cliënten."
    model = models.ProviderIncident
    table = enums.INCIDENT
    visible = _seen(models.ProviderIncident)
    serializer_class = rows.IncidentRows
    filterset_class = IncidentFilters
    input_class = inputs.IncidentInput

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        conversations.move_incident(incident=row, move=move, by=self.request.user, reason=reason)


class BusinessYearFilters(PartFilters):
    jaar = django_filters.NumberFilter(field_name="year")


class BusinessYearView(PartView):
    about = "Bedrijfscijfers van aanbieders per boekjaar."
    model = models.BusinessYear
    visible = _seen(models.BusinessYear)
    serializer_class = rows.BusinessYearRows
    filterset_class = BusinessYearFilters
    input_class = inputs.BusinessYearInput


class SubcontractingView(PartView):
    about = "Onderaannemers van aanbieders."
    model = models.Subcontracting
    visible = _seen(models.Subcontracting)
    serializer_class = rows.SubcontractingRows
    input_class = inputs.SubcontractingInput

    def keep(self, row: Any) -> Any:
        if not inputs.of_same_region(row.firm, row.provider):
            told = "Deze aanbieder hoort bij een andere regio."
            raise serializers.ValidationError({"bekendeAanbieder": told})
        return super().keep(row)


class DocumentView(FileView):
    about = (
        "Documenten van aanbieders met hun geldigheid. Een aanbieder ziet wat is gedeeld. Nieuw "
        "gaat als formulier met het bestand erbij; een volgende versie gaat naar `bestand`."
    )
    visible = staticmethod(file.documents_visible_to)
    serializer_class = rows.DocumentRows
    filterset_class = PartFilters
    input_class = inputs.DocumentInput
    places = ("provider", "upload")
    upload: UploadedFile | None = None

    @extend_schema(request={"multipart/form-data": inputs.DocumentInput})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().create(request, *args, **kwargs)

    def new_row(self, place: dict[str, Any]) -> models.ProviderDocument:
        self.upload = place["upload"]
        return models.ProviderDocument(provider=place["provider"])

    def keep(self, row: models.ProviderDocument) -> models.ProviderDocument:
        by = self.request.user
        if self.upload is None:
            return documents.keep_document(document=row, by=by)
        name = self.upload.name or ""
        return documents.keep_document(
            document=row, by=by, content=self.upload.read(), file_name=name
        )

    def remove(self, row: models.ProviderDocument) -> None:
        documents.drop_document(document=row, by=self.request.user)

    def document_of(self, row: models.ProviderDocument) -> Document | None:
        return row.document

    def keep_file(self, row: models.ProviderDocument, file: UploadedFile) -> None:
        self.upload = file
        self.keep(row)


class ProposalFilters(PartFilters):
    stand = ChoiceOf(enums.ProposalState, field_name="state")


class ProposalView(MoveView):
    about = "Wijzigingen die aanbieders voorstellen."
    table = enums.PROPOSAL
    visible = _seen(models.ChangeProposal)
    serializer_class = rows.ProposalRows
    filterset_class = ProposalFilters

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        proposals.move_proposal(proposal=row, move=move, by=self.request.user, reason=reason)
