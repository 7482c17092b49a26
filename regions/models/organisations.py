import unicodedata

from django.core.validators import RegexValidator
from django.db import models

from core.audit import audited

from ..enums import OrganisationKind


@audited()
class Organisation(models.Model):
    """A party: behind a municipality, a provider, the purchasing office or an institution.

    Roles, tasks, remarks and meetings point at an organisation, never at what stands above it.
    """

    kind = models.CharField("soort", max_length=12, choices=OrganisationKind)
    name = models.CharField("naam", max_length=160)
    sort_name = models.CharField(max_length=160, editable=False)

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["sort_name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = sortable(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def sortable(name: str) -> str:
    """Lower case without accents or a leading apostrophe-s: the Dutch order of a list."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c)
    )
    return plain.removeprefix("'s-").removeprefix("’s-").strip()


@audited()
class Municipality(models.Model):
    """A municipality by its CBS code. Which region it belongs to is dated: RegionMembership."""

    organisation = models.OneToOneField(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT
    )
    gm_code = models.CharField(
        "gemeentecode",
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^\d{4}$", "Een gemeentecode heeft vier cijfers.")],
    )
    name = models.CharField("naam", max_length=80)
    aliases = models.JSONField("andere namen", default=list, blank=True)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="regions_municipality_gm_code_four_digits",
                condition=models.Q(gm_code__regex=r"^\d{4}$"),
                violation_error_message="Een gemeentecode heeft vier cijfers.",
            )
        ]

    def __str__(self) -> str:
        return self.name
