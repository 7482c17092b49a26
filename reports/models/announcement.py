from django.conf import settings
from django.db import models

from core import clock

from .edition import Edition


class Announcement(models.Model):
    """That somebody was told of a published edition; it makes sure that nobody is told twice."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="announcements")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "bericht over een rapportage"
        verbose_name_plural = "berichten over rapportages"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "user"], name="reports_announcement_once_a_reader"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.edition}"
