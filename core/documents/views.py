"""Adding, reading and removing documents. The owner of a document decides at every step."""

from typing import Any
from uuid import UUID

import structlog
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.ui.editing import FormPage, RemovePage, RowPage

from . import domain, queries
from .forms import DocumentForm, NewDocumentForm, VersionForm
from .models import Document
from .registry import DocumentSubject, document_subject
from .serving import serve

log = structlog.get_logger()


def _documents(region: Any) -> QuerySet[Document]:
    return Document.objects.filter(tenant_id=region.pk).exclude(subject="")


def document_page(request: HttpRequest, region: Any, pk: UUID) -> HttpResponse:
    document = get_object_or_404(_documents(region), pk=pk)
    subject, owner = queries.owner_of(request.user, document)
    context = {
        "document": document,
        "subject": subject,
        "owner": owner,
        "owner_url": subject.url(request.place, owner),  # type: ignore[attr-defined]
        "versions": document.versions.select_related("created_by"),
        "may_keep": queries.may_keep(request.user, subject, owner),
    }
    return render(request, "documents/document.html", context)


def download(request: HttpRequest, region: Any, pk: UUID, number: int) -> FileResponse:
    document = get_object_or_404(_documents(region), pk=pk)
    queries.owner_of(request.user, document)
    version = get_object_or_404(document.versions, number=number)
    log.info("document_read", document_id=str(pk), version=number)
    return serve(version)


class OfOwner:
    """A page about a document of an owner, which the address names when the document is new."""

    noun = "document"
    request: Any
    region: Any
    kwargs: dict[str, Any]
    row: Any
    subject: DocumentSubject
    owner: Any

    def rows(self) -> QuerySet[Document]:
        return _documents(self.region)

    def prepare(self) -> None:
        user = self.request.user
        if "pk" in self.kwargs:
            self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])
            self.subject, self.owner = queries.owner_of(user, self.row)
        else:
            self.subject = document_subject(self.kwargs["subject"])
            owners = self.subject.rows(user, self.region.pk)
            self.owner = get_object_or_404(owners, pk=self.kwargs["owner"])
        self.subject.check_keep(user, self.owner)

    def way_back(self) -> list[tuple[str, str]]:
        owner_url = self.subject.url(self.request.place, self.owner)
        above = [(str(self.owner), owner_url)]
        return [*above, (str(self.row), self.back())] if self.row else above

    def back(self) -> str:
        kept = getattr(self, "saved", None) or self.row
        if kept is None:
            return self.subject.url(self.request.place, self.owner)
        return reverse("document", args=[self.region.slug, kept.pk])


class AddDocument(OfOwner, RowPage):
    form_class = NewDocumentForm
    submit = "Bewaren"
    done = "Het document is bewaard."

    def new_row(self) -> Document:
        return Document(
            tenant_id=self.region.pk,
            subject=self.subject.code,
            subject_id=self.owner.pk,
            confidentiality=self.subject.confidentiality,
        )

    def save(self, form: Any) -> Document:
        return domain.add_document(
            document=form.instance, file=form.cleaned_data["file"], by=self.request.user
        )


class ChangeDocument(OfOwner, RowPage):
    form_class = DocumentForm

    def save(self, form: Any) -> Document:
        return domain.change_document(document=form.instance)


class AddVersion(OfOwner, FormPage):
    form_class = VersionForm
    submit = "Bewaren"
    done = "De nieuwe versie is bewaard."

    def title(self) -> str:
        return f"Nieuwe versie van ‘{self.row}’"

    def save(self, form: Any) -> Document:
        return domain.add_version(
            document=self.row, file=form.cleaned_data["file"], by=self.request.user
        )


class RemoveDocument(OfOwner, RemovePage):
    def remove(self) -> None:
        domain.remove_document(document=self.row)

    def back(self) -> str:
        """Its own page while it is there, afterwards that of its owner."""
        gone = self.row.pk is None
        return self.subject.url(self.request.place, self.owner) if gone else super().back()
