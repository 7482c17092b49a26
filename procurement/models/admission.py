"""Admission of a provider for a product: the open house, its requirements, evidence, judgement."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core import clock
from core.audit import audited
from core.documents.models import Document, DocumentVersion
from providers.enums import DocumentKind
from providers.models import Provider, ProviderDocument
from regions.models import Region
from regions.models.region import DateRange
from segments.models import Product, Segment

from ..enums.admission import (
    AdmissionState,
    LetterKind,
    ObjectionState,
    OpenHouseState,
    RequirementKind,
)

HIGHEST = 10


@audited()
class OpenHouse(models.Model):
    """Whether providers may apply, for a segment or (empty) for the whole region, in a period."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="open_houses")
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.CASCADE, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    state = models.CharField("stand", max_length=8, choices=OpenHouseState)
    missing = models.ManyToManyField(
        Product, verbose_name="missend aanbod", blank=True, related_name="+"
    )
    reason = models.TextField("reden", blank=True)
    valid_from = models.DateField("eerste dag")
    valid_to = models.DateField("laatste dag", null=True, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "stand van de toelating"
        verbose_name_plural = "standen van de toelating"
        ordering = ["segment__order", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="procurement_openhouse_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            ExclusionConstraint(
                name="procurement_openhouse_no_overlap",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    (
                        Coalesce(F("segment"), 0, output_field=models.BigIntegerField()),
                        RangeOperators.EQUAL,
                    ),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Voor die periode is er al een stand.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment or 'Alle segmenten'}: {self.get_state_display()}"

    @property
    def tone(self) -> str:
        return OpenHouseState(self.state).tone


@audited()
class EligibilityRequirement(models.Model):
    """What a provider must show to be admitted: for all products, a segment, or one product."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="requirements")
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.CASCADE, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    product = models.ForeignKey(
        Product, verbose_name="product", on_delete=models.CASCADE, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    code = models.CharField("code", max_length=20)
    kind = models.CharField("soort", max_length=10, choices=RequirementKind)
    text = models.TextField("eis")
    # Empty: a statement is enough.
    evidence = models.CharField("bewijsstuk", max_length=16, choices=DocumentKind, blank=True)
    least_score = models.PositiveSmallIntegerField(
        "laagste score", default=6, validators=[MaxValueValidator(HIGHEST)]
    )
    valid_from = models.DateField("eerste dag")
    valid_to = models.DateField("laatste dag", null=True, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "geschiktheidseis"
        verbose_name_plural = "geschiktheidseisen"
        ordering = ["kind", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code", "valid_from"],
                name="procurement_requirement_code_unique",
                violation_error_message="Er is al een eis met deze code vanaf deze dag.",
            ),
            models.CheckConstraint(
                name="procurement_requirement_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                name="procurement_requirement_of_one_thing",
                condition=Q(segment__isnull=True) | Q(product__isnull=True),
                violation_error_message="Kies een segment of een product, niet beide.",
            ),
            models.CheckConstraint(
                name="procurement_requirement_score_in_range",
                condition=Q(least_score__lte=HIGHEST),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:80]}"


@audited()
class Admission(models.Model):
    """A provider applies to deliver a product (R6: per provider and product)."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="admissions")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="admissions")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="admissions")
    state = models.CharField(
        "stand", max_length=12, choices=AdmissionState, default=AdmissionState.DRAFT,
        editable=False,
    )  # fmt: skip
    # The round of judgement: a new one begins when an admission is assessed again.
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    plan = models.TextField("plan van aanpak", blank=True)
    applied_on = models.DateField("aangevraagd op", null=True, blank=True, editable=False)
    supplement_due = models.DateField("aanvulling uiterlijk", null=True, blank=True, editable=False)
    decided_on = models.DateField("besluit op", null=True, blank=True, editable=False)
    conditions = models.TextField("voorwaarden", blank=True, editable=False)
    conditions_due = models.DateField(
        "voorwaarden uiterlijk", null=True, blank=True, editable=False
    )
    valid_to = models.DateField("geldig tot en met", null=True, blank=True)
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "toelating"
        verbose_name_plural = "toelatingen"
        ordering = ["provider__sort_name", "product__code", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "product"],
                condition=Q(state__in=[*AdmissionState.UNDER_WAY, *AdmissionState.IN_FORCE]),
                name="procurement_admission_one_at_a_time",
                violation_error_message=(
                    "Voor deze aanbieder en dit product loopt al een toelating."
                ),
            ),
            models.CheckConstraint(
                name="procurement_admission_supplement_has_a_term",
                condition=~Q(state="supplement") | Q(supplement_due__isnull=False),
            ),
            models.CheckConstraint(
                name="procurement_admission_conditions_are_written",
                condition=~Q(state="conditional") | ~Q(conditions=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}, {self.product}"

    @property
    def tone(self) -> str:
        return AdmissionState(self.state).tone


@audited()
class Evidence(models.Model):
    """What an applicant shows for one requirement: a statement, a document of the file, or both."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="evidence")
    requirement = models.ForeignKey(
        EligibilityRequirement, on_delete=models.PROTECT, related_name="+"
    )
    statement = models.TextField("verklaring", blank=True)
    endorsed = models.BooleanField("wij voldoen hieraan", default=False)
    document = models.ForeignKey(
        ProviderDocument,
        verbose_name="bewijsstuk",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )

    class Meta:
        verbose_name = "bewijsstuk"
        verbose_name_plural = "bewijsstukken"
        ordering = ["admission", "requirement__kind", "requirement__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "requirement"], name="procurement_evidence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement.code} bij {self.admission}"

    def holds_on(self, day: date) -> bool:
        """Whether it shows enough on a day: said yes, and a valid document where one is asked."""
        if not self.endorsed:
            return False
        if not self.requirement.evidence:
            return True
        return self.document is not None and self.document.is_valid_on(day)


@audited()
class AdmissionJudgement(models.Model):
    """The score of one person for one requirement, in one round of judgement."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="judgements")
    requirement = models.ForeignKey(
        EligibilityRequirement, on_delete=models.PROTECT, related_name="+"
    )
    round = models.PositiveSmallIntegerField()
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    score = models.PositiveSmallIntegerField("score", validators=[MaxValueValidator(HIGHEST)])
    motivation = models.TextField("motivering")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "oordeel"
        verbose_name_plural = "oordelen"
        ordering = ["admission", "requirement__kind", "requirement__code", "assessor"]
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "requirement", "round", "assessor"],
                name="procurement_judgement_once_a_person",
            ),
            models.CheckConstraint(
                name="procurement_judgement_is_motivated",
                condition=Q(score__lte=HIGHEST) & ~Q(motivation=""),
                violation_error_message="Een oordeel heeft een motivering.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement.code}: {self.score}"


@audited()
class AdmissionLetter(models.Model):
    """A letter as it was sent: DOCX and PDF, never changed."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField("soort", max_length=10, choices=LetterKind)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    pdf = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    docx = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField("verzonden op")

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.admission}"


@audited()
class AdmissionObjection(models.Model):
    """An objection against a decision on an admission."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="objections")
    letter = models.ForeignKey(AdmissionLetter, on_delete=models.PROTECT, related_name="objections")
    received_on = models.DateField("ontvangen op")
    grounds = models.TextField("gronden")
    decide_by = models.DateField("beslissen uiterlijk")
    decided_on = models.DateField("beslist op", null=True, blank=True, editable=False)
    state = models.CharField(
        "stand", max_length=12, choices=ObjectionState, default=ObjectionState.OPEN,
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = "bezwaar"
        verbose_name_plural = "bezwaren"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(state="open"),
                name="procurement_objection_one_open",
                violation_error_message="Tegen dit besluit loopt al een bezwaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"bezwaar van {self.admission.provider}"

    @property
    def tone(self) -> str:
        return ObjectionState(self.state).tone
