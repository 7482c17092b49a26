from django.conf import settings
from django.db import models
from knox.models import AbstractAuthToken

from core import clock
from core.audit import audited


@audited(exclude=("digest", "token_key", "last_used_at"))
class Token(AbstractAuthToken):
    """Opens the API for a user, until it ends. Only a digest is kept; `expiry` is when it ends."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gebruiker",
        on_delete=models.CASCADE,
        related_name="+",
    )
    digest = models.CharField(max_length=128, unique=True, editable=False)
    name = models.CharField("naam", max_length=80, default="token")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gemaakt door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingetrokken door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # To the quarter of an hour: a request seldom costs a write.
    last_used_at = models.DateTimeField("laatst gebruikt", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "token"
        verbose_name_plural = "tokens"
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_ended(self) -> bool:
        return self.expiry is not None and self.expiry <= clock.now()


class KeptAnswer(models.Model):
    """What a request with an Idempotency-Key was answered, for a day (see `once`)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=200, blank=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "bewaard antwoord"
        verbose_name_plural = "bewaarde antwoorden"
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="api_keptanswer_once_per_key")
        ]

    def __str__(self) -> str:
        return self.key
