from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited
from providers.models import Provider
from regions.models import Municipality, Region
from segments.models import Segment

from ..enums.cases import CaseState, CaseTheme, Outcome, SignalSource


@audited()
class CaseProcess(models.Model):
    """A region's terms per step, as a version. A case keeps the version it began with.

    Terms are in calendar days. No document gives them: until a region has decided,
    `is_decided` is False and pages say so.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="case_processes")
    version = models.PositiveSmallIntegerField("versie")
    signal_days = models.PositiveSmallIntegerField("signaal: dagen tot gesprek", default=14)
    dialogue_days = models.PositiveSmallIntegerField("gesprek: dagen tot afspraken", default=28)
    plan_days = models.PositiveSmallIntegerField("plan gevraagd: dagen om te schrijven", default=28)
    binding_days = models.PositiveSmallIntegerField("plan ingediend: dagen tot oordeel", default=14)
    monitoring_days = models.PositiveSmallIntegerField("monitoring: dagen", default=182)
    meeting_days = models.PositiveSmallIntegerField(
        "monitoring: dagen tussen gesprekken", default=42
    )
    assessment_days = models.PositiveSmallIntegerField("beoordeling: dagen", default=28)
    supervision_days = models.PositiveSmallIntegerField("toezicht: dagen", default=91)
    proposal_days = models.PositiveSmallIntegerField("voorstel einde contract: dagen", default=56)
    phase_out_days = models.PositiveSmallIntegerField("uitfasering: dagen", default=365)
    large_clients = models.PositiveIntegerField(
        "grote aanbieder: vanaf zoveel jeugdigen", default=100
    )
    is_decided = models.BooleanField("door de regio vastgesteld", default=False)
    note = models.TextField("toelichting", blank=True)
    made_at = models.DateTimeField("vastgelegd op", default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "procesafspraken"
        verbose_name_plural = "procesafspraken"
        ordering = ["region", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "version"], name="monitoring_process_version_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region}, versie {self.version}"

    def days_in(self, state: str) -> int | None:
        """How long a case may stay in a state; None when it is closed."""
        name = TERMS.get(CaseState(state))
        return getattr(self, name) if name else None


TERMS = {
    CaseState.SIGNALLED: "signal_days",
    CaseState.IN_DIALOGUE: "dialogue_days",
    CaseState.PLAN_ASKED: "plan_days",
    CaseState.PLAN_SUBMITTED: "binding_days",
    CaseState.MONITORING: "monitoring_days",
    CaseState.ASSESSING: "assessment_days",
    CaseState.SUPERVISION: "supervision_days",
    CaseState.DISSOLUTION_PROPOSED: "proposal_days",
    CaseState.PHASING_OUT: "phase_out_days",
}


@audited()
class Case(models.Model):
    """What a region and one provider work out about one theme, from signal to end.

    The provider sees it from the first conversation on (`shared`). `moved_on` is the day of the
    last move: the term of the step runs from there.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="cases")
    number = models.CharField("zaaknummer", max_length=20)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="cases")
    theme = models.CharField("thema", max_length=20, choices=CaseTheme)
    title = models.CharField("onderwerp", max_length=160)
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    process = models.ForeignKey(CaseProcess, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(
        "stap", max_length=20, choices=CaseState, default=CaseState.SIGNALLED, editable=False
    )
    round = models.PositiveSmallIntegerField("ronde", default=1, editable=False)
    shared = models.BooleanField("gedeeld met aanbieder", default=False, editable=False)
    opened_on = models.DateField("begonnen op", default=clock.today)
    moved_on = models.DateField("laatste stap op", default=clock.today, editable=False)
    closed_on = models.DateField("gesloten op", null=True, blank=True, editable=False)
    outcome = models.CharField(
        "uitkomst", max_length=20, choices=Outcome, blank=True, editable=False
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="behandelaar", null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "zaak"
        verbose_name_plural = "zaken"
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "number"], name="monitoring_case_number_unique"
            ),
            models.UniqueConstraint(
                fields=["provider", "theme"],
                condition=~Q(state=CaseState.CLOSED),
                name="monitoring_case_one_open",
                violation_error_message="Over dit thema loopt bij deze aanbieder al een zaak.",
            ),
            models.CheckConstraint(
                name="monitoring_case_closed_has_outcome",
                condition=~Q(state=CaseState.CLOSED) | Q(closed_on__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.state != CaseState.CLOSED

    @property
    def tone(self) -> str:
        return CaseState(self.state).tone


@audited()
class CaseSignal(models.Model):
    """That something may be wrong at a provider, seen by access, contract management or figures.

    Cases are counted, never named. A signal of a negative development on an outcome indicator
    `obliges_plan`: an improvement plan, or a recorded reason why not.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="case_signals")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="case_signals")
    theme = models.CharField("thema", max_length=20, choices=CaseTheme)
    source = models.CharField("wie ziet het", max_length=20, choices=SignalSource)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    text = models.TextField("wat ziet u")
    cases_counted = models.PositiveSmallIntegerField("bij hoeveel jeugdigen", null=True, blank=True)
    seen_on = models.DateField("gezien op", default=clock.today)
    indicator = models.CharField("indicator", max_length=60, blank=True)
    half_year = models.CharField("halfjaar", max_length=7, blank=True)
    # Which rule fired, on which figures, with which uncertainty; plain values for the page.
    evidence = models.JSONField("onderbouwing", default=dict, blank=True)
    obliges_plan = models.BooleanField("vraagt een verbeterplan", default=False)
    case = models.ForeignKey(
        Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="signals"
    )
    set_aside_on = models.DateField("terzijde gelegd op", null=True, blank=True)
    set_aside_reason = models.TextField("waarom terzijde", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField("ingevoerd op", default=clock.now)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        ordering = ["-seen_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_signal_set_aside_with_reason",
                condition=Q(set_aside_on__isnull=True, set_aside_reason="")
                | Q(set_aside_on__isnull=False, case__isnull=True) & ~Q(set_aside_reason=""),
            ),
            models.UniqueConstraint(
                fields=["provider", "indicator", "half_year", "segment"],
                condition=Q(source=SignalSource.FIGURES),
                nulls_distinct=False,
                name="monitoring_signal_of_figures_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_theme_display()} bij {self.provider}"
