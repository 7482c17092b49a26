from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock

from ..enums import Medium
from .edition import Edition


class ReaderQuestion(models.Model):
    """A question of a council member about a place of a published edition, and its answer.

    The whole council of the municipality, its clerk and the regional staff see both.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=80)
    municipality = models.CharField("gemeente", max_length=4)
    text = models.TextField("vraag", max_length=4000)
    at = models.DateTimeField("gesteld op", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField("antwoord", max_length=8000, blank=True)
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="reports_question_answered_with_words",
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class ReadCount(models.Model):
    """How often an edition was opened on a day: counted, not by whom."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="reads")
    day = models.DateField()
    medium = models.CharField(max_length=4, choices=Medium)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "aantal keer gelezen"
        verbose_name_plural = "aantallen keer gelezen"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "day", "medium"], name="reports_readcount_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.day}: {self.times}"
