import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited
from core.ui import Tone

from .contents import name_of


def stored_name(instance: "DocumentVersion", filename: str) -> str:
    """A generated path: what a user called a file never reaches the disk."""
    return f"documents/{instance.pk.hex[:2]}/{instance.pk.hex}"


class Confidentiality(models.TextChoices):
    PUBLIC = "public", "openbaar"
    INTERNAL = "internal", "voor wie een rol heeft in de regio"
    CONFIDENTIAL = "confidential", "vertrouwelijk: alleen de regionale organisatie"

    @property
    def in_short(self) -> str:
        return str(self.label).split(":")[0]

    @property
    def tone(self) -> Tone:
        return Tone.ATTENTION if self is Confidentiality.CONFIDENTIAL else Tone.NEUTRAL


@audited()
class Document(models.Model):
    """A document with versions. It belongs to its owner's page, which decides who may have it.

    Core has no download address of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    # What it hangs on (`core.documents.registry`): the code of its subject and the owner's number.
    # Both empty for a file that another row points at, such as an edition's PDF.
    subject = models.CharField(max_length=40, blank=True, editable=False)
    subject_id = models.BigIntegerField(null=True, blank=True, editable=False)
    title = models.CharField("titel", max_length=200)
    confidentiality = models.CharField(
        "vertrouwelijkheid",
        max_length=12,
        choices=Confidentiality,
        default=Confidentiality.INTERNAL,
    )

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="documents_document_whole_subject",
                condition=Q(subject="", subject_id__isnull=True)
                | (~Q(subject="") & Q(subject_id__isnull=False, tenant_id__isnull=False)),
            )
        ]
        indexes = [models.Index(fields=["subject", "subject_id"], name="documents_of_subject")]

    def __str__(self) -> str:
        return self.title

    @property
    def confidentiality_in_short(self) -> str:
        return Confidentiality(self.confidentiality).in_short

    @property
    def tone(self) -> Tone:
        return Confidentiality(self.confidentiality).tone

    @property
    def current(self) -> "DocumentVersion | None":
        return self.versions.order_by("-number").first()


@audited()
class DocumentVersion(models.Model):
    """One version of a document's file, never changed once stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("versie")
    file = models.FileField("bestand", upload_to=stored_name, max_length=120)
    file_name = models.CharField("bestandsnaam", max_length=120)
    content_type = models.CharField("soort bestand", max_length=100)
    size = models.PositiveBigIntegerField("grootte (bytes)")
    sha256 = models.CharField("controlegetal", max_length=64)
    created_at = models.DateTimeField("opgeslagen op", default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="opgeslagen door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "versie van document"
        verbose_name_plural = "versies van documenten"
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="documents_version_number_unique"
            ),
            models.CheckConstraint(
                name="documents_version_has_checksum", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"

    @property
    def kind_name(self) -> str:
        return name_of(self.content_type)
