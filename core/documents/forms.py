from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from core.errors import DomainError
from core.ui.words import file_size

from .contents import ENDINGS, kind_of
from .models import Document


class KindField(forms.FileField):
    """A file of a kind that may be kept; `UploadedFile.kind` tells which."""

    def __init__(self, **kwargs: Any) -> None:
        most = file_size(settings.DOCUMENT_MAX_BYTES)
        kwargs.setdefault("help_text", f"{', '.join(ENDINGS)}, ten hoogste {most}.")
        kwargs.setdefault("label", "Bestand")
        super().__init__(
            max_length=120,
            widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
            error_messages={"required": "Kies een bestand."},
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        file: UploadedFile | None = super().clean(data, initial)
        if file is None:
            return None
        if (file.size or 0) > settings.DOCUMENT_MAX_BYTES:
            raise forms.ValidationError(
                f"Het bestand is groter dan {file_size(settings.DOCUMENT_MAX_BYTES)}. "
                "Maak het kleiner of splits het.",
                code="te-groot",
            )
        try:
            kind_of(file, file.name or "")
        except DomainError as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from None
        return file


class DocumentForm(forms.ModelForm):
    """What a document is called and who may see it."""

    class Meta:
        model = Document
        fields = ["title", "confidentiality"]
        labels = {"title": "Titel", "confidentiality": "Wie mag het zien?"}
        help_texts = {
            "title": "Waaraan anderen het document herkennen, zoals ‘Verslag kwartaalgesprek’.",
            "confidentiality": "Zet geen gegevens van jeugdigen in een document.",
        }


class NewDocumentForm(DocumentForm):
    file = KindField()

    field_order = ["file", "title", "confidentiality"]


class VersionForm(forms.Form):
    file = KindField()
