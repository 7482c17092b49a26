"""A session: its figures are frozen, all perspectives read them, then every one is judged."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from core import clock
from core.errors import DomainError
from core.formats import MONTHS
from segments.models import IndicatorDefinition, Segment, SegmentGoal

from ...enums.interpretation import SESSION, Perspective, SessionState, Verdict
from ...models import (
    FigureSet,
    InterpretationSession,
    Judgement,
    PerspectiveReading,
    ProviderJudgement,
    SteeringDecision,
)
from ...presenters import Row, indicator_for
from ...queries.figures import Figures, figures_for, targets_of
from ...queries.published import told_to_councils
from ...queries.reading import Where, full_readings
from ...queries.wanted import in_force
from ..change import NOTHING
from .rows import AFTER, BEFORE, KEEPING, REMOVING, TABLES

# Judged where the goals of a segment have no indicator of their own.
STANDARD = ("wait_p50", "dropout_rate", "goal_attainment", "repeat_care_rate")
_MONTH = "|".join(MONTHS)
_NO_FIGURE = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTH})\b|\b(?:19|20)\d\d(?:-H[12])?\b|\b[A-Z]\d{{1,2}}\b|"
    r"\b(?:segment|doel|fase|perceel|product|risico) [\w.]+",
    re.IGNORECASE,
)


def freeze(session: InterpretationSession) -> None:
    """Choose the newest figures and lay them on the table, one row per goal and indicator.

    The indicators are those agreed for the segment on the last day, else those of its goals.
    """
    figures = figures_for(session.region, session.period, scheme=session.segment.scheme)
    if figures is None:
        raise DomainError(
            f"Er zijn nog geen cijfers van het {session.period.title} in de indeling "
            f"‘{session.segment.scheme}’. Laat ze eerst berekenen bij Indicatoren.",
            code="cijfers-ontbreken",
        )
    session.figure_set = figures.now
    session.save(update_fields=["figure_set"])
    rows = [*_goals(session), *_indicators(session, figures)]
    for order, row in enumerate(rows):
        row.order = order
    Judgement.objects.bulk_create(rows)


def release(session: InterpretationSession) -> None:
    """Newer figures may be chosen; what was on the table is put away."""
    session.judgements.all().delete()
    session.figure_set = None
    session.save(update_fields=["figure_set"])


def _goals(session: InterpretationSession) -> Iterator[Judgement]:
    for goal in session.segment.goals.filter(parent__isnull=True):
        yield Judgement(session=session, goal=goal, name=f"Doel {goal}"[:400])


def _indicators(session: InterpretationSession, figures: Figures) -> Iterator[Judgement]:
    where = Where(segment=session.segment.code)
    held = in_force(session.segment, session.period.end - timedelta(days=1))
    agreed = held.by_code
    definitions = {code: wanted.row.indicator for code, wanted in agreed.items()}
    definitions = definitions or _definitions(session.segment)
    codes = list(definitions) or list(STANDARD)
    now, before, year_ago = (
        full_readings(one, where, codes) for one in (figures.now, figures.before, figures.year_ago)
    )
    told = _told(figures.now, where, codes)
    targets = targets_of(figures.now.scheme, segment=where.segment)
    for code in codes:
        indicator = indicator_for(code, definitions.get(code))
        if indicator is None:
            continue
        row = Row(
            indicator, now.get(code, NOTHING), before.get(code, NOTHING),
            year_ago.get(code, NOTHING), targets.get(code),
        )  # fmt: skip
        yield Judgement(
            session=session, code=code, name=indicator.name[:400],
            figure=frozen(row)
            | {"agreed": held.told}
            | ({"target": agreed[code].text} if code in agreed else {}),
            protected=code in now and code not in told,
        )  # fmt: skip


def _definitions(segment: Segment) -> dict[str, IndicatorDefinition]:
    """The indicators of the segment's goals, each once, in the order of the goals."""
    goals = SegmentGoal.objects.filter(segment=segment).prefetch_related("indicators__indicator")
    links = (link for goal in goals for link in goal.indicators.all())
    return {link.indicator.code: link.indicator for link in links}


def _told(figure_set: FigureSet, where: Where, codes: list[str]) -> set[str]:
    rows = told_to_councils(figure_set).filter(code__in=codes, **where.filled())
    return set(rows.values_list("code", flat=True))


def frozen(row: Row) -> dict[str, Any]:
    """A figure as it lies on the table: the words people saw, and the numbers behind them."""
    change, year_change = row.change, row.year_change
    return {
        "shown": row.shown,
        "before": row.shown_before,
        "year_ago": row.shown_year_ago,
        "interval": row.interval,
        "change": change.words if change else "",
        "year_change": year_change.words if year_change else "",
        "tone": year_change.tone if year_change else "neutral",
        "target": row.target_text,
        "value": row.now.known,
        "numerator": row.now.numerator,
        "denominator": row.now.denominator,
        "low": row.now.low,
        "high": row.now.high,
    }


