"""Meetings: with councils, the market, education, advisory councils and at development tables."""

from django.core.exceptions import ValidationError
from django.db import models

from core import clock
from core.audit import audited
from core.documents.models import Confidentiality
from core.states.models import Step
from regions.models import ChainPartner, Region

from ..enums.policy import MeetingKind
from .plans import PlanAttachment, PolicyDocument
from .tables import DevelopmentTable, TableIssue


@audited()
class Meeting(models.Model):
    """A meeting with its participants (organisations, no persons), themes and report."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField("soort", max_length=10, choices=MeetingKind)
    title = models.CharField("titel", max_length=200)
    held_on = models.DateField("datum")
    location = models.CharField("plaats", max_length=120, blank=True)
    purpose = models.TextField("doel", blank=True)
    report = models.TextField("verslag", blank=True)
    report_version = models.CharField("versie van het verslag", max_length=60, blank=True)
    partners = models.ManyToManyField(
        ChainPartner, verbose_name="deelnemers", blank=True, related_name="meetings"
    )
    others = models.JSONField("andere deelnemers", default=list, blank=True)
    plan = models.ForeignKey(
        PolicyDocument,
        verbose_name="over welk plan",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
    )
    table = models.ForeignKey(
        DevelopmentTable,
        verbose_name="van ontwikkeltafel",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="meetings",
    )
    annex = models.ForeignKey(
        PlanAttachment,
        verbose_name="verslag is bijlage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
    )
    confidentiality = models.CharField(
        "vertrouwelijkheid",
        max_length=12,
        choices=Confidentiality,
        default=Confidentiality.INTERNAL,
    )
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"
        ordering = ["-held_on", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "title", "held_on"], name="procurement_meeting_unique"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.held_on > clock.today()


@audited()
class MeetingTheme(models.Model):
    """A theme or item on the agenda, with what was said about it.

    At a development table an item may be about an issue; `steps` are the moves that the issue made
    as a result of what was said there.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField("thema", max_length=250)
    questions = models.TextField("vragen vooraf", blank=True)
    text = models.TextField("wat is besproken", blank=True)
    issue = models.ForeignKey(
        TableIssue,
        verbose_name="vraagstuk",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
    )
    steps = models.ManyToManyField(Step, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "thema van bijeenkomst"
        verbose_name_plural = "thema’s van bijeenkomsten"
        ordering = ["meeting", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "title"], name="procurement_theme_unique")
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.issue and self.issue.table_id != self.meeting.table_id:
            raise ValidationError({"issue": "Kies een vraagstuk van de tafel die bijeenkomt."})
