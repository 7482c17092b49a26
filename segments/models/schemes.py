from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from core.audit import audited
from regions.models import Municipality, Region
from regions.models.region import DateRange

from ..enums import Feed, FundingForm, Participation, TraitKind


@audited()
class SegmentScheme(models.Model):
    """The division of care into segments that a strategy of a region makes, for a period.

    Two schemes of a region never hold on the same day; a coming scheme simply begins later.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="schemes")
    code = models.SlugField("code", max_length=40)
    name = models.CharField("naam", max_length=160)
    description = models.TextField("omschrijving", blank=True)
    valid_from = models.DateField("vanaf")
    valid_to = models.DateField("tot", null=True, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    notes = models.JSONField("kanttekeningen", default=list, blank=True)

    class Meta:
        verbose_name = "segmentindeling"
        verbose_name_plural = "segmentindelingen"
        ordering = ["region", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="segments_scheme_code_unique"),
            models.CheckConstraint(
                name="segments_scheme_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
            ExclusionConstraint(
                name="segments_scheme_no_overlap",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="In die periode geldt al een andere indeling.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Segment(models.Model):
    """A part of care with goals of its own, within one scheme."""

    scheme = models.ForeignKey(SegmentScheme, on_delete=models.CASCADE, related_name="segments")
    code = models.CharField("code", max_length=20)
    name = models.CharField("naam", max_length=160)
    aliases = models.JSONField("andere namen", default=list, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    definition = models.TextField("omschrijving", blank=True)
    funding_form = models.CharField(
        "bekostigingsvorm", max_length=12, choices=FundingForm, blank=True
    )
    funding_note = models.TextField("toelichting bekostiging", blank=True)
    feed = models.CharField(
        "bron van de cijfers", max_length=10, choices=Feed, default=Feed.MESSAGES
    )
    wait_norm_days = models.PositiveSmallIntegerField(
        "norm wachttijd (dagen)", null=True, blank=True
    )
    wait_norm_source = models.CharField("bron van de norm", max_length=200, blank=True)
    # 'Een beperkte set van KPI's' (003:L542); no document says how many.
    indicator_limit = models.PositiveSmallIntegerField(
        "hooguit zoveel afgesproken indicatoren", null=True, blank=True
    )
    source = models.CharField("bron", max_length=200, blank=True)
    notes = models.JSONField("kanttekeningen", default=list, blank=True)

    class Meta:
        verbose_name = "segment"
        verbose_name_plural = "segmenten"
        ordering = ["scheme", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="segments_segment_code_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@audited()
class SegmentTrait(models.Model):
    """A target group, bottleneck, special group, or element in or out of scope of a segment.

    Without a segment it holds for the whole scheme (the scope list of a strategy).
    """

    scheme = models.ForeignKey(SegmentScheme, on_delete=models.CASCADE, related_name="traits")
    segment = models.ForeignKey(
        Segment, on_delete=models.CASCADE, related_name="traits", null=True, blank=True
    )
    kind = models.CharField("soort", max_length=14, choices=TraitKind)
    text = models.TextField("tekst")
    reason = models.TextField("reden", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "kenmerk"
        verbose_name_plural = "kenmerken"
        ordering = ["kind", "order", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_scope(self) -> bool:
        return self.kind in (TraitKind.IN_SCOPE, TraitKind.OUT_OF_SCOPE)


@audited()
class SegmentParticipation(models.Model):
    """Whether a municipality buys a segment together with the others; no row means full."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="participations")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    participation = models.CharField("deelname", max_length=8, choices=Participation)
    part = models.CharField("welk deel", max_length=200, blank=True)
    # Product codes or category codes that the partial participation is limited to; empty = all.
    products = models.JSONField("producten", default=list, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        ordering = ["segment", "municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "municipality"], name="segments_participation_once"
            ),
            models.CheckConstraint(
                name="segments_participation_partial_says_which",
                condition=~Q(participation=Participation.PARTIAL) | ~Q(part=""),
                violation_error_message="Zeg bij gedeeltelijke deelname welk deel.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_participation_display()}"
