"""What goes well and may be spread, and what is tried until it is stopped, continued or spread."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.audit import audited
from providers.models import Provider
from regions.models import Municipality, Region
from segments.models import DevelopmentTask, Segment

from ..enums.steering import InitiativeKind, InitiativeState, InquiryState


@audited()
class Inquiry(models.Model):
    """A positive development: what is behind it, and can it be spread (004:L982-983)?

    Found in the figures (`indicator`, `half_year`, `evidence`), or named by people.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="inquiries")
    title = models.CharField("wat gaat er goed", max_length=200)
    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.PROTECT, null=True, blank=True,
        related_name="inquiries",
    )  # fmt: skip
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    indicator = models.CharField("indicator", max_length=60, blank=True, editable=False)
    half_year = models.CharField("halfjaar", max_length=7, blank=True, editable=False)
    evidence = models.JSONField("onderbouwing", default=dict, blank=True, editable=False)
    behind = models.TextField("wat zit erachter", blank=True)
    spreadable = models.TextField("kan het breder, en wat is daarvoor nodig", blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="eigenaar", null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    due_on = models.DateField("uitgezocht op", null=True, blank=True)
    opened_on = models.DateField("begonnen op", default=clock.today, editable=False)
    state = models.CharField(
        "stand", max_length=10, choices=InquiryState, default=InquiryState.OPEN, editable=False
    )
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "verkenning"
        verbose_name_plural = "verkenningen"
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "provider", "indicator", "half_year"],
                condition=~Q(indicator=""),
                name="monitoring_inquiry_of_figures_once",
            ),
            models.CheckConstraint(
                name="monitoring_inquiry_concluded_says_why",
                condition=~Q(state__in=(InquiryState.SPREAD, InquiryState.KEPT)) | ~Q(behind=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return InquiryState(self.state).tone


@audited()
class InquiryFollower(models.Model):
    """Who takes over what works elsewhere, from when, and what came of it."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="followers")
    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    what = models.TextField("wat nemen zij over")
    since = models.DateField("vanaf")
    result = models.TextField("wat kwam ervan", blank=True)

    class Meta:
        verbose_name = "volger"
        verbose_name_plural = "volgers"
        ordering = ["inquiry", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_follower_is_one_party",
                condition=Q(provider__isnull=False, municipality__isnull=True)
                | Q(provider__isnull=True, municipality__isnull=False),
                violation_error_message="Kies één volger: een aanbieder of een gemeente.",
            ),
            models.UniqueConstraint(
                fields=["inquiry", "provider", "municipality"],
                nulls_distinct=False,
                name="monitoring_follower_once",
                violation_error_message="Deze partij volgt al: wijzig die regel.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.provider or self.municipality)


@audited()
class Initiative(models.Model):
    """A development task, pilot or innovation fund, followed to its conclusion."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="initiatives")
    kind = models.CharField("soort", max_length=6, choices=InitiativeKind)
    title = models.CharField("naam", max_length=200)
    aim = models.TextField("wat moet het opleveren")
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    task = models.ForeignKey(
        DevelopmentTask, verbose_name="ontwikkelopgave", on_delete=models.PROTECT, null=True,
        blank=True, related_name="initiatives",
    )  # fmt: skip
    parties = models.CharField("wie doen mee", max_length=300, blank=True)
    budget = models.DecimalField(
        "budget (euro)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    starts_on = models.DateField("begint op", null=True, blank=True)
    evaluate_on = models.DateField("beoordelen op", null=True, blank=True)
    finding = models.TextField("wat leverde het op", blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="eigenaar", null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    state = models.CharField(
        "stand", max_length=10, choices=InitiativeState, default=InitiativeState.PLANNED,
        editable=False,
    )  # fmt: skip
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "initiatief"
        verbose_name_plural = "initiatieven"
        ordering = ["region", "evaluate_on", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "title"],
                name="monitoring_initiative_once",
                violation_error_message="Er is al een initiatief met deze naam.",
            ),
            models.CheckConstraint(
                name="monitoring_initiative_evaluated_after_start",
                condition=Q(starts_on__isnull=True)
                | Q(evaluate_on__isnull=True)
                | Q(evaluate_on__gt=F("starts_on")),
                violation_error_message="De beoordeling ligt niet na het begin.",
            ),
            models.CheckConstraint(
                name="monitoring_initiative_concluded_says_what",
                condition=~Q(state__in=(InitiativeState.CONTINUED, InitiativeState.SPREAD))
                | ~Q(finding=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return InitiativeState(self.state).tone
