"""Who decides, who buys on behalf of whom, and with whom the region works."""

from django.db import models
from django.db.models import F, Q

from core.audit import audited

from ..enums import AgreementState, BodyKind, PartnerKind, SourceStatus
from .organisations import Municipality, Organisation
from .region import Region


@audited()
class ChainPartner(models.Model):
    """A party with which a region works: an education partnership, institution or advisory council.

    Remarks and meetings point at the partner; behind it stands one organisation.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, null=True, blank=True
    )
    name = models.CharField("naam", max_length=200)
    kind = models.CharField("soort", max_length=10, choices=PartnerKind)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name="gemeenten", blank=True, related_name="partners"
    )
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "ketenpartner"
        verbose_name_plural = "ketenpartners"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="regions_partner_name_unique",
                violation_error_message="Deze ketenpartner staat al in de lijst.",
            )
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class PurchasingOrganisation(models.Model):
    """The organisation that buys and keeps contracts for the municipalities (TWO, RNO)."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="purchasers")
    name = models.CharField("naam", max_length=160)
    short_name = models.CharField("afkorting", max_length=40, blank=True)
    form = models.CharField("rechtsvorm", max_length=120, blank=True)
    tasks = models.TextField("wat zij doet", blank=True)
    valid_from = models.DateField("vanaf", null=True, blank=True)
    valid_to = models.DateField("tot", null=True, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "inkooporganisatie"
        verbose_name_plural = "inkooporganisaties"
        ordering = ["valid_from", "name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="regions_purchaser_unique"),
            models.CheckConstraint(
                name="regions_purchaser_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class ServiceLevelAgreement(models.Model):
    """What a purchasing organisation does for the municipalities, and for how long (DVO).

    The term in years is kept beside the dates: a document may state the one without the other.
    """

    purchaser = models.ForeignKey(
        PurchasingOrganisation, on_delete=models.CASCADE, related_name="agreements"
    )
    name = models.CharField("naam", max_length=200)
    state = models.CharField(
        "stand", max_length=10, choices=AgreementState, default=AgreementState.INTENDED
    )
    term_years = models.PositiveSmallIntegerField("looptijd (jaren)", null=True, blank=True)
    valid_from = models.DateField("vanaf", null=True, blank=True)
    valid_to = models.DateField("tot", null=True, blank=True)
    decided_by = models.CharField("wie besluit", max_length=160, blank=True)
    services = models.TextField("diensten", blank=True)
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "dienstverleningsovereenkomst"
        verbose_name_plural = "dienstverleningsovereenkomsten"
        ordering = ["purchaser", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["purchaser", "name"], name="regions_service_agreement_unique"
            ),
            models.CheckConstraint(
                name="regions_service_agreement_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class GoverningBody(models.Model):
    """A council, an executive, or a body in which the municipalities decide together."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="bodies")
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True
    )
    kind = models.CharField("soort", max_length=10, choices=BodyKind)
    name = models.CharField("naam", max_length=160)
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "bestuursorgaan"
        verbose_name_plural = "bestuursorganen"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="regions_body_name_unique"),
            models.CheckConstraint(
                name="regions_body_of_a_municipality",
                condition=Q(kind__in=BodyKind.OF_MUNICIPALITY, municipality__isnull=False)
                | (~Q(kind__in=BodyKind.OF_MUNICIPALITY) & Q(municipality__isnull=True)),
                violation_error_message=(
                    "Een gemeenteraad of college hoort bij een gemeente; een gezamenlijk orgaan "
                    "niet."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class MunicipalMerger(models.Model):
    """A municipality that went up in another, on a day. Its history keeps its own code."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="mergers")
    former = models.ForeignKey(
        Municipality,
        verbose_name="opgeheven gemeente",
        on_delete=models.PROTECT,
        related_name="merged_into",
    )
    successor = models.ForeignKey(
        Municipality,
        verbose_name="opgegaan in",
        on_delete=models.PROTECT,
        related_name="merged_from",
    )
    merged_on = models.DateField("datum van samengaan")
    source = models.CharField("bron", max_length=200, blank=True)
    source_status = models.CharField(
        "zekerheid", max_length=10, choices=SourceStatus, default=SourceStatus.STATED
    )

    class Meta:
        verbose_name = "herindeling"
        verbose_name_plural = "herindelingen"
        ordering = ["merged_on", "former__name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "former"], name="regions_merger_once"),
            models.CheckConstraint(
                name="regions_merger_two_municipalities",
                condition=~Q(former=F("successor")),
                violation_error_message="Een gemeente kan niet in zichzelf opgaan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.former} in {self.successor}"
