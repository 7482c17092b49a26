"""What says whether a provider can be relied on: incidents, business figures, documents."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.audit import audited
from core.documents.models import Document
from regions.models import Region

from ..enums import DocumentKind, IncidentKind, IncidentState
from .provider import Provider


@audited()
class ProviderIncident(models.Model):
    """A calamity, a supervisor's measure or other thing that a provider has to tell.

    Nothing about a client: who it befell is not the region's to know.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="incidents")
    kind = models.CharField("soort", max_length=16, choices=IncidentKind)
    title = models.CharField("wat er is gebeurd", max_length=200)
    description = models.TextField("toelichting", blank=True)
    supervisor = models.CharField("toezichthouder", max_length=120, blank=True)
    known_on = models.DateField("bij de aanbieder bekend op")
    reported_on = models.DateField("gemeld aan de regio op", null=True, blank=True)
    follow_up_on = models.DateField("opvolgen op", null=True, blank=True)
    state = models.CharField(
        "stand", max_length=8, choices=IncidentState, default=IncidentState.OPEN, editable=False
    )

    class Meta:
        verbose_name = "incident"
        verbose_name_plural = "incidenten"
        ordering = ["-known_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="providers_incident_reported_after_known",
                condition=Q(reported_on__isnull=True) | Q(reported_on__gte=F("known_on")),
                violation_error_message="De melding ligt voor de dag waarop het bekend was.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return IncidentState(self.state).tone

    @property
    def report_due(self) -> date | None:
        """The last day on which the provider is in time; None where the standard sets no term."""
        days = IncidentKind.REPORT_DAYS.get(self.kind)
        return None if days is None else self.known_on + timedelta(days=days)

    @property
    def days_late(self) -> int:
        """How many days after its term the provider told; 0 when in time or not told yet."""
        due = self.report_due
        if due is None or self.reported_on is None:
            return 0
        return max(0, (self.reported_on - due).days)


@audited()
class BusinessYear(models.Model):
    """Figures of one book year of a provider, in euros, as its accounts or the NZa give them."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="business_years")
    year = models.PositiveSmallIntegerField("boekjaar", validators=[MinValueValidator(2000)])
    revenue = models.DecimalField("omzet", max_digits=14, decimal_places=2)
    result = models.DecimalField("resultaat", max_digits=14, decimal_places=2)
    current_assets = models.DecimalField(
        "vlottende activa", max_digits=14, decimal_places=2, null=True, blank=True
    )
    current_liabilities = models.DecimalField(
        "kortlopende schulden", max_digits=14, decimal_places=2, null=True, blank=True
    )
    equity = models.DecimalField(
        "eigen vermogen", max_digits=14, decimal_places=2, null=True, blank=True
    )
    total_assets = models.DecimalField(
        "balanstotaal", max_digits=14, decimal_places=2, null=True, blank=True
    )
    source = models.CharField("bron", max_length=160, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "boekjaar"
        verbose_name_plural = "boekjaren"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "year"],
                name="providers_businessyear_once",
                violation_error_message="De cijfers van dit boekjaar staan er al.",
            ),
            models.CheckConstraint(
                name="providers_businessyear_amounts_not_negative",
                condition=Q(revenue__gte=0)
                & (Q(current_assets__isnull=True) | Q(current_assets__gte=0))
                & (Q(current_liabilities__isnull=True) | Q(current_liabilities__gte=0))
                & (Q(total_assets__isnull=True) | Q(total_assets__gte=0)),
                violation_error_message="Omzet, activa en schulden zijn niet negatief.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.year}"


@audited()
class BusinessNorms(models.Model):
    """The region's own limits for business figures. Empty: the region has set none.

    No document gives a limit for excessive profit; the region decides (R11).
    """

    region = models.OneToOneField(Region, on_delete=models.CASCADE, related_name="business_norms")
    most_margin = models.DecimalField(
        "hoogste marge", max_digits=5, decimal_places=4, null=True, blank=True
    )
    least_liquidity = models.DecimalField(
        "laagste liquiditeit", max_digits=6, decimal_places=2, default=Decimal("1.00")
    )
    least_solvency = models.DecimalField(
        "laagste solvabiliteit", max_digits=5, decimal_places=4, null=True, blank=True
    )
    negative_years = models.PositiveSmallIntegerField(
        "negatieve jaren op rij", default=3, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = "grenzen voor bedrijfscijfers"
        verbose_name_plural = "grenzen voor bedrijfscijfers"

    def __str__(self) -> str:
        return f"grenzen van {self.region}"


@audited()
class ProviderDocument(models.Model):
    """A file about a provider with the period in which it holds; renewing it adds a version."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="documents")
    # None as long as a list told of it and nobody added the file.
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    kind = models.CharField("soort", max_length=16, choices=DocumentKind)
    title = models.CharField("titel", max_length=200)
    valid_from = models.DateField("geldig vanaf", null=True, blank=True)
    valid_to = models.DateField("geldig tot en met", null=True, blank=True)
    shared = models.BooleanField("de aanbieder mag dit zien", default=True)

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["kind", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="providers_document_ends_after_start",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_valid_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)