def check_every_perspective(session: InterpretationSession) -> None:
    """Who was not heard is written down with the reason: nobody is forgotten in silence."""
    given = set(session.readings.values_list("perspective", flat=True))
    absent = [str(one.label) for one in Perspective if one not in given]
    if absent:
        raise DomainError(
            f"Er is nog geen lezing van: {', '.join(absent)}. Leg vast wat zij zien, of bij ‘wat "
            "ontbreekt’ waarom zij er niet bij waren.",
            code="perspectief-ontbreekt",
        )


def conclude(session: InterpretationSession) -> None:
    """Everything judged, the meaning written, and a decision for what is off course."""
    open_ones = [row.name for row in session.judgements.filter(verdict="")]
    if open_ones:
        raise DomainError(f"Nog zonder oordeel: {'; '.join(open_ones)}.", code="oordeel-ontbreekt")
    if not session.meaning.strip():
        raise DomainError(
            "Schrijf eerst bij de duiding wat het samen betekent.", code="betekenis-ontbreekt"
        )
    off = session.judgements.filter(verdict=Verdict.OFF_COURSE).first()
    if off is not None and not session.decisions.exists():
        raise DomainError(
            f"‘{off.name}’ is uit koers. Leg ten minste één sturingsbesluit vast: wie doet wat, "
            "wanneer.",
            code="besluit-ontbreekt",
        )
    session.concluded_on = clock.today()
    session.save(update_fields=["concluded_on"])


def reopen(session: InterpretationSession) -> None:
    session.concluded_on = None
    session.save(update_fields=["concluded_on"])


def check_no_loose_numbers(*texts: str) -> None:
    """What councils read beside frozen figures names no other ones; years and dates may."""
    for text in texts:
        found = re.search(r"\d[\d.,]*", _NO_FIGURE.sub("", text))
        if found:
            raise DomainError(
                f"‘{found[0].rstrip('.,')}’ is een getypt getal. Het cijfer staat erbij: zeg in "
                "woorden wat het betekent. Jaartallen en datums mogen wel.",
                code="cijfer-getypt",
            )


def _keep_session(session: InterpretationSession, by: Any) -> None:
    check_no_loose_numbers(session.meaning)
    if session.is_concluded:
        raise DomainError(
            "Het oordeel is vastgesteld. Heropen het eerst, met een reden.", code="vastgesteld"
        )
    fixed = InterpretationSession.objects.filter(pk=session.pk, figure_set__isnull=False).first()
    if fixed and (fixed.segment_id, fixed.half_year) != (session.segment_id, session.half_year):
        raise DomainError(
            "De cijfers staan vast: segment en halfjaar veranderen niet meer.", code="cijfers-vast"
        )


def _remove_session(session: InterpretationSession) -> None:
    if session.state != SessionState.PREPARING:
        raise DomainError("Deze duiding is begonnen en blijft bewaard.", code="duiding-begonnen")


def _keep_reading(row: PerspectiveReading, by: Any) -> None:
    _check_step(row.session, SessionState.READING, "Een lezing geeft u in de stap ‘duiding’.")
    row.made_by, row.made_on = by, clock.today()


def _keep_judgement(row: Judgement | ProviderJudgement, by: Any) -> None:
    _check_step(row.session, SessionState.JUDGING, "Oordelen doet u in de stap ‘oordeel’.")
    if isinstance(row, Judgement):
        if row.pk is None:
            raise DomainError(
                "Oordelen komen met de vastgezette cijfers; u voegt er geen toe.",
                code="cijfers-vast",
            )
        check_no_loose_numbers(row.reason)


def _remove_judgement(row: Judgement) -> None:
    raise DomainError("Een oordeel hoort bij de vastgezette cijfers.", code="cijfers-vast")


def _keep_decision(row: SteeringDecision, by: Any) -> None:
    """Decided while judging; what came of it is written at any time after."""
    check_no_loose_numbers(row.what)
    if row.pk is None:
        _check_step(row.session, SessionState.JUDGING, "Besluiten neemt u in de stap ‘oordeel’.")


def _remove_in_judging(row: Any) -> None:
    _check_step(row.session, SessionState.JUDGING, "Het oordeel is al vastgesteld.")


def _remove_reading(row: PerspectiveReading) -> None:
    _check_step(row.session, SessionState.READING, "De duiding is voorbij.")


def _check_step(session: InterpretationSession, state: SessionState, text: str) -> None:
    if session.state != state:
        raise DomainError(
            f"{text} Deze duiding is nu: {session.get_state_display()}.", code="verkeerde-stap"
        )


TABLES[InterpretationSession] = SESSION
BEFORE[SESSION.code, "freeze"] = freeze
AFTER[SESSION.code, "release"] = release
BEFORE[SESSION.code, "judge"] = check_every_perspective
BEFORE[SESSION.code, "conclude"] = conclude
AFTER[SESSION.code, "reopen"] = reopen
KEEPING |= {
    InterpretationSession: _keep_session,
    PerspectiveReading: _keep_reading,
    Judgement: _keep_judgement,
    ProviderJudgement: _keep_judgement,
    SteeringDecision: _keep_decision,
}
REMOVING |= {
    InterpretationSession: _remove_session,
    PerspectiveReading: _remove_reading,
    Judgement: _remove_judgement,
    ProviderJudgement: _remove_in_judging,
    SteeringDecision: _remove_in_judging,
}
