from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from core.audit import audited
from providers.models import Provider
from regions.models import Region
from regions.models.region import DateRange
from segments.enums import FundingForm
from segments.models import Product, Segment

from ..enums import ContractKind, ContractStatus, PhaseKind


@audited()
class Contract(models.Model):
    """An agreement between a region and a provider: the spine on which the workflow builds."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="contracts")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField("contractnummer", max_length=40)
    name = models.CharField("naam", max_length=160, blank=True)
    kind = models.CharField("soort", max_length=12, choices=ContractKind)
    funding_form = models.CharField(
        "bekostigingsvorm", max_length=12, choices=FundingForm, blank=True
    )
    status = models.CharField(
        "stand", max_length=10, choices=ContractStatus, default=ContractStatus.ACTIVE
    )
    start_date = models.DateField("begindatum")
    end_date = models.DateField("einde (dag na de laatste)", null=True, blank=True)
    segments = models.ManyToManyField(
        Segment, verbose_name="segmenten", related_name="contracts", blank=True
    )
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "contract"
        verbose_name_plural = "contracten"
        ordering = ["provider__sort_name", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "number"],
                name="procurement_contract_number_unique",
                violation_error_message="Dit contractnummer bestaat al in de regio.",
            ),
            models.CheckConstraint(
                name="procurement_contract_ends_after_start",
                condition=Q(end_date__isnull=True) | Q(end_date__gt=F("start_date")),
                violation_error_message="Het einde van het contract ligt niet na het begin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.provider}"

    @property
    def tone(self) -> str:
        return ContractStatus(self.status).tone


@audited()
class ContractPhase(models.Model):
    """A phase of a contract. Phases of one contract follow each other without overlap."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("naam", max_length=160, blank=True)
    kind = models.CharField("soort", max_length=12, choices=PhaseKind, default=PhaseKind.TERM)
    start_date = models.DateField("begindatum")
    end_date = models.DateField("einde (dag na de laatste)")

    class Meta:
        verbose_name = "contractfase"
        verbose_name_plural = "contractfasen"
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"], name="procurement_phase_number_unique"
            ),
            models.CheckConstraint(
                name="procurement_phase_ends_after_start",
                condition=Q(end_date__gt=F("start_date")),
                violation_error_message="Het einde van de fase ligt niet na het begin.",
            ),
            ExclusionConstraint(
                name="procurement_phase_no_overlap",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    (DateRange("start_date", "end_date"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Twee fasen van dit contract overlappen elkaar.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"fase {self.number}"


@audited()
class ContractProduct(models.Model):
    """A product that a contract covers."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="products")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField("vanaf")
    valid_to = models.DateField("tot", null=True, blank=True)

    class Meta:
        verbose_name = "product in contract"
        verbose_name_plural = "producten in contract"
        ordering = ["contract", "product__code"]
        constraints = [
            models.CheckConstraint(
                name="procurement_contractproduct_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
            ExclusionConstraint(
                name="procurement_contractproduct_no_overlap",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    ("product", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} in {self.contract}"


@audited()
class SpendingCap(models.Model):
    """The most that is paid under a contract in a year (budgetplafond, CS art. 1.5)."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="caps")
    year = models.PositiveSmallIntegerField("jaar")
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=2)
    signal_share = models.DecimalField(
        "signaal bij", max_digits=4, decimal_places=3, default="0.700"
    )

    class Meta:
        verbose_name = "budgetplafond"
        verbose_name_plural = "budgetplafonds"
        ordering = ["contract", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "year"], name="procurement_cap_once_a_year"
            ),
            models.CheckConstraint(
                name="procurement_cap_positive",
                condition=Q(amount__gt=0) & Q(signal_share__gt=0) & Q(signal_share__lte=1),
                violation_error_message="Het plafond en het signaal zijn groter dan nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.year}"
