"""Reading figures together and judging them: a session per segment and half-year."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited
from core.periods import HalfYear
from providers.models import Provider
from regions.enums import Role
from regions.models import Municipality, Region
from segments.models import Segment, SegmentGoal

from ..enums.interpretation import Perspective, SessionState, Verdict
from .figures import FigureSet


def last_half_year() -> str:
    """The newest half-year that is over."""
    return HalfYear.of(clock.today()).previous().label


@audited()
class InterpretationSession(models.Model):
    """One segment in one half-year, read by all who have a part in it, and then judged.

    `figure_set` is what everybody looks at; it is chosen when the figures are frozen.
    """

    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, related_name="interpretation_sessions"
    )
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.PROTECT, related_name="sessions"
    )
    half_year = models.CharField(
        "halfjaar", max_length=7, default=last_half_year, help_text="Zoals 2026-H1."
    )
    held_on = models.DateField("wanneer wordt er samen gekeken", null=True, blank=True)
    participants = models.JSONField("wie doen er mee", default=list, blank=True)
    figure_set = models.ForeignKey(
        FigureSet, verbose_name="cijfers", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", editable=False,
    )  # fmt: skip
    meaning = models.TextField("wat het samen betekent", blank=True)
    state = models.CharField(
        "stand", max_length=12, choices=SessionState, default=SessionState.PREPARING,
        editable=False,
    )  # fmt: skip
    concluded_on = models.DateField("vastgesteld op", null=True, blank=True, editable=False)
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "duiding"
        verbose_name_plural = "duidingen"
        ordering = ["-half_year", "segment__order", "segment__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "half_year"],
                name="monitoring_session_once",
                violation_error_message="Voor dit segment en halfjaar is er al een duiding.",
            ),
            models.CheckConstraint(
                name="monitoring_session_half_year",
                condition=Q(half_year__regex=r"^20\d\d-H[12]$"),
                violation_error_message="Schrijf het halfjaar zoals 2026-H1.",
            ),
            models.CheckConstraint(
                name="monitoring_session_frozen_figures",
                condition=Q(state=SessionState.PREPARING) | Q(figure_set__isnull=False),
            ),
            models.CheckConstraint(
                name="monitoring_session_concluded_says_why",
                condition=~Q(state=SessionState.CONCLUDED)
                | Q(concluded_on__isnull=False) & ~Q(meaning=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment}, {self.period.title}"

    @property
    def period(self) -> HalfYear:
        return HalfYear.parse(self.half_year)

    @property
    def tone(self) -> str:
        return SessionState(self.state).tone

    @property
    def is_concluded(self) -> bool:
        return self.state == SessionState.CONCLUDED


@audited()
class PerspectiveReading(models.Model):
    """How one party reads the figures; or that it was not heard, and why (`missing`)."""

    session = models.ForeignKey(
        InterpretationSession, on_delete=models.CASCADE, related_name="readings"
    )
    perspective = models.CharField("vanuit wie", max_length=12, choices=Perspective)
    who = models.CharField("wie (organisatie of groep)", max_length=160)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    reading = models.TextField("wat zien we", blank=True)
    explanation = models.TextField("wat verklaart het", blank=True)
    missing = models.TextField("wat ontbreekt", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", editable=False,
    )  # fmt: skip
    made_on = models.DateField("vastgelegd op", default=clock.today, editable=False)

    class Meta:
        verbose_name = "lezing van de cijfers"
        verbose_name_plural = "lezingen van de cijfers"
        ordering = ["session", "perspective", "who"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "perspective", "who"],
                name="monitoring_reading_once",
                violation_error_message="Deze partij heeft haar lezing al gegeven: wijzig die.",
            ),
            models.CheckConstraint(
                name="monitoring_reading_says_something",
                condition=~Q(reading="") | ~Q(missing=""),
                violation_error_message=(
                    "Schrijf wat deze partij ziet, of waarom zij er niet bij was."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_perspective_display()}: {self.who}"


@audited()
class Judgement(models.Model):
    """What the session says of one indicator or one goal. The row comes with the frozen figures.

    `figure` is what stood on the table, as plain values; empty for a goal. `protected`: outsiders
    get the verdict nor the figure, because too few youths are behind it. `verdict` is empty until
    somebody has judged.
    """

    session = models.ForeignKey(
        InterpretationSession, on_delete=models.CASCADE, related_name="judgements"
    )
    goal = models.ForeignKey(
        SegmentGoal, on_delete=models.PROTECT, null=True, blank=True, related_name="judgements",
        editable=False,
    )  # fmt: skip
    code = models.CharField("indicator", max_length=60, blank=True, editable=False)
    name = models.CharField("waarover", max_length=400, editable=False)
    figure = models.JSONField("cijfer", default=dict, blank=True, editable=False)
    protected = models.BooleanField("afgeschermd", default=False, editable=False)
    order = models.PositiveSmallIntegerField("volgorde", default=0, editable=False)
    verdict = models.CharField("oordeel", max_length=12, choices=Verdict, blank=True)
    reason = models.TextField("waarom", blank=True)

    class Meta:
        verbose_name = "oordeel"
        verbose_name_plural = "oordelen"
        ordering = ["session", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "goal"], condition=Q(goal__isnull=False),
                name="monitoring_judgement_goal_once",
            ),
            models.UniqueConstraint(
                fields=["session", "code"], condition=~Q(code=""),
                name="monitoring_judgement_indicator_once",
            ),
            models.CheckConstraint(
                name="monitoring_judgement_of_one_thing",
                condition=Q(goal__isnull=False, code="") | Q(goal__isnull=True) & ~Q(code=""),
            ),
            models.CheckConstraint(
                name="monitoring_judgement_has_reason",
                condition=Q(verdict="") | ~Q(reason=""),
                violation_error_message="Geef een reden bij het oordeel.",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.ReadOnly(
                name="judged_figure_never_changes",
                fields=["session", "goal", "code", "name", "figure", "protected"],
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        return Verdict(self.verdict).tone if self.verdict else "neutral"


@audited()
class ProviderJudgement(models.Model):
    """What the session says of one provider in the segment. The guide for referral rests on it."""

    session = models.ForeignKey(
        InterpretationSession, on_delete=models.CASCADE, related_name="provider_judgements"
    )
    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.PROTECT, related_name="judgements"
    )
    verdict = models.CharField("oordeel", max_length=12, choices=Verdict)
    reason = models.TextField("waarom")

    class Meta:
        verbose_name = "oordeel over een aanbieder"
        verbose_name_plural = "oordelen over aanbieders"
        ordering = ["session", "provider__sort_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "provider"],
                name="monitoring_provider_judged_once",
                violation_error_message="Over deze aanbieder staat er al een oordeel: wijzig dat.",
            ),
            models.CheckConstraint(
                name="monitoring_provider_judged_with_reason", condition=~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.provider)

    @property
    def tone(self) -> str:
        return Verdict(self.verdict).tone


@audited()
class SteeringDecision(models.Model):
    """Who does what by when, because of a judgement. A task of its owner or of a team."""

    session = models.ForeignKey(
        InterpretationSession, on_delete=models.CASCADE, related_name="decisions"
    )
    what = models.TextField("wat gaan we doen")
    who = models.CharField("wie doet het", max_length=160)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="taak van", null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    team = models.CharField(
        "of taak van alle", max_length=20, choices=Role, default=Role.CONTRACT_MANAGER
    )
    due_on = models.DateField("uiterlijk")
    done_on = models.DateField("gedaan op", null=True, blank=True)
    result = models.TextField("wat kwam ervan", blank=True)

    class Meta:
        verbose_name = "sturingsbesluit"
        verbose_name_plural = "sturingsbesluiten"
        ordering = ["session", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_steering_done_with_result",
                condition=Q(done_on__isnull=True) | ~Q(result=""),
                violation_error_message="Schrijf bij wat gedaan is wat ervan kwam.",
            )
        ]

    def __str__(self) -> str:
        return self.what[:80]

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < clock.today()
