from django.db import models
from django.db.models import Q

from core.audit import audited

from ..enums import MoneyEffect, MovementKind
from .goals import SegmentGoal
from .products import CareCategory
from .schemes import SegmentScheme


@audited()
class Movement(models.Model):
    """What a strategy shifts: from where to where, for which goals, and what that does to money.

    `amount` is euros per year in `year`, as the document states it; positive also for a saving,
    `effect` says which way. An amount that is not stated stays empty.
    """

    scheme = models.ForeignKey(SegmentScheme, on_delete=models.CASCADE, related_name="movements")
    kind = models.CharField("soort", max_length=5, choices=MovementKind, default=MovementKind.SHIFT)
    title = models.CharField("beweging", max_length=160)
    text = models.TextField("toelichting", blank=True)
    from_category = models.ForeignKey(
        CareCategory,
        verbose_name="van",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="movements_from",
    )
    to_category = models.ForeignKey(
        CareCategory,
        verbose_name="naar",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="movements_to",
    )
    goals = models.ManyToManyField(
        SegmentGoal, verbose_name="doelen", blank=True, related_name="movements"
    )
    costs = models.ManyToManyField(
        "self",
        verbose_name="telt mee in de kosten bij",
        symmetrical=False,
        blank=True,
        related_name="shifts",
        limit_choices_to={"kind": MovementKind.COST},
    )
    effect = models.CharField(
        "wat het met geld doet", max_length=10, choices=MoneyEffect, default=MoneyEffect.NOT_STATED
    )
    amount = models.DecimalField(
        "bedrag per jaar", max_digits=14, decimal_places=2, null=True, blank=True
    )
    year = models.PositiveSmallIntegerField("in het jaar", null=True, blank=True)
    money_text = models.TextField("het geld in woorden", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "beweging"
        verbose_name_plural = "bewegingen"
        ordering = ["scheme", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "title"],
                name="segments_movement_once",
                violation_error_message="Deze beweging staat al in de indeling.",
            ),
            models.CheckConstraint(
                name="segments_movement_amount_has_effect_and_year",
                condition=Q(amount__isnull=True)
                | (
                    Q(amount__gte=0, year__isnull=False)
                    & Q(effect__in=(MoneyEffect.SAVING, MoneyEffect.INVESTMENT))
                ),
                violation_error_message=(
                    "Zeg bij een bedrag of het een besparing of investering is, en in welk jaar."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title
