from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from core import clock
from core.audit import audited
from core.documents.models import DocumentVersion
from providers.enums_supply import StopGround
from providers.models import ClientStop, Provider
from regions.models.region import DateRange

from ..enums.cases import MeasureKind
from .cases import Case


@audited()
class Measure(models.Model):
    """An immediate measure in a case, at any moment and apart from its step.

    `ends_on` is the first day on which it no longer holds. `product_code` empty: all care.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField("maatregel", max_length=16, choices=MeasureKind)
    product_code = models.CharField("product", max_length=5, blank=True)
    starts_on = models.DateField("vanaf", default=clock.today)
    reason = models.TextField("reden")
    ends_on = models.DateField("tot", null=True, blank=True)
    end_reason = models.TextField("reden van het einde", blank=True)
    # Of a client stop: the stop that it made in the supply that referrers and providers see.
    ground = models.CharField("grond", max_length=10, choices=StopGround, blank=True)
    client_stop = models.OneToOneField(
        ClientStop, on_delete=models.SET_NULL, null=True, blank=True, related_name="measure",
        editable=False,
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "maatregel"
        verbose_name_plural = "maatregelen"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="monitoring_measure_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="monitoring_measure_ends_with_reason",
                condition=Q(ends_on__isnull=True, end_reason="")
                | Q(ends_on__gte=F("starts_on")) & ~Q(end_reason=""),
                violation_error_message="Het einde ligt voor het begin, of de reden ontbreekt.",
            ),
            ExclusionConstraint(
                name="monitoring_measure_no_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("product_code", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze maatregel loopt al in die periode.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)

    @property
    def is_running(self) -> bool:
        return self.holds_on(clock.today())


@audited()
class Letter(models.Model):
    """A letter or report of a case, kept exactly as it went out: as DOCX and as PDF."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    subject = models.CharField("onderwerp", max_length=160)
    body = models.TextField("tekst")
    sent_on = models.DateField("verstuurd op", default=clock.today)
    to_provider = models.BooleanField("aan de aanbieder", default=True)
    docx = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        ordering = ["sent_on", "pk"]

    def __str__(self) -> str:
        return self.subject


@audited()
class PhaseOutPlan(models.Model):
    """How the care of a large provider is gradually taken over by others."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="phase_out")
    plan = models.TextField("hoe wordt de hulp overgedragen")
    clients_at_start = models.PositiveIntegerField("jeugdigen bij het begin")
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("klaar op")

    class Meta:
        verbose_name = "uitfaseringsplan"
        verbose_name_plural = "uitfaseringsplannen"
        constraints = [
            models.CheckConstraint(
                name="monitoring_phaseout_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message="Het einde ligt niet na het begin.",
            )
        ]

    def __str__(self) -> str:
        return f"Uitfasering {self.case.provider}"


@audited()
class PhaseOutStep(models.Model):
    """How many youths are still with the provider on a day: planned, and counted when known."""

    plan = models.ForeignKey(PhaseOutPlan, on_delete=models.CASCADE, related_name="steps")
    day = models.DateField("op")
    planned = models.PositiveIntegerField("gepland aantal jeugdigen")
    counted = models.PositiveIntegerField("geteld aantal jeugdigen", null=True, blank=True)

    class Meta:
        verbose_name = "stap in de uitfasering"
        verbose_name_plural = "stappen in de uitfasering"
        ordering = ["plan", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "day"],
                name="monitoring_phaseout_day_once",
                violation_error_message="Voor deze dag staat er al een aantal.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.planned}"


@audited()
class Alternative(models.Model):
    """Another provider that takes over care, and for how many youths."""

    plan = models.ForeignKey(PhaseOutPlan, on_delete=models.CASCADE, related_name="alternatives")
    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.PROTECT, related_name="+"
    )
    places = models.PositiveIntegerField("voor hoeveel jeugdigen")
    from_day = models.DateField("vanaf")
    note = models.CharField("afspraak", max_length=200, blank=True)

    class Meta:
        verbose_name = "alternatief"
        verbose_name_plural = "alternatieven"
        ordering = ["plan", "from_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "provider"],
                name="monitoring_alternative_once",
                violation_error_message="Deze aanbieder staat al in de lijst.",
            )
        ]

    def __str__(self) -> str:
        return str(self.provider)
