from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock

from .edition import Edition


class Passage(models.Model):
    """The text that an author gave to one place of an edition; the newest version counts.

    `key` names the place (reports.domain.passages). `template` holds figures as places, `text` is
    what it reads with the frozen figures filled in. Rows are only added.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="passages")
    key = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField("versie")
    template = models.TextField("tekst", blank=True)
    text = models.TextField("tekst met cijfers", blank=True)
    at = models.DateTimeField("geschreven op", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "tekst"
        verbose_name_plural = "teksten"
        ordering = ["edition", "key", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "key", "version"], name="reports_passage_version_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Comment(models.Model):
    """A remark of a reviewer on a place of an edition, answered before it is adopted."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="comments")
    key = models.CharField(max_length=80)
    text = models.TextField("opmerking", max_length=4000)
    at = models.DateTimeField("geplaatst op", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField("verwerking", max_length=4000, blank=True)
    answered_at = models.DateTimeField("verwerkt op", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["edition", "at"]
        constraints = [
            models.CheckConstraint(
                name="reports_comment_answered_with_words",
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Adoption(models.Model):
    """The decision of one college to adopt an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="adoptions")
    municipality = models.CharField("gemeente", max_length=4)
    decided_on = models.DateField("besloten op")
    reference = models.CharField("kenmerk van het besluit", max_length=120, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "vaststelling"
        verbose_name_plural = "vaststellingen"
        ordering = ["edition", "municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "municipality"],
                name="reports_adoption_once_a_college",
                violation_error_message="Van deze gemeente is het besluit al vastgelegd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.decided_on}"
