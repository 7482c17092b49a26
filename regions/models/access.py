from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import audited

from ..enums import Role
from .organisations import Municipality, Organisation
from .region import Region


@audited()
class RoleAssignment(models.Model):
    """A user does something in a region, for the whole region, a municipality or a provider."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_assignments"
    )
    role = models.CharField("rol", max_length=20, choices=Role)
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, related_name="role_assignments", null=True, blank=True
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True
    )
    provider_organisation = models.ForeignKey(
        Organisation, verbose_name="aanbieder", on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        ordering = ["user", "region", "role"]
        constraints = [
            models.CheckConstraint(
                name="regions_role_has_its_scope",
                condition=Q(role=Role.APPLICATION_ADMIN, region__isnull=True)
                | Q(
                    role=Role.PROVIDER,
                    region__isnull=False,
                    provider_organisation__isnull=False,
                )
                | Q(
                    role__in=Role.OF_MUNICIPALITY,
                    region__isnull=False,
                    municipality__isnull=False,
                    provider_organisation__isnull=True,
                )
                | Q(
                    role__in=Role.REGIONAL_STAFF,
                    region__isnull=False,
                    municipality__isnull=True,
                    provider_organisation__isnull=True,
                ),
                violation_error_message=(
                    "Kies bij deze rol de regio, en bij een gemeentelijke rol ook de gemeente "
                    "of bij een aanbieder de aanbieder."
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "region", "municipality", "provider_organisation"],
                name="regions_role_once",
                nulls_distinct=False,
                violation_error_message="Deze gebruiker heeft deze rol al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
