from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited
from core.formats import MONTHS
from regions.models import Region

from ..deviation_enums import Check, DeviationState


@audited()
class CheckTerms(models.Model):
    """What the region agreed about the checks: terms in months, answers in days."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, related_name="check_terms")
    long_months = models.PositiveSmallIntegerField(
        "lange hulp vanaf (maanden)", default=18,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Hulp die langer loopt, komt op de lijst.",
    )  # fmt: skip
    late_months = models.PositiveSmallIntegerField(
        "laat ingediend vanaf (maanden)", default=18,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Geteld vanaf de laatste dag van de zorg.",
    )  # fmt: skip
    tolerance = models.DecimalField(
        "verschil per regel dat niet telt (euro)", max_digits=8, decimal_places=2,
        default=Decimal("0.05"), validators=[MinValueValidator(0)],
        help_text="Kleinere verschillen met het tarief zijn afronding.",
    )  # fmt: skip
    answer_days = models.PositiveSmallIntegerField(
        "dagen voor een antwoord", default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )  # fmt: skip
    judge_days = models.PositiveSmallIntegerField(
        "dagen voor een eerste oordeel", default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )  # fmt: skip

    class Meta:
        verbose_name = "afspraken over de toetsing"
        verbose_name_plural = "afspraken over de toetsing"
        constraints = [
            models.CheckConstraint(
                name="finance_checkterms_in_range",
                condition=Q(long_months__range=(1, 120), late_months__range=(1, 120))
                & Q(tolerance__gte=0, answer_days__gte=1, judge_days__gte=1),
                violation_error_message="Een termijn is minstens één maand of dag.",
            )
        ]

    def __str__(self) -> str:
        return f"toetsing van {self.region}"


@audited()
class Deviation(models.Model):
    """What one check found of one provider in one month of care: the unit that people act on.

    `lines` and `amount` follow the lines, less those that were excepted; they are never typed. A
    line itself is never changed. `decided_amount` is the amount at the last decision: when more
    is found afterwards, the deviation opens again.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="deviations")
    # AGB code: a provider may declare that the region does not know.
    provider = models.CharField("aanbieder (AGB)", max_length=8)
    kind = models.CharField("toets", max_length=12, choices=Check)
    care_month = models.DateField("maand van de zorg")
    lines = models.IntegerField("regels", default=0)
    amount = models.DecimalField("afwijking", max_digits=14, decimal_places=2, default=Decimal(0))
    state = models.CharField(
        "stand", max_length=10, choices=DeviationState, default=DeviationState.FOUND,
        editable=False,
    )  # fmt: skip
    found_on = models.DateField("gevonden op", default=clock.today)
    moved_on = models.DateField("laatste stap", default=clock.today)
    decided_amount = models.DecimalField(
        "afwijking bij het besluit", max_digits=14, decimal_places=2, null=True, blank=True
    )
    claimed = models.DecimalField(
        "teruggevorderd", max_digits=14, decimal_places=2, null=True, blank=True
    )
    received = models.DecimalField(
        "ontvangen of verrekend", max_digits=14, decimal_places=2, null=True, blank=True
    )
    answer_by = models.DateField("antwoord uiterlijk", null=True, blank=True)

    class Meta:
        verbose_name = "afwijking"
        verbose_name_plural = "afwijkingen"
        ordering = ["-amount", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "provider", "kind", "care_month"],
                name="finance_deviation_once",
            ),
            models.CheckConstraint(
                name="finance_deviation_month_starts_on_first", condition=Q(care_month__day=1)
            ),
            models.CheckConstraint(
                name="finance_deviation_claim_is_named",
                condition=~Q(state="claimed") | Q(claimed__gt=0),
                violation_error_message="Noem het bedrag dat wordt teruggevorderd.",
            ),
            models.CheckConstraint(
                name="finance_deviation_settled_is_named",
                condition=~Q(state="settled") | Q(received__gte=0),
                violation_error_message="Noem het bedrag dat is ontvangen of verrekend.",
            ),
            models.CheckConstraint(
                name="finance_deviation_lines_not_negative", condition=Q(lines__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["region", "state", "-amount"], name="finance_deviation_list")
        ]

    def __str__(self) -> str:
        month = f"{MONTHS[self.care_month.month - 1]} {self.care_month.year}"
        return f"{self.get_kind_display()}, {self.provider_name}, {month}"

    @property
    def provider_name(self) -> str:
        """The name where the question brought it along, else the AGB code."""
        return str(getattr(self, "named", None) or self.provider)

    @property
    def tone(self) -> str:
        return DeviationState(self.state).tone

    @property
    def is_open(self) -> bool:
        return self.state in DeviationState.OPEN

    @property
    def meaning(self) -> str:
        return Check(self.kind).meaning

    @property
    def due(self) -> date | None:
        return self.answer_by if self.state in ("asked", "claimed") else None


class LineFinding(models.Model):
    """That a line does not pass a check, and by how many cents (signed, as the line is).

    Filled by set-based SQL; `line` is care's row, without a foreign key as in all of care. A
    person may except one line with a reason; it then no longer counts in its deviation.
    """

    region_id = models.BigIntegerField()
    deviation = models.ForeignKey(
        Deviation, on_delete=models.CASCADE, related_name="findings", db_index=False
    )
    line = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=Check)
    at_stake_cents = models.BigIntegerField("afwijking in centen")
    # What the line should have been, where the check can say so.
    expected_cents = models.BigIntegerField("verwacht in centen", null=True)
    excepted = models.TextField("reden van uitzondering", blank=True)

    class Meta:
        verbose_name = "bevinding"
        verbose_name_plural = "bevindingen"
        constraints = [
            models.UniqueConstraint(fields=["line", "kind"], name="finance_finding_once")
        ]
        indexes = [
            models.Index(fields=["deviation", "line"], name="finance_finding_deviation"),
            models.Index(fields=["region_id"], name="finance_finding_region"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: regel {self.line}"

    @property
    def euros(self) -> Decimal:
        return Decimal(self.at_stake_cents).scaleb(-2)


class CheckedRun(models.Model):
    """That the lines of an intake run were put to the checks; a run without one still waits."""

    region_id = models.BigIntegerField()
    run = models.IntegerField()
    first_month = models.DateField(null=True)
    last_month = models.DateField(null=True)
    lines = models.IntegerField("getoetste regels", default=0)
    checked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "getoetste aanlevering"
        verbose_name_plural = "getoetste aanleveringen"
        constraints = [
            models.UniqueConstraint(fields=["region_id", "run"], name="finance_checkedrun_once")
        ]

    def __str__(self) -> str:
        return f"aanlevering {self.run}: {self.lines} regels"
