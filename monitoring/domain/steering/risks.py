"""Risks and chances: assessed, contained, accepted or closed."""

from core import clock
from core.errors import DomainError

from ...enums.steering import RISK, RiskState
from ...models import MitigationMeasure, Risk, RiskAssessment
from .rows import BEFORE, KEEPING, TABLES


def check_assessed(risk: Risk) -> None:
    """Nobody accepts or closes what was never weighed."""
    if not risk.assessments.exists():
        raise DomainError(
            "Schat eerst in hoe waarschijnlijk en hoe groot dit is.", code="inschatting-ontbreekt"
        )


def close(risk: Risk) -> None:
    check_assessed(risk)
    open_ones = risk.measures.filter(done_on__isnull=True).count()
    if open_ones:
        raise DomainError(
            "Er lopen nog maatregelen. Leg vast wat ervan kwam, of haal ze weg.",
            code="maatregel-loopt",
        )


def _keep_assessment(row: RiskAssessment, by: object) -> None:
    if row.on > clock.today():
        raise DomainError(
            "Een inschatting kan niet in de toekomst liggen.", code="datum-in-toekomst"
        )
    _check_open(row.risk)


def _keep_measure(row: MitigationMeasure, by: object) -> None:
    if row.pk is None:
        _check_open(row.risk)


def _check_open(risk: Risk) -> None:
    if risk.state == RiskState.CLOSED:
        raise DomainError("Dit is afgesloten. Heropen het eerst.", code="afgesloten")


TABLES[Risk] = RISK
BEFORE[RISK.code, "accept"] = check_assessed
BEFORE[RISK.code, "close"] = close
KEEPING |= {RiskAssessment: _keep_assessment, MitigationMeasure: _keep_measure}
