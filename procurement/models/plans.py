"""The line from a vision to a clause: documents, their chapters, and what hangs on what."""

from django.db import models
from django.db.models import F, Q

from core.audit import audited
from core.documents.models import Confidentiality, Document
from regions.models import Municipality, Region, SubRegion
from segments.models import Segment, SegmentScheme

from ..enums.policy import PLAN, FrameworkKind, PlanKind, PlanState


@audited()
class PolicyFramework(models.Model):
    """A law, vision, agenda or norm that binds choices of the region.

    A changed framework is a new version beside the old (`replaces`): what hangs on the old one is
    what may have to change.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="frameworks")
    kind = models.CharField("soort", max_length=10, choices=FrameworkKind)
    title = models.CharField("titel", max_length=200)
    version = models.CharField("versie", max_length=40, blank=True)
    text = models.TextField("wat het zegt", blank=True)
    url = models.URLField("vindplaats", blank=True)
    valid_from = models.DateField("vanaf", null=True, blank=True)
    valid_to = models.DateField("tot", null=True, blank=True)
    replaces = models.OneToOneField(
        "self",
        verbose_name="komt in plaats van",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "kader van hogerhand"
        verbose_name_plural = "kaders van hogerhand"
        ordering = ["kind", "title", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "title", "version"],
                name="procurement_framework_version_unique",
                violation_error_message="Deze versie van dit kader staat er al.",
            ),
            models.CheckConstraint(
                name="procurement_framework_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}".strip()


@audited()
class PolicyDocument(models.Model):
    """A vision, framework, plan or contract text of a region, in one version.

    A next version is a row of its own that names the one it follows; chapters are compared by
    their number. Who sees it depends on its confidentiality and state (queries.plans).
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="plans")
    kind = models.CharField("soort", max_length=14, choices=PlanKind)
    title = models.CharField("titel", max_length=200)
    version = models.CharField("versie", max_length=20, default="1.0")
    dated = models.DateField("datum", null=True, blank=True)
    state = models.CharField("stand", max_length=10, choices=PlanState, default=PLAN.initial)
    confidentiality = models.CharField(
        "vertrouwelijkheid",
        max_length=12,
        choices=Confidentiality,
        default=Confidentiality.INTERNAL,
    )
    valid_from = models.DateField("periode vanaf", null=True, blank=True)
    valid_to = models.DateField("periode tot", null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True
    )
    sub_region = models.ForeignKey(
        SubRegion, verbose_name="subregio", on_delete=models.PROTECT, null=True, blank=True
    )
    scheme = models.ForeignKey(
        SegmentScheme,
        verbose_name="segmentindeling",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="plans",
    )
    based_on = models.ManyToManyField(
        "self",
        verbose_name="werkt uit",
        symmetrical=False,
        blank=True,
        related_name="elaborated_by",
    )
    follows = models.OneToOneField(
        "self",
        verbose_name="vorige versie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
    )
    summary = models.TextField("waar het over gaat", blank=True)
    fictitious = models.BooleanField("fictief", default=False)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "plan"
        verbose_name_plural = "plannen"
        ordering = ["-valid_from", "title", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "title", "version"],
                name="procurement_plan_version_unique",
                violation_error_message="Deze versie van dit plan staat er al.",
            ),
            models.CheckConstraint(
                name="procurement_plan_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
            models.CheckConstraint(
                name="procurement_plan_local_names_municipality",
                condition=~Q(kind=PlanKind.LOCAL) | Q(municipality__isnull=False),
                violation_error_message="Een lokaal inkoopplan hoort bij een gemeente.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (versie {self.version})"

    @property
    def tone(self) -> str:
        return PlanState(self.state).tone


@audited()
class LocalTopic(models.Model):
    """What every local plan under a framework treats (fixed), or may treat (optional)."""

    framework = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField("onderwerp", max_length=200)
    is_fixed = models.BooleanField("in alle gemeenten", default=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "onderwerp van lokale plannen"
        verbose_name_plural = "onderwerpen van lokale plannen"
        ordering = ["framework", "-is_fixed", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "title"], name="procurement_topic_title_unique"
            )
        ]

    def __str__(self) -> str:
        return self.title


@audited()
class PlanSection(models.Model):
    """A chapter, paragraph or clause. `depth` 1 is a chapter, 2 a paragraph within it."""

    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="sections")
    number = models.CharField("nummer", max_length=20)
    title = models.CharField("titel", max_length=250)
    text = models.TextField("tekst", blank=True)
    depth = models.PositiveSmallIntegerField("niveau", default=1)
    topic = models.ForeignKey(
        LocalTopic,
        verbose_name="onderwerp",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sections",
    )
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "hoofdstuk"
        verbose_name_plural = "hoofdstukken"
        ordering = ["document", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="procurement_section_number_unique",
                violation_error_message="Dit nummer komt al voor in het plan.",
            ),
            models.CheckConstraint(
                name="procurement_section_depth", condition=Q(depth__range=(1, 3))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@audited()
class PlanAttachment(models.Model):
    """An annex: a stored file, or only named because the document misses it.

    An annex may be more confidential than its plan, never less: the stricter of the two holds.
    """

    plan = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="attachments")
    number = models.CharField("nummer", max_length=20, blank=True)
    title = models.CharField("titel", max_length=200)
    confidentiality = models.CharField(
        "vertrouwelijkheid",
        max_length=12,
        choices=Confidentiality,
        default=Confidentiality.INTERNAL,
    )
    file = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    other_plan = models.ForeignKey(
        PolicyDocument,
        verbose_name="staat hier als plan",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="attached_to",
    )
    note = models.CharField("toelichting", max_length=300, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["plan", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "title"], name="procurement_attachment_title_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


@audited()
class LocalOrderLine(models.Model):
    """What a local plan orders in a lot: an amount, or only in words."""

    plan = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="order_lines")
    lot = models.ForeignKey(
        Segment, verbose_name="perceel", on_delete=models.PROTECT, related_name="order_lines"
    )
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=2, null=True, blank=True)
    priority = models.TextField("lokale prioriteit", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "regel van de inkoopopdracht"
        verbose_name_plural = "regels van de inkoopopdracht"
        ordering = ["plan", "lot__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "lot"],
                name="procurement_order_line_once",
                violation_error_message="Dit perceel staat al in dit plan.",
            ),
            models.CheckConstraint(
                name="procurement_order_line_not_negative",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                violation_error_message="Een bedrag is niet negatief.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot}: {self.amount or self.priority}"
