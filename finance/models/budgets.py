from decimal import Decimal

from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited
from core.formats import euro, number
from procurement.models import Lot
from regions.models import Municipality, Region

from ..enums import BudgetKind, BudgetStatus, HalfOf, Rounding

DEFAULT_SUBJECT = "Jeugdhulp"


def as_given(amount: Decimal, rounding: str, *, circa: bool) -> str:
    """An amount no more precise than it was given."""
    if rounding == Rounding.MILLIONS:
        millions = (Decimal(amount) / 1_000_000).normalize()
        told = f"€ {number(millions, max(-int(millions.as_tuple().exponent), 0))} miljoen"
    else:
        told = euro(amount, 0 if rounding == Rounding.THOUSANDS else 2)
    return f"circa {told}" if circa else told


@audited()
class Budget(models.Model):
    """An amount that a document gives for a year, or half of one, exactly as given.

    Without municipality it is the region's, without segment it is for all segments. A change is a
    new version beside the old; no amount is ever computed over.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="budgets")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leeg: voor de hele regio.",
    )
    # The code within the scheme of the year (a scheme keeps its codes, see segments.Segment).
    segment = models.CharField(
        "segment", max_length=20, blank=True, help_text="Leeg: voor alle segmenten samen."
    )
    lot = models.ForeignKey(
        Lot, verbose_name="perceel", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", help_text="Leeg: niet naar percelen verdeeld.",
    )  # fmt: skip
    subject = models.CharField("onderwerp", max_length=120, default=DEFAULT_SUBJECT)
    kind = models.CharField(
        "soort", max_length=8, choices=BudgetKind, default=BudgetKind.CARE_IN_KIND
    )
    year = models.PositiveSmallIntegerField("jaar")
    half = models.PositiveSmallIntegerField(
        "halfjaar", choices=HalfOf, null=True, blank=True, help_text="Leeg: voor het hele jaar."
    )
    version = models.PositiveSmallIntegerField("versie", default=1)
    status = models.CharField("stand", max_length=8, choices=BudgetStatus)
    amount = models.DecimalField("bedrag in euro", max_digits=14, decimal_places=2)
    circa = models.BooleanField("circa", default=False)
    rounding = models.CharField("afgerond", max_length=9, choices=Rounding, default=Rounding.EXACT)
    scope = models.TextField("wat erin zit en wat niet", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False)
    # The intake run that brought it, where it came in as a file.
    intake_run = models.IntegerField(null=True, blank=True, editable=False)
    recorded_at = models.DateTimeField("vastgelegd op", default=clock.now, editable=False)

    class Meta:
        verbose_name = "begroting"
        verbose_name_plural = "begrotingen"
        ordering = ["-year", "municipality__name", "segment", "subject", "half", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "region", "municipality", "segment", "lot", "subject", "kind", "year",
                    "half", "version",
                ],
                name="finance_budget_version_once",
                nulls_distinct=False,
                violation_error_message=(
                    "Deze begroting is al vastgelegd. Leg een wijziging vast als nieuwe versie."
                ),
            ),
            models.CheckConstraint(
                name="finance_budget_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message="Een begroting is niet lager dan nul.",
            ),
            models.CheckConstraint(
                name="finance_budget_half_is_1_or_2",
                condition=Q(half__isnull=True) | Q(half__in=(1, 2)),
            ),
            models.CheckConstraint(
                name="finance_budget_only_later_versions_amend",
                condition=~Q(status=BudgetStatus.AMENDED) | Q(version__gt=1),
                violation_error_message="Een eerste versie kan geen wijziging zijn.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["region", "year"], name="finance_budget_year")]

    def __str__(self) -> str:
        return f"{self.subject} {self.period_label}, {self.place_label}"

    @property
    def period_label(self) -> str:
        return f"{self.year}-H{self.half}" if self.half else str(self.year)

    @property
    def place_label(self) -> str:
        place = self.municipality.name if self.municipality else "hele regio"
        if self.lot:
            place = f"{place}, perceel {self.lot.code}"
        return f"{place}, segment {self.segment}" if self.segment else place

    @property
    def is_decided(self) -> bool:
        return self.status in BudgetStatus.DECIDED

    @property
    def shown(self) -> str:
        """The amount as precisely as its document gives it: no cents behind rounded millions."""
        return as_given(self.amount, self.rounding, circa=self.circa)

    @property
    def about(self) -> str:
        """Subject, with the kind where the subject does not say it."""
        kind = self.get_kind_display()
        plain = self.kind == BudgetKind.CARE_IN_KIND or kind.lower() in self.subject.lower()
        return self.subject if plain else f"{self.subject} ({kind})"

    @property
    def step(self) -> Decimal:
        """What the amount is rounded to."""
        steps = {Rounding.THOUSANDS: Decimal(1000), Rounding.MILLIONS: Decimal(1_000_000)}
        return steps.get(Rounding(self.rounding), Decimal("0.01"))
