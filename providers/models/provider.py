from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from core.audit import audited
from regions.models import Municipality, Organisation, Region
from regions.models.organisations import sortable

from ..enums import ProviderKind

AGB = RegexValidator(r"^\d{8}$", "Een AGB-code heeft acht cijfers.")
KVK = RegexValidator(r"^\d{8}$", "Een KvK-nummer heeft acht cijfers.")


@audited()
class Provider(models.Model):
    """A provider of youth care as one region knows it; the party itself is the organisation.

    Messages name a provider by AGB code. A code that the region does not know still counts.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="providers")
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("naam", max_length=160)
    sort_name = models.CharField(max_length=160, editable=False)
    agb_code = models.CharField("AGB-code", max_length=8, validators=[AGB])
    chamber_of_commerce_number = models.CharField(
        "KvK-nummer", max_length=8, blank=True, validators=[KVK]
    )
    legal_form = models.CharField("rechtsvorm", max_length=60, blank=True)
    kind = models.CharField(
        "soort", max_length=8, choices=ProviderKind, default=ProviderKind.REGULAR
    )
    website = models.URLField("website", blank=True)
    fictitious = models.BooleanField("fictief", default=False)
    notes = models.TextField("aantekeningen", blank=True)

    class Meta:
        verbose_name = "aanbieder"
        verbose_name_plural = "aanbieders"
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "agb_code"],
                name="providers_provider_agb_unique",
                violation_error_message="Er is al een aanbieder met deze AGB-code in de regio.",
            ),
            models.CheckConstraint(
                name="providers_provider_agb_eight_digits",
                condition=Q(agb_code__regex=r"^\d{8}$"),
                violation_error_message="Een AGB-code heeft acht cijfers.",
            ),
            models.CheckConstraint(
                name="providers_provider_kvk_eight_digits",
                condition=Q(chamber_of_commerce_number="")
                | Q(chamber_of_commerce_number__regex=r"^\d{8}$"),
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = sortable(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


@audited()
class ProviderLocation(models.Model):
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="locations")
    name = models.CharField("naam", max_length=120)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True
    )
    town = models.CharField("plaats", max_length=80, blank=True)

    class Meta:
        verbose_name = "locatie"
        verbose_name_plural = "locaties"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@audited()
class ProviderContact(models.Model):
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField("naam", max_length=120)
    function = models.CharField("functie", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
