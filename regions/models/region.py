from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q

from core.audit import audited

from ..enums import SourceStatus
from .organisations import Municipality, Organisation


class DateRange(Func):
    """daterange(from, to): half-open, an empty end is open."""

    function = "daterange"


@audited()
class Region(models.Model):
    """A purchasing region: the tenant. Everything below belongs to one region."""

    slug = models.SlugField("korte naam", max_length=40, unique=True)
    name = models.CharField("naam", max_length=120)
    organisation = models.OneToOneField(
        Organisation, verbose_name="regionale organisatie", on_delete=models.PROTECT
    )
    youth_region = models.CharField("jeugdregio (CBS)", max_length=80, blank=True)
    description = models.TextField("omschrijving", blank=True)
    is_demo = models.BooleanField("demonstratie", default=False)
    # Suppression (indicators.md): the minimum can be raised, never lowered.
    min_cases = models.PositiveSmallIntegerField(
        "kleinste getoonde aantal", default=10, validators=[MinValueValidator(10)]
    )
    min_providers = models.PositiveSmallIntegerField(
        "kleinste aantal aanbieders bij kosten", default=3, validators=[MinValueValidator(3)]
    )
    notes = models.JSONField("kanttekeningen", default=list, blank=True)

    class Meta:
        verbose_name = "regio"
        verbose_name_plural = "regio’s"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="regions_region_suppression_not_lowered",
                condition=Q(min_cases__gte=10, min_providers__gte=3),
                violation_error_message="De drempels voor afscherming kunnen alleen omhoog.",
            )
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class SubRegion(models.Model):
    """A part of a region with a plan of its own while purchase is joint (seed 004)."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="sub_regions")
    name = models.CharField("naam", max_length=120)
    municipalities = models.ManyToManyField(Municipality, verbose_name="gemeenten", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "subregio"
        verbose_name_plural = "subregio’s"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="regions_subregion_name_unique")
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class RegionMembership(models.Model):
    """A municipality belongs to a region during a half-open period, according to a source."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="memberships"
    )
    valid_from = models.DateField("vanaf")
    valid_to = models.DateField("tot", null=True, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    source_status = models.CharField(
        "zekerheid", max_length=10, choices=SourceStatus, default=SourceStatus.STATED
    )

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        ordering = ["municipality__name", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="regions_membership_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
            ExclusionConstraint(
                name="regions_membership_no_overlap",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    ("municipality", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze gemeente is in die periode al lid van de regio.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} in {self.region}"


@audited()
class MunicipalityGroup(models.Model):
    """A named group of municipalities within a region: H9, H8, H5."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="groups")
    code = models.CharField("code", max_length=20)
    name = models.CharField("naam", max_length=160, blank=True)
    municipalities = models.ManyToManyField(Municipality, verbose_name="gemeenten", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    note = models.TextField("kanttekening", blank=True)

    class Meta:
        verbose_name = "samenwerkingsgroep"
        verbose_name_plural = "samenwerkingsgroepen"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="regions_group_code_unique")
        ]

    def __str__(self) -> str:
        return self.code
