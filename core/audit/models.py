from django.conf import settings
from django.db import models

from core import clock


class Look(models.Model):
    """That somebody was given rows of single clients: who, when, how many, and why.

    Never what was in them. Only ever added.
    """

    tenant_id = models.BigIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="wie", null=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    at = models.DateTimeField("wanneer", default=clock.now)
    what = models.CharField("wat", max_length=60)
    rows = models.PositiveIntegerField("rijen")
    narrowed = models.CharField("gezocht op", max_length=300, blank=True)
    reason = models.CharField("waarom", max_length=200, blank=True)

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzagen"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["tenant_id", "-at"], name="audit_look_newest")]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"
