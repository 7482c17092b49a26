import pgtrigger
from django.conf import settings
from django.db import models

from core import clock


class Step(models.Model):
    """One move that was made. Only ever added: a trigger refuses change.

    `subject` is the primary key of the object as text; `table` the code of its StateTable.
    """

    tenant_id = models.BigIntegerField(null=True)
    table = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    move = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    target = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        ordering = ["pk"]
        indexes = [models.Index(fields=["table", "subject"], name="states_step_subject")]
        triggers = [
            pgtrigger.Protect(
                name="only_added",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.move IS DISTINCT FROM NEW.move OR OLD.target IS DISTINCT FROM NEW.target "
                    "OR OLD.source IS DISTINCT FROM NEW.source "
                    "OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.at IS DISTINCT FROM NEW.at"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.subject}: {self.source} -> {self.target}"
