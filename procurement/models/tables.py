"""Development tables: members, issues with where each stands, and what was promised."""

from django.core.exceptions import ValidationError
from django.db import models

from core.audit import audited
from regions.models import ChainPartner, Region
from segments.models import Segment

from ..enums.choices import ISSUE, IssueState, MemberRole, Stance
from .plans import PlanSection, PolicyDocument


@audited()
class DevelopmentTable(models.Model):
    """Where region and providers work on consensus about the transformation."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="tables")
    name = models.CharField("naam", max_length=200)
    purpose = models.TextField("waarvoor", blank=True)
    rules = models.JSONField("spelregels", default=list, blank=True)
    segments = models.ManyToManyField(Segment, verbose_name="segmenten", blank=True)
    plan = models.ForeignKey(
        PolicyDocument,
        verbose_name="uitkomst",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tables",
    )
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "ontwikkeltafel"
        verbose_name_plural = "ontwikkeltafels"
        ordering = ["region", "name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="procurement_table_unique")
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class TableMember(models.Model):
    """An organisation at a table; no persons."""

    table = models.ForeignKey(DevelopmentTable, on_delete=models.CASCADE, related_name="members")
    partner = models.ForeignKey(
        ChainPartner, verbose_name="organisatie", on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField("rol", max_length=10, choices=MemberRole, default=MemberRole.MEMBER)

    class Meta:
        verbose_name = "lid van de tafel"
        verbose_name_plural = "leden van de tafel"
        ordering = ["table", "role", "partner__name"]
        constraints = [
            models.UniqueConstraint(fields=["table", "partner"], name="procurement_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner} ({self.get_role_display()})"


@audited()
class TableIssue(models.Model):
    """What the table must agree on: consensus, else mediation, else a ruling by the principal."""

    table = models.ForeignKey(DevelopmentTable, on_delete=models.CASCADE, related_name="issues")
    title = models.CharField("vraagstuk", max_length=250)
    text = models.TextField("waar het om gaat", blank=True)
    state = models.CharField("stand", max_length=10, choices=IssueState, default=ISSUE.initial)
    outcome = models.TextField("uitkomst", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    section = models.ForeignKey(
        PlanSection,
        verbose_name="staat in",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="issues",
    )
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "vraagstuk"
        verbose_name_plural = "vraagstukken"
        ordering = ["table", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "title"], name="procurement_issue_unique")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return "good" if self.state in IssueState.SETTLED else "busy"


@audited()
class TablePosition(models.Model):
    """Where a member stands on an issue."""

    issue = models.ForeignKey(TableIssue, on_delete=models.CASCADE, related_name="positions")
    partner = models.ForeignKey(
        ChainPartner, verbose_name="organisatie", on_delete=models.PROTECT, related_name="+"
    )
    stance = models.CharField("standpunt", max_length=8, choices=Stance)
    text = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "standpunt"
        verbose_name_plural = "standpunten"
        ordering = ["issue", "partner__name"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "partner"], name="procurement_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_stance_display()}"


@audited()
class Commitment(models.Model):
    """Something that an organisation promised at a table, with its day."""

    table = models.ForeignKey(
        DevelopmentTable, on_delete=models.CASCADE, related_name="commitments"
    )
    owner = models.ForeignKey(
        ChainPartner, verbose_name="wie", on_delete=models.PROTECT, related_name="+"
    )
    meeting = models.ForeignKey(
        "Meeting",
        verbose_name="toegezegd op",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
    )
    text = models.CharField("wat", max_length=300)
    due_on = models.DateField("uiterlijk op")
    done_on = models.DateField("gedaan op", null=True, blank=True)

    class Meta:
        verbose_name = "toezegging"
        verbose_name_plural = "toezeggingen"
        ordering = ["table", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "text"], name="procurement_commitment_unique")
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if self.meeting and self.meeting.table_id != self.table_id:
            raise ValidationError({"meeting": "Kies een bijeenkomst van deze tafel."})
