"""Codes, people and firms around a provider, each during a half-open period."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.audit import audited
from regions.models import Municipality, Region
from regions.models.region import DateRange

from ..enums import HolderSide
from .provider import AGB, KVK, Provider, ProviderContact


def in_order(name: str) -> models.CheckConstraint:
    """A period of which the last day does not come before the first."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
        violation_error_message="De laatste dag ligt voor de eerste.",
    )


@audited()
class ProviderCode(models.Model):
    """A further AGB code of a provider: of a practice, a location or before a merger.

    The region stands here too, so that the database holds that one code means one provider.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="codes")
    agb_code = models.CharField("AGB-code", max_length=8, validators=[AGB])
    note = models.CharField("waarvoor", max_length=160, blank=True)
    valid_from = models.DateField("eerste dag")
    valid_to = models.DateField("laatste dag", null=True, blank=True)

    class Meta:
        verbose_name = "AGB-code"
        verbose_name_plural = "AGB-codes"
        ordering = ["agb_code", "valid_from"]
        constraints = [
            in_order("providers_code_ends_after_start"),
            models.CheckConstraint(
                name="providers_code_eight_digits",
                condition=Q(agb_code__regex=r"^\d{8}$"),
                violation_error_message="Een AGB-code heeft acht cijfers.",
            ),
            ExclusionConstraint(
                name="providers_code_one_provider_at_a_time",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    ("agb_code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Deze AGB-code is in die periode al van een aanbieder in de regio."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.agb_code


@audited()
class AccountHolder(models.Model):
    """Who keeps up the contact: for the region, for a municipality's access, for the provider.

    At the provider it is one of its contacts, elsewhere a user of this site.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="holders")
    side = models.CharField("namens", max_length=8, choices=HolderSide)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="medewerker",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    contact = models.ForeignKey(
        ProviderContact,
        verbose_name="contactpersoon",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    valid_from = models.DateField("eerste dag")
    valid_to = models.DateField("laatste dag", null=True, blank=True)

    class Meta:
        verbose_name = "accounthouder"
        verbose_name_plural = "accounthouders"
        ordering = ["side", "municipality__name", "-valid_from"]
        constraints = [
            in_order("providers_holder_ends_after_start"),
            models.CheckConstraint(
                name="providers_holder_is_one_person",
                condition=Q(side="provider", contact__isnull=False, user__isnull=True)
                | (~Q(side="provider") & Q(contact__isnull=True, user__isnull=False)),
                violation_error_message=(
                    "Kies bij de aanbieder een contactpersoon, en anders een medewerker."
                ),
            ),
            models.CheckConstraint(
                name="providers_holder_municipality_of_access",
                condition=Q(municipality__isnull=True) | Q(side="access"),
                violation_error_message="Een gemeente hoort alleen bij de gemeentelijke toegang.",
            ),
            ExclusionConstraint(
                name="providers_holder_one_at_a_time",
                expressions=[
                    ("provider", RangeOperators.EQUAL),
                    ("side", RangeOperators.EQUAL),
                    (
                        Coalesce(F("municipality"), 0, output_field=models.BigIntegerField()),
                        RangeOperators.EQUAL,
                    ),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Er is in die periode al een accounthouder aan deze kant.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact or self.user)


@audited()
class Subcontracting(models.Model):
    """A firm that does part of the work for a provider (the main contractor)."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="subcontractors")
    firm = models.ForeignKey(
        Provider,
        verbose_name="bekende aanbieder",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="main_contractors",
    )
    name = models.CharField("naam", max_length=160, blank=True)
    chamber_of_commerce_number = models.CharField(
        "KvK-nummer", max_length=8, blank=True, validators=[KVK]
    )
    work = models.CharField("voor welk werk", max_length=200)
    permitted = models.BooleanField("de regio heeft schriftelijk ingestemd", default=False)
    valid_from = models.DateField("eerste dag")
    valid_to = models.DateField("laatste dag", null=True, blank=True)

    class Meta:
        verbose_name = "onderaannemer"
        verbose_name_plural = "onderaannemers"
        ordering = ["-valid_from", "pk"]
        constraints = [
            in_order("providers_subcontracting_ends_after_start"),
            models.CheckConstraint(
                name="providers_subcontracting_names_a_firm",
                condition=Q(firm__isnull=False) | ~Q(name=""),
                violation_error_message="Kies een bekende aanbieder of vul een naam in.",
            ),
            models.CheckConstraint(
                name="providers_subcontracting_not_itself",
                condition=Q(firm__isnull=True) | ~Q(firm=F("provider")),
                violation_error_message="Een aanbieder is niet zijn eigen onderaannemer.",
            ),
            models.CheckConstraint(
                name="providers_subcontracting_kvk_eight_digits",
                condition=Q(chamber_of_commerce_number="")
                | Q(chamber_of_commerce_number__regex=r"^\d{8}$"),
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.firm or self.name)
