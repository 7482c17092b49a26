"""What a scenario says, in plain words."""

from __future__ import annotations

from decimal import Decimal

from core.formats import euro_short

from ..domain.projection_result import TurningPoint
from ..domain.scenario_result import ScenarioResult
from ..sentences import chance


def effect_told(year: int, together: Decimal, low: Decimal, high: Decimal) -> str:
    """What all measures do together in a year, with the limits of 80 %."""
    word = "lager" if together <= 0 else "hoger"
    least, most = sorted((abs(low), abs(high)))
    mixed = low < 0 < high
    told = (
        f"tussen {_million(low)} lager en {_million(high)} hoger"
        if mixed
        else f"tussen {_million(least)} en {_million(most)}"
    )
    return (
        f"In {year} maken de maatregelen samen de kosten van de regio naar verwachting "
        f"{_million(together)} {word} (80% kans: {told})."
    )


def on_agreed_told(year: int, amount: Decimal) -> str:
    """What does not count of the measures because it falls on agreed amounts."""
    if abs(amount) < 1:
        return ""
    word = "minder" if amount < 0 else "meer"
    return (
        f"Daarnaast zouden de maatregelen in {year} {_million(amount)} {word} kosten geven op "
        "bedragen die al zijn afgesproken. Die bedragen blijven zoals ze zijn, dus dat deel telt "
        "hier niet mee."
    )


def turning_rows(outcome: ScenarioResult) -> list[tuple[int, str, str, str, str]]:
    """Year, and the chance that it is the turning point: with measures nominal and real, without
    them nominal and real."""
    points = (
        outcome.turning,
        outcome.turning_real,
        outcome.turning_base,
        outcome.turning_base_real,
    )
    return [
        (year, *(chance(dict(point.probabilities)[year]) for point in points))  # type: ignore[misc]
        for year, _ in outcome.turning.probabilities
    ]


def turning_told(outcome: ScenarioResult) -> list[str]:
    """The turning point in words: in euros of the day, and without the rise of prices."""
    return [
        _turning_told("In euro van dat jaar", outcome.turning),
        _turning_told("Zonder de prijsstijging", outcome.turning_real),
    ]


def _turning_told(how: str, point: TurningPoint) -> str:
    if not point.probabilities:
        return ""
    if point.year is None:
        return (
            f"{how} blijven de kosten naar verwachting elk jaar stijgen; de kans dat er toch een "
            f"omslagpunt komt is {chance(point.probability_of_any)}."
        )
    return (
        f"{how} is {point.year} naar verwachting het eerste jaar waarin de kosten niet meer "
        f"stijgen; de kans dat het dan of eerder zover is, is {chance(point.probability or 0.0)}."
    )


def _million(amount: Decimal) -> str:
    return euro_short(abs(amount))
