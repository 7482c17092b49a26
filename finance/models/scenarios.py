from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited
from core.jobs.api import Job
from regions.models import Region

from ..domain.scenario_result import ScenarioInputs, ScenarioResult
from ..enums import ScenarioState
from .measures import NO_EFFECT, SOME_EFFECT, WHOLE_RANGE, Effect, Measure
from .projections import RESULT_EMPTY, RESULT_THERE, ProjectionRun


class Scenario(models.Model):
    """A projection under measures. A version: a draft changes, what has been computed never does;
    another look is a copy with the next number.

    The inputs (measures, kinds of care, seed) are stored by the job, beside those of the
    projection; together they give the same result again.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField("naam", max_length=120)
    version = models.PositiveSmallIntegerField("versie", default=1, editable=False)
    copied_from = models.ForeignKey(
        "self", verbose_name="kopie van", on_delete=models.SET_NULL, null=True, editable=False,
        related_name="copies",
    )  # fmt: skip
    projection = models.ForeignKey(
        ProjectionRun, verbose_name="prognose", on_delete=models.PROTECT, related_name="scenarios"
    )
    state = models.CharField(
        "stand", max_length=10, choices=ScenarioState, default=ScenarioState.DRAFT, editable=False
    )
    note = models.TextField("toelichting", blank=True)
    fictitious = models.BooleanField("fictief", default=False)
    created_at = models.DateTimeField("gemaakt op", default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        editable=False,
    )  # fmt: skip
    job = models.ForeignKey(
        Job, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    code_version = models.CharField(
        "versie van de berekening", max_length=40, blank=True, editable=False
    )
    inputs = models.JSONField("invoer", null=True, blank=True, editable=False)
    inputs_checksum = models.CharField(max_length=64, blank=True, editable=False)
    result = models.JSONField("uitkomst", null=True, blank=True, editable=False)
    result_checksum = models.CharField(max_length=64, blank=True, editable=False)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "scenario"
        verbose_name_plural = "scenario's"
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name", "version"], name="finance_scenario_version_once",
                violation_error_message="Er is al een scenario met deze naam. Kies een andere.",
            ),
            models.UniqueConstraint(
                fields=["region"], condition=Q(state=ScenarioState.ADOPTED),
                name="finance_scenario_one_adopted",
            ),
            models.CheckConstraint(
                name="finance_scenario_result_whole_or_not",
                condition=RESULT_EMPTY | (RESULT_THERE & Q(inputs__isnull=False)),
            ),
            models.CheckConstraint(
                name="finance_scenario_result_before_state",
                condition=Q(state__in=(ScenarioState.DRAFT, ScenarioState.SUPERSEDED))
                | Q(result__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}, versie {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == ScenarioState.DRAFT

    @cached_property
    def outcome(self) -> ScenarioResult | None:
        return ScenarioResult.from_json(self.result) if self.result is not None else None

    @cached_property
    def stored_inputs(self) -> ScenarioInputs | None:
        return ScenarioInputs.from_json(self.inputs) if self.inputs is not None else None


@audited()
class ScenarioMeasure(Effect):
    """A measure in a scenario; an effect given here is this scenario's own assumption."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="chosen")
    measure = models.ForeignKey(
        Measure, verbose_name="maatregel", on_delete=models.PROTECT, related_name="chosen"
    )

    class Meta:
        verbose_name = "maatregel in een scenario"
        verbose_name_plural = "maatregelen in een scenario"
        ordering = ["measure__order", "measure__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "measure"], name="finance_scenario_measure_once"
            ),
            models.CheckConstraint(
                name="finance_scenario_range_whole",
                condition=NO_EFFECT | (SOME_EFFECT & WHOLE_RANGE),
                violation_error_message=(
                    "Geef laag, midden en hoog samen, van laag naar hoog, tussen -100 en 500 "
                    "procent; of geen van drieën."
                ),
            ),
            models.CheckConstraint(
                name="finance_scenario_replacement",
                condition=Q(replacement__isnull=True) | Q(replacement__range=(0, 1000)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.measure} in {self.scenario}"

    @property
    def effect(self) -> Effect:
        """The range that counts: this scenario's own, else the measure's."""
        return self if self.has_effect else self.measure

    @property
    def own_assumption(self) -> bool:
        return self.has_effect
