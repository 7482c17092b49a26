from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.audit import audited
from core.documents.models import DocumentVersion
from regions.models import Municipality

from ..enums.cases import ActionState, ResultJudgement
from .cases import Case


@audited()
class Conversation(models.Model):
    """A meeting about a case: with whom, what was said. What was agreed are its actions."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conversations")
    round = models.PositiveSmallIntegerField("ronde")
    held_on = models.DateField("datum")
    participants = models.JSONField("deelnemers", default=list)
    report = models.TextField("verslag", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"Gesprek van {self.held_on:%d-%m-%Y}"


@audited()
class ImprovementPlan(models.Model):
    """What a provider will do, as a version. Submitted, returned or bound: by its dates.

    A returned plan stays as it was; the provider goes on in a copy with the next number.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    round = models.PositiveSmallIntegerField("ronde")
    version = models.PositiveSmallIntegerField("versie")
    analysis = models.TextField("wat is er aan de hand", blank=True)
    aim = models.TextField("wat wilt u bereiken", blank=True)
    submitted_on = models.DateField("ingediend op", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    returned_on = models.DateField("teruggegeven op", null=True, blank=True)
    return_reason = models.TextField("wat moet anders", blank=True)
    bound_on = models.DateField("bindend sinds", null=True, blank=True)
    bound_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "verbeterplan"
        verbose_name_plural = "verbeterplannen"
        ordering = ["case", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "version"], name="monitoring_plan_version_unique"
            ),
            models.CheckConstraint(
                name="monitoring_plan_decided_once_after_submission",
                condition=Q(bound_on__isnull=True) | Q(returned_on__isnull=True),
            ),
            models.CheckConstraint(
                name="monitoring_plan_decided_when_submitted",
                condition=Q(submitted_on__isnull=False)
                | Q(bound_on__isnull=True, returned_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Verbeterplan versie {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.submitted_on is None

    @property
    def standing(self) -> str:
        if self.bound_on:
            return "bindend"
        if self.returned_on:
            return "teruggegeven"
        return "in bewerking" if self.is_draft else "ingediend"


@audited()
class PlanItem(models.Model):
    """One line of a plan: who does what, how, when, and by what it will be seen."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.CASCADE, related_name="items")
    who = models.CharField("wie", max_length=120)
    what = models.TextField("wat")
    how = models.TextField("hoe")
    due = models.DateField("wanneer klaar")
    result = models.TextField("waaraan zien we dat")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "maatregel in het plan"
        verbose_name_plural = "maatregelen in het plan"
        ordering = ["plan", "order", "due", "pk"]

    def __str__(self) -> str:
        return self.what[:80]


@audited()
class ImprovementAction(models.Model):
    """An agreed improvement that is followed: from a conversation or from the binding plan."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="actions")
    round = models.PositiveSmallIntegerField("ronde")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    plan = models.ForeignKey(
        ImprovementPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    who = models.CharField("wie", max_length=120)
    what = models.TextField("wat")
    how = models.TextField("hoe", blank=True)
    due = models.DateField("wanneer klaar")
    result = models.TextField("waaraan zien we dat", blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=ActionState, default=ActionState.OPEN, editable=False
    )
    judgement = models.CharField(
        "resultaat", max_length=14, choices=ResultJudgement, blank=True, editable=False
    )
    judgement_reason = models.TextField("toelichting", blank=True, editable=False)
    judged_on = models.DateField("beoordeeld op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ["case", "due", "pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_action_judged_with_reason",
                condition=Q(judgement="", judged_on__isnull=True)
                | Q(judged_on__isnull=False) & ~Q(judgement="") & ~Q(judgement_reason=""),
            ),
            models.CheckConstraint(
                name="monitoring_action_has_one_origin",
                condition=Q(conversation__isnull=True) | Q(plan__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.what[:80]

    @property
    def is_settled(self) -> bool:
        return self.state in (ActionState.VERIFIED, ActionState.WAIVED)

    @property
    def tone(self) -> str:
        return ActionState(self.state).tone

    @property
    def is_overdue(self) -> bool:
        return self.state == ActionState.OPEN and self.due < clock.today()


@audited()
class ActionProgress(models.Model):
    """What was done on an action, with a file as proof."""

    action = models.ForeignKey(ImprovementAction, on_delete=models.CASCADE, related_name="progress")
    at = models.DateTimeField("op", default=clock.now)
    text = models.TextField("wat is er gedaan")
    proof = models.ForeignKey(
        DocumentVersion, verbose_name="bewijs", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "voortgang"
        verbose_name_plural = "voortgang"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


@audited()
class CaseIndicator(models.Model):
    """An indicator by which a case is followed, with a target of its own.

    Shares are kept between 0 and 1. The figures beside it are the provider's own.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField("indicator", max_length=60)
    start_value = models.FloatField("waarde bij begin", null=True, blank=True)
    start_half_year = models.CharField("halfjaar bij begin", max_length=7, blank=True)
    target = models.FloatField("doel")
    more_is_better = models.BooleanField("hoger is beter", default=False)
    by_half_year = models.CharField("te halen in", max_length=7)

    class Meta:
        verbose_name = "indicator van de zaak"
        verbose_name_plural = "indicatoren van de zaak"
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="monitoring_case_indicator_once")
        ]

    def __str__(self) -> str:
        return self.code


@audited()
class Observation(models.Model):
    """What an access team sees of the improvement: youths are counted, never named."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="observations")
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    seen_on = models.DateField("gezien op", default=clock.today)
    cases_counted = models.PositiveSmallIntegerField("bij hoeveel jeugdigen")
    better = models.PositiveSmallIntegerField("waarvan beter dan eerst", default=0)
    text = models.TextField("wat ziet u")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        ordering = ["seen_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_observation_better_within_cases",
                condition=Q(better__lte=F("cases_counted")),
                violation_error_message="'Beter' kan niet meer zijn dan het aantal jeugdigen.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
