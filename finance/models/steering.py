"""Money beside the budgets: income, indications, volumes, shifts and settlements."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.audit import audited
from procurement.models import Contract, Lot
from providers.models import Provider
from regions.models import Municipality, Region

from ..enums import IncomeStatus, SettlementState, ShiftState
from .budgets import Budget

YEARS = (MinValueValidator(2000), MaxValueValidator(2100))


class Yearly(models.Model):
    """What a document says of a year of a region, exactly as it says it."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField("jaar", validators=YEARS)
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        abstract = True


@audited()
class IncomeFromState(Yearly):
    """What the state gives for youth care in a year, by one circular. A later circular is a row
    beside it; the last one counts. Indexation is what the circular itself names."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", help_text="Leeg: alle gemeenten van de regio samen.",
    )  # fmt: skip
    circular = models.CharField("circulaire", max_length=80)
    dated = models.DateField("datum van de circulaire", null=True, blank=True)
    amount = models.DecimalField("bedrag in euro", max_digits=14, decimal_places=2)
    indexation = models.DecimalField(
        "indexering daarin (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    status = models.CharField("stand", max_length=10, choices=IncomeStatus)
    circa = models.BooleanField("circa", default=False)

    class Meta:
        verbose_name = "inkomst van het Rijk"
        verbose_name_plural = "inkomsten van het Rijk"
        ordering = ["-year", "municipality__name", F("dated").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality", "year", "circular"],
                nulls_distinct=False,
                name="finance_income_once",
                violation_error_message="Deze circulaire staat er al voor dit jaar.",
            ),
            models.CheckConstraint(
                name="finance_income_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message="Een inkomst is niet lager dan nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circular}, {self.year}"


@audited()
class ProviderIndication(Yearly):
    """A budget indication: what a provider may count on in a year. No guarantee and no ceiling."""

    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.CASCADE, related_name="indications"
    )
    segment = models.CharField("segment", max_length=20, blank=True, help_text="Leeg: alle.")
    amount = models.DecimalField("bedrag in euro", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "budgetindicatie"
        verbose_name_plural = "budgetindicaties"
        ordering = ["-year", "provider__sort_name", "segment"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "provider", "segment", "year"],
                name="finance_indication_once",
                violation_error_message="Deze aanbieder heeft al een indicatie voor dit jaar.",
            ),
            models.CheckConstraint(
                name="finance_indication_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Het bedrag is groter dan nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}, {self.year}"


@audited()
class VolumeTarget(Yearly):
    """Volume steering: how many trajectories an access team means to let begin in a year."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="+"
    )
    segment = models.CharField("segment", max_length=20, blank=True, help_text="Leeg: alle.")
    most = models.PositiveIntegerField("trajecten die beginnen, ten hoogste")

    class Meta:
        verbose_name = "volumeafspraak"
        verbose_name_plural = "volumeafspraken"
        ordering = ["-year", "municipality__name", "segment"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality", "segment", "year"],
                name="finance_volume_once",
                violation_error_message="Deze gemeente heeft al een afspraak voor dit jaar.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.year}"


@audited()
class ShiftRule(models.Model):
    """The right to shift money between lots (verschuivingsrecht): from where, to where, how much
    of the given amount in a year, and who decides."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="shift_rules")
    name = models.CharField("naam", max_length=120)
    first_year = models.PositiveSmallIntegerField("van jaar", validators=YEARS)
    last_year = models.PositiveSmallIntegerField(
        "tot en met jaar", validators=YEARS, null=True, blank=True
    )
    from_lot = models.ForeignKey(
        Lot, verbose_name="uit perceel", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", help_text="Leeg: uit elk perceel.",
    )  # fmt: skip
    to_lot = models.ForeignKey(
        Lot, verbose_name="naar perceel", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", help_text="Leeg: naar elk perceel.",
    )  # fmt: skip
    most_percent = models.DecimalField(
        "ten hoogste (% van het gegeven bedrag)", max_digits=5, decimal_places=2
    )
    decided_by = models.CharField("wie besluit", max_length=160)
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "verschuivingsregel"
        verbose_name_plural = "verschuivingsregels"
        ordering = ["first_year", "name"]
        constraints = [
            models.CheckConstraint(
                name="finance_shiftrule_percent",
                condition=Q(most_percent__gt=0, most_percent__lte=100),
                violation_error_message="Een percentage ligt boven 0 en niet boven 100.",
            ),
            models.CheckConstraint(
                name="finance_shiftrule_years_in_order",
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                violation_error_message="Het laatste jaar ligt niet voor het eerste.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def holds_in(self, year: int) -> bool:
        return self.first_year <= year <= (self.last_year or 9999)


@audited()
class BudgetShift(models.Model):
    """Money that moves from one given budget to another in the same year. The given amounts stay;
    what holds is the given amount with the shifts that were agreed."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="budget_shifts")
    rule = models.ForeignKey(
        ShiftRule, verbose_name="regel", on_delete=models.PROTECT, related_name="shifts"
    )
    from_budget = models.ForeignKey(
        Budget, verbose_name="uit begroting", on_delete=models.PROTECT, related_name="shifted_out"
    )
    to_budget = models.ForeignKey(
        Budget, verbose_name="naar begroting", on_delete=models.PROTECT, related_name="shifted_in"
    )
    amount = models.DecimalField("bedrag in euro", max_digits=14, decimal_places=2)
    reason = models.TextField("reden")
    state = models.CharField(
        "stand", max_length=10, choices=ShiftState, default=ShiftState.PROPOSED, editable=False
    )
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "verschuiving"
        verbose_name_plural = "verschuivingen"
        ordering = ["-from_budget__year", "pk"]
        constraints = [
            models.CheckConstraint(
                name="finance_shift_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Het bedrag is groter dan nul.",
            ),
            models.CheckConstraint(
                name="finance_shift_between_two",
                condition=~Q(from_budget=F("to_budget")),
                violation_error_message="Kies twee verschillende begrotingen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_budget} naar {self.to_budget}"


@audited()
class Settlement(models.Model):
    """How a task-based contract is settled over a year, for one segment.

    The agreed amount and the availability fees are owed; instalments were paid. What was delivered
    may differ by the margin without consequence; what lies beyond it is settled.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="settlements")
    contract = models.ForeignKey(
        Contract, verbose_name="contract", on_delete=models.PROTECT, related_name="settlements"
    )
    segment = models.CharField("segment", max_length=20)
    year = models.PositiveSmallIntegerField("jaar", validators=YEARS)
    agreed = models.DecimalField("afgesproken bedrag", max_digits=14, decimal_places=2)
    margin = models.DecimalField(
        "bandbreedte (%)", max_digits=5, decimal_places=2, default=Decimal(0),
        help_text="Zoveel mag de geleverde hulp afwijken van de afspraak, omhoog en omlaag.",
    )  # fmt: skip
    delivered = models.DecimalField(
        "waarde van de geleverde hulp", max_digits=14, decimal_places=2, null=True, blank=True,
        help_text="Leeg: nog niet bekend; dan wordt alleen het afgesproken bedrag verrekend.",
    )  # fmt: skip
    note = models.TextField("toelichting", blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=SettlementState, default=SettlementState.DRAFT,
        editable=False,
    )  # fmt: skip
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "afrekening"
        verbose_name_plural = "afrekeningen"
        ordering = ["-year", "contract__provider__sort_name", "segment"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "segment", "year"],
                name="finance_settlement_once",
                violation_error_message="Deze afrekening is er al.",
            ),
            models.CheckConstraint(
                name="finance_settlement_amounts",
                condition=Q(agreed__gte=0, margin__range=(0, 100))
                & (Q(delivered__isnull=True) | Q(delivered__gte=0)),
                violation_error_message="Bedragen zijn niet lager dan nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}, segment {self.segment}, {self.year}"
