"""How a region chooses a funding form and a procedure per segment: criteria, judgement, reason."""

from django.db import models

from core.audit import audited
from segments.enums import FundingForm
from segments.models import Segment, SegmentScheme

from ..enums.choices import (
    FUNDING_CHOICE,
    PROCEDURE_CHOICE,
    ChoiceState,
    MarketSubject,
    ProcedureKind,
    ShareBase,
)


@audited()
class FundingCriterion(models.Model):
    """A criterion that, when it applies, speaks for one funding form."""

    scheme = models.ForeignKey(
        SegmentScheme, on_delete=models.CASCADE, related_name="funding_criteria"
    )
    code = models.CharField("code", max_length=10)
    text = models.CharField("criterium", max_length=200)
    favours = models.CharField("pleit voor", max_length=12, choices=FundingForm)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "criterium voor bekostiging"
        verbose_name_plural = "criteria voor bekostiging"
        ordering = ["scheme", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="procurement_criterion_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


@audited()
class CriterionAssessment(models.Model):
    """Whether a criterion applies to a segment, and why."""

    criterion = models.ForeignKey(
        FundingCriterion, on_delete=models.CASCADE, related_name="assessments"
    )
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="assessments")
    applies = models.BooleanField("van toepassing", default=False)
    reason = models.TextField("waarom", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "toetsing aan criterium"
        verbose_name_plural = "toetsingen aan criteria"
        ordering = ["criterion", "segment"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "segment"], name="procurement_assessment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.segment}: {self.criterion}"


@audited()
class ExcludedForm(models.Model):
    """A funding form that is left out of the weighing, and why."""

    scheme = models.ForeignKey(
        SegmentScheme, on_delete=models.CASCADE, related_name="excluded_forms"
    )
    form = models.CharField("bekostigingsvorm", max_length=12, choices=FundingForm)
    reason = models.TextField("waarom niet")
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "uitgesloten bekostigingsvorm"
        verbose_name_plural = "uitgesloten bekostigingsvormen"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "form"], name="procurement_excluded_once")
        ]

    def __str__(self) -> str:
        return str(self.get_form_display())


@audited()
class FundingChoice(models.Model):
    """What people decided about the funding of a segment. Ticks suggest; this decides."""

    segment = models.OneToOneField(Segment, on_delete=models.CASCADE, related_name="funding_choice")
    form = models.CharField("richting", max_length=12, choices=FundingForm, blank=True)
    state = models.CharField(
        "stand", max_length=12, choices=ChoiceState, default=FUNDING_CHOICE.initial
    )
    scale = models.CharField("schaalgrootte", max_length=120, blank=True)
    explanation = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "keuze van bekostiging"
        verbose_name_plural = "keuzes van bekostiging"

    def __str__(self) -> str:
        return f"{self.segment}: {self.get_form_display() or 'nog open'}"


@audited()
class FundingPart(models.Model):
    """A part of a segment that gets a form of its own, and why; as far as it is stated.

    `share` is of the budget of the segment (0-1), `amount` euros per year.
    """

    choice = models.ForeignKey(FundingChoice, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField("onderdeel", max_length=200)
    form = models.CharField("bekostigingsvorm", max_length=12, choices=FundingForm, blank=True)
    share = models.DecimalField(
        "deel van het budget (0-1)", max_digits=5, decimal_places=4, null=True, blank=True
    )
    amount = models.DecimalField(
        "bedrag per jaar", max_digits=14, decimal_places=2, null=True, blank=True
    )
    reason = models.TextField("waarom", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "onderdeel met een eigen vorm"
        verbose_name_plural = "onderdelen met een eigen vorm"
        ordering = ["choice", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["choice", "name"],
                name="procurement_fundingpart_once",
                violation_error_message="Dit onderdeel staat al bij de keuze.",
            ),
            models.CheckConstraint(
                name="procurement_fundingpart_share_and_amount",
                condition=(models.Q(share__isnull=True) | models.Q(share__gt=0, share__lte=1))
                & (models.Q(amount__isnull=True) | models.Q(amount__gte=0)),
                violation_error_message=(
                    "Een deel ligt tussen 0 en 1, en een bedrag is niet negatief."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_form_display() or 'nog open'}"


@audited()
class ProcedureCriterion(models.Model):
    """A criterion in the weighing of procedures, with its weight."""

    scheme = models.ForeignKey(
        SegmentScheme, on_delete=models.CASCADE, related_name="procedure_criteria"
    )
    number = models.PositiveSmallIntegerField("nummer")
    text = models.CharField("criterium", max_length=250)
    weight = models.PositiveSmallIntegerField("gewicht", default=1)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "criterium voor procedure"
        verbose_name_plural = "criteria voor procedure"
        ordering = ["scheme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "number"], name="procurement_procedurecriterion_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


@audited()
class ProcedureWeighing(models.Model):
    """What a criterion says of a segment and for which procedure that speaks."""

    criterion = models.ForeignKey(
        ProcedureCriterion, on_delete=models.CASCADE, related_name="weighings"
    )
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="weighings")
    finding = models.TextField("bevinding")
    favours = models.CharField("pleit voor", max_length=12, choices=ProcedureKind, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "weging van procedure"
        verbose_name_plural = "wegingen van procedures"
        ordering = ["criterion", "segment"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "segment"], name="procurement_weighing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.segment}: {self.criterion}"


@audited()
class ProcedureChoice(models.Model):
    """Which procedure a segment gets, and where one may turn when it cannot be carried out."""

    segment = models.OneToOneField(
        Segment, on_delete=models.CASCADE, related_name="procedure_choice"
    )
    kind = models.CharField("procedure", max_length=12, choices=ProcedureKind, blank=True)
    state = models.CharField(
        "stand", max_length=12, choices=ChoiceState, default=PROCEDURE_CHOICE.initial
    )
    considerations = models.TextField("overwegingen", blank=True)
    explanation = models.TextField("toelichting", blank=True)
    fallback = models.TextField("uitwijken als het niet haalbaar is", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "keuze van procedure"
        verbose_name_plural = "keuzes van procedures"

    def __str__(self) -> str:
        return f"{self.segment}: {self.get_kind_display() or 'nog open'}"


@audited()
class MarketFact(models.Model):
    """What a document states about the market of a segment. A share names its base."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="market_facts")
    subject = models.CharField("onderwerp", max_length=10, choices=MarketSubject)
    text = models.CharField("feit", max_length=300)
    providers = models.PositiveSmallIntegerField("aanbieders", null=True, blank=True)
    share = models.DecimalField(
        "aandeel (0-1)", max_digits=5, decimal_places=4, null=True, blank=True
    )
    share_base = models.CharField("waarvan", max_length=10, choices=ShareBase, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "feit over de markt"
        verbose_name_plural = "feiten over de markt"
        ordering = ["segment", "subject", "pk"]
        constraints = [
            models.CheckConstraint(
                name="procurement_marketfact_share_has_base",
                condition=models.Q(share__isnull=True)
                | (models.Q(share__range=(0, 1)) & ~models.Q(share_base="")),
                violation_error_message="Zeg bij een aandeel waarvan het een aandeel is.",
            ),
            models.UniqueConstraint(fields=["segment", "text"], name="procurement_fact_once"),
        ]

    def __str__(self) -> str:
        return self.text
