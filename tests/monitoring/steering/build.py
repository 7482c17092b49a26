"""Figures of a segment, and a session brought to any step by its verbs."""

from datetime import date, timedelta

from core import clock
from monitoring.domain.statistics import wilson
from monitoring.domain.steering import agreed, rows, sessions  # noqa: F401 -- their tables
from monitoring.enums.interpretation import Perspective
from monitoring.models import (
    AgreedSet,
    AgreedTarget,
    FeatureScore,
    FigureSet,
    IndicatorValue,
    Initiative,
    Inquiry,
    InterpretationSession,
    Judgement,
    LocalTeamFeature,
    PerspectiveReading,
    ProviderJudgement,
    Risk,
    RiskAssessment,
    SelfAssessment,
    SteeringDecision,
)
from segments.models import GoalIndicator, IndicatorDefinition
from tests.factories import IndicatorDefinitionFactory

HALF, CODE = "2025-H2", "dropout_rate"
WAY = ("preparing", "reading", "judging", "concluded")


def a_set(made, half=HALF, mark="a"):
    return FigureSet.objects.get_or_create(
        region=made.region, half_year=half, scheme=made.scheme, scheme_on=clock.today(),
        known_on=clock.today(), cutoff_run=1, code_version="1", checksum=mark * 64,
    )[0]  # fmt: skip


def a_share(figures, code, numerator, denominator, **cell):
    interval = wilson(numerator, denominator)
    return IndicatorValue.objects.create(
        figure_set=figures, code=code, numerator=numerator, denominator=denominator,
        value=numerator / denominator, low=interval.low, high=interval.high, cases=denominator,
        parties=5, **cell,
    )  # fmt: skip


def with_figures(made):
    """Drop-out in the first segment: 60 of 200, a year earlier 30 of 200; tied to its goal."""
    definition = IndicatorDefinitionFactory(region=made.region, code="dropout_rate", name="Uitval")
    GoalIndicator.objects.get_or_create(goal=made.goal, indicator=definition)
    segment = made.segments[0].code
    for half, dropped in (("2024-H2", 30), (HALF, 60)):
        a_share(a_set(made, half), "dropout_rate", dropped, 200, segment=segment)


def a_session(made, state="preparing"):
    """A session of the first segment, in the state asked for."""
    by = made.users["policy_officer"]
    session = InterpretationSession.objects.filter(segment=made.segments[0]).first()
    session = session or rows.keep(
        row=InterpretationSession(
            region=made.region, segment=made.segments[0], half_year=HALF,
            meaning="Meer jeugdigen stoppen te vroeg.", participants=["Oudersraad"],
        ),
        by=by,
    )  # fmt: skip
    for step in WAY[WAY.index(session.state) + 1 : WAY.index(state) + 1]:
        STEPS[step](made, session, by)
    return session


def _to_reading(made, session, by):
    if not IndicatorValue.objects.filter(figure_set__region=made.region, code=CODE).exists():
        with_figures(made)
    rows.take(row=session, move="freeze", by=by)


def _to_judging(made, session, by):
    hear_everybody(session, by)
    rows.take(row=session, move="judge", by=by)


def _to_concluded(made, session, by):
    judge_all(session, by)
    rows.keep(row=a_decision(session), by=by)
    rows.take(row=session, move="conclude", by=by)


STEPS = {"reading": _to_reading, "judging": _to_judging, "concluded": _to_concluded}


def hear_everybody(session, by, but=()):
    for one in Perspective:
        if one not in but:
            reading = PerspectiveReading(
                session=session, perspective=one, who=f"Groep {one}", reading="Het gaat minder."
            )
            rows.keep(row=reading, by=by)


def judge_all(session, by, verdict="attention"):
    for row in Judgement.objects.filter(session=session, verdict=""):
        row.verdict, row.reason = verdict, "De uitval steeg meer dan het toeval verklaart."
        rows.keep(row=row, by=by)


def judge_provider(session, provider, by, verdict="on_course"):
    row = ProviderJudgement(session=session, provider=provider, verdict=verdict, reason="Gezien.")
    return rows.keep(row=row, by=by)


def a_decision(session, **given):
    return SteeringDecision(
        session=session,
        **{
            "what": "Met de grootste aanbieders in gesprek over uitval",
            "who": "contractmanager",
            "due_on": clock.today() + timedelta(days=20),
            **given,
        },
    )


def a_risk(made, title="Te weinig draagvlak", **given):
    return rows.keep(
        row=Risk(region=made.region, title=title, **given), by=made.users["controller"]
    )


def weigh(made, risk, likelihood, impact, days=0):
    row = RiskAssessment(
        risk=risk, likelihood=likelihood, impact=impact, reason="Overleg.",
        on=clock.today() - timedelta(days=days),
    )  # fmt: skip
    return rows.keep(row=row, by=made.users["controller"])


def an_assessment(made, place=0, year=2026):
    for number, group in ((1, "nearby"), (2, "whole"), (3, "mandate")):
        LocalTeamFeature.objects.get_or_create(
            region=made.region, number=number,
            defaults={"group": group, "text": f"Kenmerk {number}"},
        )  # fmt: skip
    row = SelfAssessment(region=made.region, municipality=made.municipalities[place], year=year)
    return rows.keep(row=row, by=made.users["policy_officer"])


def score_all(made, assessment, score=3):
    for row in FeatureScore.objects.filter(assessment=assessment):
        row.score, row.explanation = score, "Zo doen wij dat."
        rows.keep(row=row, by=made.users["policy_officer"])


def an_inquiry(made, **given):
    row = Inquiry(
        region=made.region,
        **{"title": "Korte wacht", "behind": "Samen plannen.", "spreadable": "Overal.", **given},
    )
    return rows.keep(row=row, by=made.users["contract_manager"])


def an_initiative(made, **given):
    row = Initiative(
        region=made.region,
        **{
            "kind": "pilot", "title": "Hulp op school", "aim": "Minder verwijzingen.",
            "starts_on": clock.today(), "evaluate_on": clock.today() + timedelta(days=90),
            "finding": "Minder verwijzingen.", **given,
        },
    )  # fmt: skip
    return rows.keep(row=row, by=made.users["contract_manager"])


def an_agreed_set(made, agree=True, **scope):
    """Of the first segment with drop-out (0.30 of 200, guarded by care again), version 1."""
    by = made.users["contract_manager"]
    if not GoalIndicator.objects.filter(goal=made.goal).exists():
        with_figures(made)
    guard = IndicatorDefinition.objects.filter(region=made.region, code="repeat_care_rate").first()
    guard = guard or IndicatorDefinitionFactory(
        region=made.region, code="repeat_care_rate", name="Opnieuw hulp"
    )
    row = AgreedSet(region=made.region, segment=made.segments[0], **scope)
    version = rows.keep(row=row, by=by).versions.get()
    for one in version.rows.all():
        one.guard, one.in_numbers = guard, "Gestopt zonder overleg, van alle einden."
        one.clause_text = "Bijlage 4"
        rows.keep(row=one, by=by)
        if not one.targets.exists():
            target = AgreedTarget(agreed=one, year=2026, kind="number", value="0.2")
            rows.keep(row=target, by=by)
    version.holds_from, version.agreed_on = date(2026, 1, 1), clock.today()
    rows.keep(row=version, by=by)
    if agree:
        rows.take(row=version, move="agree", by=by)
    return version
