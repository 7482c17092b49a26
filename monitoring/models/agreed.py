"""The small set of indicators that was agreed, in versions (003:L540-542, 001:L598-601)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from core.audit import audited
from procurement.models import Clause, Contract, SchemePhase
from providers.models import Provider
from regions.models import Region
from segments.enums import TargetDirection, TargetKind
from segments.models import IndicatorDefinition, Segment, SegmentGoal

from ..enums.agreed import Frequency, Supplier, VersionState

DATED = Q(holds_from__isnull=False, agreed_on__isnull=False)


@audited()
class AgreedSet(models.Model):
    """By which indicators a segment is followed: with everybody, one provider, or in a contract.

    The most precise one counts: of the contract, else of the provider, else of the segment.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="agreed_sets")
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.PROTECT, related_name="agreed_sets"
    )
    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.PROTECT, null=True, blank=True,
        related_name="agreed_sets",
    )  # fmt: skip
    contract = models.ForeignKey(
        Contract, verbose_name="contract", on_delete=models.PROTECT, null=True, blank=True,
        related_name="agreed_sets",
    )  # fmt: skip
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "afgesproken set"
        verbose_name_plural = "afgesproken sets"
        ordering = ["segment__order", "segment__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "provider", "contract"],
                nulls_distinct=False,
                name="monitoring_agreed_set_once",
                violation_error_message="Hiervoor is er al een set: wijzig die.",
            ),
            models.CheckConstraint(
                name="monitoring_agreed_contract_has_provider",
                condition=Q(contract__isnull=True) | Q(provider__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment}, {self.party}"

    @property
    def party(self) -> str:
        """With whom it was agreed."""
        if self.contract is not None:
            return f"contract {self.contract.number} met {self.provider}"
        return str(self.provider) if self.provider is not None else "alle aanbieders"


@audited()
class AgreedVersion(models.Model):
    """What was agreed from a day on. A change is a next version; this one stays as it was."""

    agreed_set = models.ForeignKey(AgreedSet, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("versie", editable=False)
    holds_from = models.DateField("geldt vanaf", null=True, blank=True)
    agreed_on = models.DateField("afgesproken op", null=True, blank=True)
    agreed_with = models.CharField("met wie", max_length=300, blank=True)
    reason = models.TextField("wat er veranderde en waarom", blank=True)
    state = models.CharField(
        "stand", max_length=8, choices=VersionState, default=VersionState.DRAFT, editable=False
    )

    class Meta:
        verbose_name = "versie van de set"
        verbose_name_plural = "versies van de set"
        ordering = ["agreed_set", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreed_set", "number"], name="monitoring_agreed_version_number"
            ),
            models.UniqueConstraint(
                fields=["agreed_set"],
                condition=Q(state=VersionState.DRAFT),
                name="monitoring_agreed_one_draft",
                violation_error_message="Er is al een concept van deze set.",
            ),
            models.UniqueConstraint(
                fields=["agreed_set", "holds_from"],
                name="monitoring_agreed_from_one_day",
                violation_error_message="Vanaf die dag geldt al een andere versie.",
            ),
            models.CheckConstraint(
                name="monitoring_agreed_is_dated", condition=Q(state=VersionState.DRAFT) | DATED
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="agreed_version_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'agreed' AND OLD.* IS DISTINCT FROM NEW.*"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreed_set}, versie {self.number}"

    @property
    def tone(self) -> str:
        return VersionState(self.state).tone

    @property
    def title(self) -> str:
        return f"Versie {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT


@audited()
class AgreedIndicator(models.Model):
    """One indicator of a version, by the definition that held when it was agreed.

    `baseline` is in the unit of the indicator (a share between 0 and 1). It is measured when the
    version is agreed, unless somebody wrote it down.
    """

    version = models.ForeignKey(AgreedVersion, on_delete=models.CASCADE, related_name="rows")
    indicator = models.ForeignKey(
        IndicatorDefinition, verbose_name="indicator", on_delete=models.PROTECT, related_name="+"
    )
    goal = models.ForeignKey(
        SegmentGoal, verbose_name="welk doel volgt dit", on_delete=models.PROTECT, null=True,
        blank=True, related_name="+",
    )  # fmt: skip
    why = models.TextField("waarom deze, als geen doel erbij hoort", blank=True)
    in_numbers = models.TextField("hoe gemeten in cijfers", blank=True)
    in_words = models.TextField("hoe gevolgd in woorden", blank=True)
    frequency = models.CharField(
        "hoe vaak", max_length=10, choices=Frequency, default=Frequency.HALF_YEAR
    )
    supplier = models.CharField(
        "wie levert het cijfer", max_length=8, choices=Supplier, default=Supplier.MESSAGES
    )
    clause = models.ForeignKey(
        Clause, verbose_name="clausule van het contract", on_delete=models.PROTECT, null=True,
        blank=True, related_name="agreed_indicators",
    )  # fmt: skip
    clause_text = models.CharField("bepaling in de modelovereenkomst", max_length=200, blank=True)
    guard = models.ForeignKey(
        IndicatorDefinition, verbose_name="bewaakt door", on_delete=models.PROTECT, null=True,
        blank=True, related_name="+",
    )  # fmt: skip
    guard_note = models.TextField("wat die bewaakt, of waarom er geen is", blank=True)
    baseline = models.DecimalField(
        "nulmeting", max_digits=16, decimal_places=4, null=True, blank=True
    )
    baseline_on = models.DateField("nulmeting van", null=True, blank=True)
    baseline_cases = models.PositiveIntegerField(
        "aantal waarop de nulmeting rust", null=True, blank=True
    )
    baseline_assumed = models.BooleanField("nulmeting is een aanname", default=False)
    baseline_note = models.CharField("bij de nulmeting", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "afgesproken indicator"
        verbose_name_plural = "afgesproken indicatoren"
        ordering = ["version", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "indicator"],
                name="monitoring_agreed_indicator_once",
                violation_error_message="Deze indicator staat al in de set.",
            ),
            models.CheckConstraint(
                name="monitoring_agreed_guard_is_another",
                condition=Q(guard__isnull=True) | ~Q(guard=models.F("indicator")),
                violation_error_message="Een indicator bewaakt zichzelf niet: kies een andere.",
            ),
            models.CheckConstraint(
                name="monitoring_agreed_baseline_dated",
                condition=Q(baseline__isnull=True) | Q(baseline_on__isnull=False),
                violation_error_message="Zeg van welke dag de nulmeting is.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="agreed_indicator_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
                func="""
                    IF EXISTS (SELECT 1 FROM monitoring_agreedversion
                               WHERE id = OLD.version_id AND state = 'agreed') THEN
                        RAISE EXCEPTION 'what was agreed never changes';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return str(self.indicator)


@audited()
class AgreedTarget(models.Model):
    """What an indicator is to become: in a year, in a phase of the contract, or the whole term."""

    agreed = models.ForeignKey(AgreedIndicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    phase = models.ForeignKey(
        SchemePhase, verbose_name="fase", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    kind = models.CharField(
        "soort", max_length=10, choices=TargetKind, default=TargetKind.TO_BE_SET
    )
    value = models.DecimalField("waarde", max_digits=16, decimal_places=4, null=True, blank=True)
    direction = models.CharField("richting", max_length=6, choices=TargetDirection, blank=True)
    assumed = models.BooleanField("aanname", default=False)
    text = models.CharField("in woorden", max_length=300, blank=True)

    class Meta:
        verbose_name = "afgesproken streefwaarde"
        verbose_name_plural = "afgesproken streefwaarden"
        ordering = ["agreed", "year", "phase__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreed", "year", "phase"],
                nulls_distinct=False,
                name="monitoring_agreed_target_once",
                violation_error_message="Voor dit jaar of deze fase staat er al een streefwaarde.",
            ),
            models.CheckConstraint(
                name="monitoring_agreed_target_year_or_phase",
                condition=Q(year__isnull=True) | Q(phase__isnull=True),
                violation_error_message="Kies een jaar of een fase, niet beide.",
            ),
            models.CheckConstraint(
                name="monitoring_agreed_target_fits",
                condition=Q(kind=TargetKind.NUMBER, value__isnull=False)
                | (Q(kind=TargetKind.DIRECTION, value__isnull=True) & ~Q(direction=""))
                | Q(kind=TargetKind.TO_BE_SET, value__isnull=True),
                violation_error_message=(
                    "Geef een getal, of een richting, of kies 'nog te bepalen' zonder waarde."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreed}, {self.when}"

    @property
    def when(self) -> str:
        if self.year is not None:
            return str(self.year)
        return str(self.phase) if self.phase is not None else "hele looptijd"

    def is_reached(self, value: float, level: float, better: int) -> bool:
        """Whether a value is on the right side of a level: by the agreed direction, else by what
        is better (1: higher, -1: lower)."""
        way = {"up": 1, "down": -1}.get(self.direction, better or 1)
        return (value - level) * way >= 0
