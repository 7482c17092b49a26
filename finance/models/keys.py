from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from core import clock
from core.audit import audited
from regions.models import Municipality, Region

from ..enums import KeyState

FOREVER = 9999


class YearRange(Func):
    """[from, to] of years; without an end it goes on."""

    function = "int4range"
    output_field = IntegerRangeField()

    def __init__(self, start: str, end: str) -> None:
        super().__init__(F(start), Coalesce(F(end), Value(FOREVER)), Value("[]"))


@audited()
class AllocationKey(models.Model):
    """How the cost of task-based care is divided over the municipalities.

    A key is proposed, adopted by a decision, and then in force for its years. Weights are percents
    of population, historical use and fixed shares.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="allocation_keys")
    name = models.CharField("naam", max_length=120)
    segment = models.CharField(
        "segment", max_length=20, blank=True, help_text="Leeg: voor alle segmenten samen."
    )
    first_year = models.PositiveSmallIntegerField("van jaar")
    last_year = models.PositiveSmallIntegerField("tot en met jaar", null=True, blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=KeyState, default=KeyState.PROPOSED, editable=False
    )
    weight_population = models.PositiveSmallIntegerField("weging aantal jeugdigen (%)", default=0)
    weight_use = models.PositiveSmallIntegerField("weging eerder gebruik (%)", default=0)
    weight_fixed = models.PositiveSmallIntegerField("weging vaste aandelen (%)", default=0)
    use_years = models.PositiveSmallIntegerField("jaren eerder gebruik", default=3)
    change_limit = models.DecimalField(
        "hoogste verandering per jaar (%)",
        max_digits=5, decimal_places=2, null=True, blank=True,
        help_text="Van het aandeel van het jaar ervoor. Leeg: geen grens.",
    )  # fmt: skip
    equalised = models.DecimalField(
        "risicoverevening (%)", max_digits=5, decimal_places=2, default=Decimal(100),
        help_text="Welk deel van het verschil tussen gebruik en sleutel samen wordt gedragen.",
    )  # fmt: skip
    deposit = models.DecimalField(
        "storting in het schommelfonds (%)", max_digits=5, decimal_places=2, default=Decimal(0)
    )
    threshold = models.DecimalField(
        "drempel van het schommelfonds (%)", max_digits=5, decimal_places=2, default=Decimal(0)
    )
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "verdeelsleutel"
        verbose_name_plural = "verdeelsleutels"
        ordering = ["-first_year", "segment", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name", "segment", "first_year"],
                name="finance_key_once",
                violation_error_message="Er is al een sleutel met deze naam en dit jaar.",
            ),
            models.CheckConstraint(
                name="finance_key_weights_are_100",
                condition=Q(
                    weight_population=100 - F("weight_use") - F("weight_fixed")
                ),
                violation_error_message="De drie wegingen tellen samen op tot 100.",
            ),
            models.CheckConstraint(
                name="finance_key_years_in_order",
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                violation_error_message="Het laatste jaar ligt niet voor het eerste.",
            ),
            models.CheckConstraint(
                name="finance_key_use_years", condition=Q(use_years__range=(1, 10)),
                violation_error_message="Kies één tot tien jaren eerder gebruik.",
            ),
            models.CheckConstraint(
                name="finance_key_percents",
                condition=Q(equalised__range=(0, 100))
                & Q(deposit__range=(0, 100))
                & Q(threshold__range=(0, 100))
                & (Q(change_limit__isnull=True) | Q(change_limit__range=(0, 100))),
                violation_error_message="Een percentage ligt tussen 0 en 100.",
            ),
            ExclusionConstraint(
                name="finance_key_one_in_force",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    ("segment", RangeOperators.EQUAL),
                    (YearRange("first_year", "last_year"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=KeyState.ADOPTED),
                violation_error_message="Er is al een sleutel vastgesteld voor deze jaren.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        years = f"{self.first_year}" if self.last_year == self.first_year else (
            f"{self.first_year}-{self.last_year or ''}"
        )  # fmt: skip
        return f"{self.name} ({years})"


@audited()
class FixedShare(models.Model):
    """What was agreed for one municipality; shares of a key are proportional, not percents."""

    key = models.ForeignKey(AllocationKey, on_delete=models.CASCADE, related_name="fixed_shares")
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="+"
    )
    share = models.DecimalField("aandeel", max_digits=9, decimal_places=4)

    class Meta:
        verbose_name = "vast aandeel"
        verbose_name_plural = "vaste aandelen"
        ordering = ["key", "municipality__gm_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "municipality"], name="finance_fixed_share_once",
                violation_error_message="Deze gemeente heeft al een vast aandeel.",
            ),
            models.CheckConstraint(
                name="finance_fixed_share_not_negative", condition=Q(share__gte=0)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.municipality}: {self.share}"


class KeyBasis(models.Model):
    """What the shares of an adopted key rest on in a year, in a segment ('' is all together), as it
    was when they were fixed: later declarations do not move them. The year before the first holds
    the use that a limit on change begins from. Never changed."""

    key = models.ForeignKey(AllocationKey, on_delete=models.CASCADE, related_name="bases")
    year = models.PositiveSmallIntegerField("jaar")
    segment = models.CharField("segment", max_length=20, blank=True)
    facts = models.JSONField("grondslag")
    fixed_at = models.DateTimeField("vastgelegd op", default=clock.now)
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "grondslag van een verdeelsleutel"
        verbose_name_plural = "grondslagen van verdeelsleutels"
        ordering = ["key", "year", "segment"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "year", "segment"], name="finance_key_basis_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.year}"
