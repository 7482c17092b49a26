from django.db import models
from django.db.models import F, Q

from core.audit import audited
from core.documents.models import Document

from ..enums.contracts import (
    BespokeSubject,
    ClauseKind,
    ObligationState,
    SanctionKind,
    SanctionState,
)
from .contracts import Contract
from .dated import Dated, ends_after_start
from .lots import Lot


@audited()
class Clause(Dated):
    """A clause of a contract, such as 'no subcontractors' or a performance indicator."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="clauses")
    kind = models.CharField("soort", max_length=20, choices=ClauseKind, default=ClauseKind.OTHER)
    title = models.CharField("titel", max_length=160)
    text = models.TextField("tekst")
    section = models.ForeignKey(
        "procurement.PlanSection",
        verbose_name="bepaling in de contracttekst",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contract_clauses",
    )
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "clausule"
        verbose_name_plural = "clausules"
        ordering = ["contract", "title"]
        constraints = [ends_after_start("procurement_clause_validity")]

    def __str__(self) -> str:
        return self.title


@audited()
class Obligation(Dated):
    """What the provider (or the region) has promised to do by a day, and whether it was done."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="obligations")
    title = models.CharField("verplichting", max_length=200)
    text = models.TextField("toelichting", blank=True)
    due = models.DateField("uiterlijk op", null=True, blank=True)
    state = models.CharField(
        "stand", max_length=12, choices=ObligationState, default=ObligationState.SCHEDULED
    )
    proof = models.TextField("waaruit dat blijkt", blank=True)
    judged_on = models.DateField("beoordeeld op", null=True, blank=True)

    class Meta:
        verbose_name = "verplichting"
        verbose_name_plural = "verplichtingen"
        ordering = ["contract", "due", "title"]
        constraints = [
            ends_after_start("procurement_obligation_validity"),
            models.CheckConstraint(
                name="procurement_obligation_met_with_proof",
                condition=Q(state__in=["scheduled", "not_met"]) | ~Q(proof=""),
                violation_error_message="Schrijf op waaruit blijkt dat dit is nagekomen.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return ObligationState(self.state).tone


@audited()
class TransformationAgreement(Dated):
    """A binding agreement on transformation: from a baseline to a target on a day."""

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="transformation_agreements"
    )
    title = models.CharField("afspraak", max_length=200)
    unit = models.CharField("eenheid", max_length=40)
    baseline = models.DecimalField("nulmeting", max_digits=14, decimal_places=2)
    baseline_on = models.DateField("gemeten op")
    target = models.DecimalField("doel", max_digits=14, decimal_places=2)
    target_on = models.DateField("te bereiken op")
    indicator_code = models.CharField("code van de indicator", max_length=40, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "transformatieafspraak"
        verbose_name_plural = "transformatieafspraken"
        ordering = ["contract", "target_on", "title"]
        constraints = [
            ends_after_start("procurement_transformation_validity"),
            models.CheckConstraint(
                name="procurement_transformation_after_baseline",
                condition=Q(target_on__gt=F("baseline_on")),
                violation_error_message="Het doel ligt na de nulmeting.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@audited()
class BespokeAgreement(Dated):
    """What was agreed with this provider only, different from the standard (seed 002)."""

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="bespoke_agreements"
    )
    subject = models.CharField("onderwerp", max_length=12, choices=BespokeSubject)
    title = models.CharField("titel", max_length=160)
    text = models.TextField("afspraak")
    reason = models.TextField("waarom dit afwijkt")

    class Meta:
        verbose_name = "maatwerkafspraak"
        verbose_name_plural = "maatwerkafspraken"
        ordering = ["contract", "title"]
        constraints = [ends_after_start("procurement_bespoke_validity")]

    def __str__(self) -> str:
        return self.title


@audited()
class AvailabilityFee(Dated):
    """What is paid for keeping places available, used or not (crisis beds)."""

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="availability_fees"
    )
    lot = models.ForeignKey(
        Lot, verbose_name="perceel", null=True, blank=True, on_delete=models.PROTECT
    )
    title = models.CharField("waarvoor", max_length=160)
    places = models.PositiveSmallIntegerField("aantal plaatsen", null=True, blank=True)
    amount = models.DecimalField("bedrag per jaar", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "beschikbaarheidsvergoeding"
        verbose_name_plural = "beschikbaarheidsvergoedingen"
        ordering = ["contract", "title"]
        constraints = [
            ends_after_start("procurement_availability_validity"),
            models.CheckConstraint(
                name="procurement_availability_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Het bedrag is groter dan nul.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@audited()
class Sanction(models.Model):
    """A sanction under the contract standard (art. 3.19), from intention to lifting."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField("sanctie", max_length=10, choices=SanctionKind)
    ground = models.TextField("grond")
    starts_on = models.DateField("gaat in op")
    ends_on = models.DateField("duurt tot", null=True, blank=True)
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=2, null=True, blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=SanctionState, default=SanctionState.INTENDED
    )
    letter = models.ForeignKey(
        Document, verbose_name="brief", null=True, blank=True, on_delete=models.SET_NULL
    )

    class Meta:
        verbose_name = "sanctie"
        verbose_name_plural = "sancties"
        ordering = ["contract", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="procurement_sanction_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
            models.CheckConstraint(
                name="procurement_sanction_cut_is_temporary",
                condition=~Q(kind="cut") | Q(ends_on__isnull=False),
                violation_error_message="Noem bij minder betalen ook de laatste dag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def tone(self) -> str:
        return SanctionState(self.state).tone
