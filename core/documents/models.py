import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited


def stored_name(instance: "DocumentVersion", filename: str) -> str:
    """A generated path: what a user called a file never reaches the disk."""
    return f"documents/{instance.pk.hex[:2]}/{instance.pk.hex}"


class Confidentiality(models.TextChoices):
    PUBLIC = "public", "openbaar"
    INTERNAL = "internal", "voor wie een rol heeft in de regio"
    CONFIDENTIAL = "confidential", "vertrouwelijk: alleen de regionale organisatie"


@audited()
class Document(models.Model):
    """A document with versions. It belongs to its owner's page, which decides who may have it.

    Core has no download address of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.BigIntegerField(null=True, blank=True, db_index=True)
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

    def __str__(self) -> str:
        return self.title

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
