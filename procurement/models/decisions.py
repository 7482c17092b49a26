"""What councils and colleges are asked, what they say and what they decide."""

from django.db import models
from django.db.models import Q

from core.audit import audited
from core.documents.models import Document
from regions.models import GoverningBody, Municipality, Region

from ..enums.policy import (
    DECISION,
    MOTION,
    PROPOSAL,
    QUESTION,
    ChapterKind,
    DecisionState,
    MotionKind,
    MotionState,
    ProposalState,
    QuestionKind,
    QuestionState,
)
from .meetings import Meeting
from .plans import PlanSection, PolicyDocument


@audited()
class CouncilProposal(models.Model):
    """A proposal to one council, with its standard chapters."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="proposals")
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="+"
    )
    plan = models.ForeignKey(
        PolicyDocument,
        verbose_name="over welk plan",
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    title = models.CharField("titel", max_length=200)
    sender = models.CharField("van", max_length=160, default="College van B&W")
    dated = models.DateField("datum", null=True, blank=True)
    portfolio_holder = models.CharField("portefeuillehouder", max_length=120, blank=True)
    programme = models.CharField("programma", max_length=120, blank=True)
    case_number = models.CharField("zaaknummer", max_length=40, blank=True)
    decisions = models.JSONField("voorgesteld besluit", default=list, blank=True)
    attachments = models.JSONField("bijlagen", default=list, blank=True)
    signatories = models.JSONField("ondertekenaars", default=list, blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=ProposalState, default=PROPOSAL.initial
    )
    kept = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    fictitious = models.BooleanField("fictief", default=False)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "raadsvoorstel"
        verbose_name_plural = "raadsvoorstellen"
        ordering = ["-dated", "municipality__name", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality", "title"],
                name="procurement_proposal_title_unique",
                violation_error_message="Dit raadsvoorstel bestaat al voor deze gemeente.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.municipality})"


@audited()
class ProposalChapter(models.Model):
    """Text under a standard chapter; arguments and risks are numbered and have a heading."""

    proposal = models.ForeignKey(CouncilProposal, on_delete=models.CASCADE, related_name="chapters")
    kind = models.CharField("hoofdstuk", max_length=14, choices=ChapterKind)
    number = models.CharField("nummer", max_length=10, blank=True)
    heading = models.TextField("kop", blank=True)
    text = models.TextField("tekst", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "onderdeel van het voorstel"
        verbose_name_plural = "onderdelen van het voorstel"
        ordering = ["proposal", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


@audited()
class Decision(models.Model):
    """What a body is asked about a plan and what came of it. Votes as far as they are known."""

    plan = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="decisions")
    body = models.ForeignKey(
        GoverningBody, verbose_name="orgaan", on_delete=models.PROTECT, related_name="decisions"
    )
    proposal = models.ForeignKey(
        CouncilProposal,
        verbose_name="raadsvoorstel",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="outcomes",
    )
    question = models.TextField("wat wordt gevraagd")
    asked_for = models.DateField("gepland op", null=True, blank=True)
    decided_on = models.DateField("besloten op", null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField("stemmen voor", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("stemmen tegen", null=True, blank=True)
    note = models.TextField("toelichting", blank=True)
    state = models.CharField(
        "uitslag", max_length=10, choices=DecisionState, default=DECISION.initial
    )
    fictitious = models.BooleanField("fictief", default=False)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["plan", "body__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "body"],
                name="procurement_decision_once",
                violation_error_message="Dit orgaan is al om een besluit over dit plan gevraagd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} over {self.plan.title}"

    @property
    def tone(self) -> str:
        return DecisionState(self.state).tone

    @property
    def municipality_id(self) -> int | None:
        return self.body.municipality_id


@audited()
class Motion(models.Model):
    """A motion, or an amendment to a decision."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="motions")
    kind = models.CharField("soort", max_length=10, choices=MotionKind, default=MotionKind.MOTION)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="+"
    )
    decision = models.ForeignKey(
        Decision,
        verbose_name="bij besluit",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="motions",
    )
    plan = models.ForeignKey(
        PolicyDocument,
        verbose_name="over welk plan",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="motions",
    )
    title = models.CharField("titel", max_length=250)
    submitted_by = models.CharField("ingediend door", max_length=160, blank=True)
    dated = models.DateField("datum", null=True, blank=True)
    text = models.TextField("tekst", blank=True)
    follow_up = models.TextField("opvolging", blank=True)
    state = models.CharField("stand", max_length=10, choices=MotionState, default=MOTION.initial)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "motie of amendement"
        verbose_name_plural = "moties en amendementen"
        ordering = ["-dated", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality", "title"], name="procurement_motion_title_unique"
            ),
            models.CheckConstraint(
                name="procurement_amendment_has_decision",
                condition=~Q(kind=MotionKind.AMENDMENT) | Q(decision__isnull=False),
                violation_error_message="Een amendement hoort bij een besluit.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@audited()
class CouncilQuestion(models.Model):
    """What a council asks, wants or worries about, and what was done with it.

    `speaker` is how the report names who spoke; the municipality is known or not.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="council_questions")
    meeting = models.ForeignKey(
        Meeting,
        verbose_name="bijeenkomst",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
    )
    number = models.PositiveSmallIntegerField("volgnummer", default=0)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    speaker = models.CharField("genoemd als", max_length=160, blank=True)
    theme = models.CharField("thema", max_length=120)
    kind = models.CharField("soort", max_length=10, choices=QuestionKind, default=QuestionKind.WISH)
    text = models.TextField("inbreng")
    asked_on = models.DateField("datum", null=True, blank=True)
    answer = models.TextField("antwoord", blank=True)
    answered_on = models.DateField("beantwoord op", null=True, blank=True)
    follow_up = models.TextField("opvolging", blank=True)
    follow_up_on = models.DateField("opvolging uiterlijk op", null=True, blank=True)
    processed_in = models.ForeignKey(
        PlanSection,
        verbose_name="verwerkt in",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="council_questions",
    )
    state = models.CharField(
        "stand", max_length=10, choices=QuestionState, default=QUESTION.initial
    )
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "vraag of wens van de raad"
        verbose_name_plural = "vragen en wensen van raden"
        ordering = ["-asked_on", "number", "pk"]

    def __str__(self) -> str:
        return self.text[:100]

    @property
    def tone(self) -> str:
        return QuestionState(self.state).tone
