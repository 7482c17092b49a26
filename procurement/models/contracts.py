from datetime import date, timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.audit import audited
from providers.models import Provider
from regions.models import Municipality, Region
from regions.models.region import DateRange
from segments.enums import FundingForm
from segments.models import Product, Segment

from ..enums.contracts import ContractKind, ContractStatus, PhaseKind
from .dated import Dated, ends_after_start, once_at_a_time
from .lots import Lot
from .terms import Terms


@audited()
class Contract(Terms):
    """An agreement between a region and a provider.

    The row holds what was agreed last; `ContractVersion` and the dated parts tell how it read on
    another day. `status` moves by `procurement.states.CONTRACT` only.
    """

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
    municipalities = models.ManyToManyField(
        Municipality,
        verbose_name="gemeenten",
        related_name="+",
        blank=True,
        help_text="Kies niets als het contract voor alle gemeenten van de regio geldt.",
    )
    lots = models.ManyToManyField(
        Lot, verbose_name="percelen", related_name="contracts", blank=True
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="contractmanager",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
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
            models.CheckConstraint(
                name="procurement_contract_renews_by_months",
                condition=Q(renews_tacitly=False)
                | (Q(extension_months__isnull=False) & Q(end_date__isnull=False)),
                violation_error_message="Een contract dat stilzwijgend verlengt, heeft een laatste "
                "dag en een aantal maanden per verlenging.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.provider}"

    @property
    def tone(self) -> str:
        return ContractStatus(self.status).tone

    @property
    def last_day(self) -> date | None:
        return self.end_date - timedelta(days=1) if self.end_date else None


# Phases that hold on one day follow each other without a gap. Checked when a transaction ends (or
# at SET CONSTRAINTS ... IMMEDIATE), for every day on which the phases of a contract change.
PHASES_CONTIGUOUS = """
    IF EXISTS (
        SELECT FROM (
            SELECT phase.start_date, lag(phase.end_date) OVER (
                PARTITION BY moment.day ORDER BY phase.start_date) AS previous_end
            FROM (SELECT DISTINCT coalesce(valid_from, '-infinity'::date) AS day
                  FROM procurement_contractphase
                  WHERE contract_id = coalesce(NEW.contract_id, OLD.contract_id)
                  UNION SELECT valid_to FROM procurement_contractphase
                  WHERE contract_id = coalesce(NEW.contract_id, OLD.contract_id)
                    AND valid_to IS NOT NULL) moment
            JOIN procurement_contractphase phase
                ON phase.contract_id = coalesce(NEW.contract_id, OLD.contract_id)
                AND coalesce(phase.valid_from, '-infinity'::date) <= moment.day
                AND coalesce(phase.valid_to, 'infinity'::date) > moment.day
        ) held WHERE previous_end <> start_date
    ) THEN
        RAISE EXCEPTION 'phases of contract % leave a gap',
            coalesce(NEW.contract_id, OLD.contract_id)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'procurement_phase_contiguous';
    END IF;
    RETURN NULL;
"""


@audited()
class ContractPhase(Dated):
    """A phase of a contract, with its aims. Phases follow each other: no overlap and no gap."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("naam", max_length=160, blank=True)
    kind = models.CharField("soort", max_length=12, choices=PhaseKind, default=PhaseKind.TERM)
    start_date = models.DateField("begindatum")
    end_date = models.DateField("einde (dag na de laatste)")
    aims = models.JSONField("wat deze fase moet bereiken", default=list, blank=True)

    class Meta:
        verbose_name = "contractfase"
        verbose_name_plural = "contractfasen"
        ordering = ["contract", "start_date"]
        constraints = [
            once_at_a_time(
                "procurement_phase_number_once",
                "contract",
                "number",
                message="Dit contract heeft al een fase met dit nummer.",
            ),
            models.CheckConstraint(
                name="procurement_phase_ends_after_start",
                condition=Q(end_date__gt=F("start_date")),
                violation_error_message="Het einde van de fase ligt niet na het begin.",
            ),
            ends_after_start("procurement_phase_validity"),
            ExclusionConstraint(
                name="procurement_phase_no_overlap",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    (DateRange("start_date", "end_date"), RangeOperators.OVERLAPS),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Twee fasen van dit contract overlappen elkaar.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="phase_contiguous",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                level=pgtrigger.Row,
                timing=pgtrigger.Deferred,
                func=PHASES_CONTIGUOUS,
            )
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
                violation_error_message="Dit product staat in die periode al in het contract.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} in {self.contract}"


@audited()
class SpendingCap(Dated):
    """The most that is paid under a contract in a year (budgetplafond, CS art. 1.5)."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="caps")
    year = models.PositiveSmallIntegerField(
        "jaar", validators=[MinValueValidator(2015), MaxValueValidator(2100)]
    )
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=2)
    signal_share = models.DecimalField(
        "signaal bij", max_digits=4, decimal_places=3, default="0.700"
    )

    class Meta:
        verbose_name = "budgetplafond"
        verbose_name_plural = "budgetplafonds"
        ordering = ["contract", "year"]
        constraints = [
            once_at_a_time(
                "procurement_cap_once_a_year",
                "contract",
                "year",
                message="Dit contract heeft voor dit jaar al een plafond.",
            ),
            ends_after_start("procurement_cap_validity"),
            models.CheckConstraint(
                name="procurement_cap_positive",
                condition=Q(amount__gt=0) & Q(signal_share__gt=0) & Q(signal_share__lte=1),
                violation_error_message="Het plafond en het signaal zijn groter dan nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.year}"
