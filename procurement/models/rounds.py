"""Many changes in one round: worked out first, applied in one job, undone as a whole."""

from django.conf import settings
from django.db import models

from core import clock
from core.audit import audited
from regions.models import Region

from ..enums.contracts import BulkKind, RunState
from .contracts import Contract


class Round(models.Model):
    """The shape of every round. Until it is confirmed it can be undone as a whole."""

    state = models.CharField("stand", max_length=10, choices=RunState, default=RunState.PREPARED)
    made_at = models.DateTimeField("gemaakt op", default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    job = models.UUIDField("taak", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def tone(self) -> str:
        return RunState(self.state).tone

    @property
    def changes(self) -> int:
        """How many of its lines change something."""
        return int(self.lines.filter(skipped="").count())  # type: ignore[attr-defined]

    @property
    def is_off(self) -> bool:
        """It changes nothing, now or later: another may take its place."""
        return self.state in (RunState.DROPPED, RunState.UNDONE)


@audited()
class ChangeRound(Round):
    """One change of many contracts: `values` are what all of them get, as plain JSON."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="change_rounds")
    kind = models.CharField("wat verandert", max_length=16, choices=BulkKind)
    effective_from = models.DateField("gaat in op")
    reason = models.TextField("waarom")
    values = models.JSONField("nieuw", default=dict)

    class Meta:
        verbose_name = "gezamenlijke wijziging"
        verbose_name_plural = "gezamenlijke wijzigingen"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}".capitalize()


class ChangeLine(models.Model):
    """One contract in a round: old and new in words, and what is needed to apply and undo it.

    `before` is what stood there when the round was worked out; `made` what applying made.
    """

    round = models.ForeignKey(ChangeRound, on_delete=models.CASCADE, related_name="lines")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="+")
    was = models.CharField("was", max_length=300, blank=True)
    becomes = models.CharField("wordt", max_length=300, blank=True)
    before = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    skipped = models.CharField("waarom niet", max_length=300, blank=True)

    class Meta:
        verbose_name = "regel van gezamenlijke wijziging"
        verbose_name_plural = "regels van gezamenlijke wijziging"
        ordering = ["round", "contract__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "contract"], name="procurement_changeline_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.was} -> {self.becomes}"
