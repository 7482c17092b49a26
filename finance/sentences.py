"""Plain Dutch about figures, that claims no more than the interval bears."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from core.formats import euro_short, percent

from .domain.projection_result import TurningPoint
from .queries.reports import YearFigure
from .version import CALCULATION


def chance(share: float) -> str:
    """A probability in whole percents; paths never make anything certain or impossible."""
    if share < 0.01:
        return "minder dan 1%"
    return "meer dan 99%" if share > 0.99 else percent(share, 0)


def otherwise_again(made_with: str) -> str:
    """Why the stored inputs give another result now than they gave with that calculation."""
    if made_with != CALCULATION:
        return (
            f"De berekening is sindsdien veranderd: toen {made_with}, nu {CALCULATION}. De "
            "bewaarde uitkomst blijft zoals zij was; maak een nieuwe om met de berekening van nu "
            "te rekenen."
        )
    return (
        "Invoer of uitkomst is sindsdien beschadigd. Gebruik de bedragen niet en meld dit bij de "
        "beheerder."
    )


def year_sentence(figure: YearFigure, before: YearFigure | None) -> str:
    """What a year costs, beside the year before."""
    if figure.over and figure.low80 == figure.high80:
        return f"In {figure.year} kostte de jeugdhulp {euro_short(figure.expected)}."
    text = (
        f"In {figure.year} kost de jeugdhulp naar verwachting {euro_short(figure.expected)}. "
        f"Met 80% kans ligt het tussen {euro_short(figure.low80)} en {euro_short(figure.high80)}."
    )
    if figure.savings < 0:
        text += f" Daar is een geplande besparing van {euro_short(-figure.savings)} al af."
    return f"{text} {_compared(figure, before)}".strip()


def savings_sentence(year: int, asked: Decimal, laid: Decimal) -> str:
    """The part of a planned saving (negative amounts) that falls on amounts already agreed."""
    if not laid - asked >= 1:
        return ""
    return (
        f"Van de geplande besparing van {euro_short(-asked)} in {year} valt "
        f"{euro_short(laid - asked)} op bedragen die al zijn afgesproken. Daar gaat niets van af, "
        "dus dat deel telt hier niet mee."
    )


def _compared(figure: YearFigure, before: YearFigure | None) -> str:
    if before is None or not (before.complete and figure.complete):
        return ""
    difference = figure.expected - before.expected
    if before.low80 <= figure.expected <= before.high80 or (
        figure.low80 <= before.expected <= figure.high80
    ):
        return f"Of dat meer of minder is dan in {before.year}, is niet zeker."
    word = "meer" if difference > 0 else "minder"
    return f"Dat is {euro_short(abs(difference))} {word} dan in {before.year}."


def budget_sentence(figure: YearFigure) -> str:
    """How a year stands to its budget; nothing where there is no budget."""
    if figure.budget is None or figure.difference is None or not figure.complete:
        return ""
    amount = figure.budget.amount
    start = f"De begroting van {figure.year} is {'circa ' if figure.budget.circa else ''}"
    start += f"{euro_short(amount)}"
    if amount < figure.low80:
        return (
            f"{start}: waarschijnlijk {euro_short(figure.difference)} te weinig. Ook de ondergrens "
            "van de marge ligt erboven."
        )
    if amount > figure.high80:
        return (
            f"{start}: waarschijnlijk {euro_short(-figure.difference)} meer dan nodig. Ook de "
            "bovengrens van de marge ligt eronder."
        )
    word = "boven" if figure.difference > 0 else "onder"
    return (
        f"{start}. De verwachting ligt {euro_short(abs(figure.difference))} {word} de begroting, "
        "maar dat valt binnen de marge."
    )


def turning_sentences(point: TurningPoint, without_savings: TurningPoint) -> list[str]:
    """The turning point; when savings make the difference, also what it is without them."""
    if point == without_savings:
        return [turning_sentence(point)]
    return [
        f"Als de besparing lukt die hier is meegeteld: {_lower(turning_sentence(point))}",
        f"Zonder die besparing: {_lower(turning_sentence(without_savings))}",
    ]


def expected_turn_sentence(
    year: int, figures: Mapping[int, YearFigure], point: TurningPoint
) -> str:
    """The turning point that a document expects, beside what came of it or how likely it is."""
    start = f"De documenten verwachten het omslagpunt in {year}."
    figure, before = figures.get(year), figures.get(year - 1)
    if figure and before and figure.over and figure.complete and before.complete:
        difference = figure.expected - before.expected
        if figure.low80 <= before.expected <= figure.high80:
            return f"{start} Of de kosten in {year} stegen of daalden, is nog niet zeker."
        came, word = ("niet gehaald", "meer") if difference > 0 else ("gehaald", "minder")
        return (
            f"{start} Dat is {came}: in {year} kostte de jeugdhulp {euro_short(abs(difference))} "
            f"{word} dan in {year - 1}."
        )
    if year in dict(point.probabilities):
        share = sum(part for when, part in point.probabilities if when <= year)
        return f"{start} De kans dat het dan of eerder zover is, is {chance(share)}."
    return f"{start} Deze prognose zegt niets over dat jaar."


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def turning_sentence(point: TurningPoint) -> str:
    """The first year in which cost no longer rises, with its probability."""
    if not point.probabilities:
        return "Er zijn nog geen twee hele jaren om te vergelijken voor een omslagpunt."
    last = point.probabilities[-1][0]
    if point.year is None or point.probability is None:
        return (
            f"Naar verwachting stijgen de kosten tot en met {last} elk jaar. De kans dat ze in een "
            f"van die jaren toch niet stijgen, is {chance(point.probability_of_any)}."
        )
    return (
        f"Het omslagpunt, het eerste jaar waarin de kosten niet meer stijgen, is naar verwachting "
        f"{point.year}. De kans dat het dan of eerder zover is, is "
        f"{chance(point.probability)}."
    )
