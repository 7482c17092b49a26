"""Sentences about figures: plain Dutch (B1), made by rules that know direction and uncertainty.

A sentence never claims a change that the interval does not bear, names the numbers behind a
share, and says of a hidden figure only that it is protected.
"""

from core.formats import days, euro_short, number, percent

from .change import Certainty, Change, Direction, change
from .points import Figure, Kind, Point

HIDDEN_TEXT = "afgeschermd"
NOTHING_TEXT = "geen waarde"


def shown(kind: Kind, point: Point) -> str:
    """A value as a reader sees it: '12,3%', '35 dagen', '€ 6,2 miljoen'."""
    if point.hidden:
        return HIDDEN_TEXT
    if point.value is None:
        return NOTHING_TEXT
    return amount(kind, point.value)


def amount(kind: Kind, value: float) -> str:
    match kind:
        case Kind.SHARE:
            return percent(value)
        case Kind.DAYS:
            return days(value)
        case Kind.MARK | Kind.RATE:
            return number(value, 1)
        case Kind.MONEY:
            return euro_short(value)
    return number(value, 0)


# As `euro_short`: below this an amount is told to the euro.
TOLD_TO_THE_EURO = 10_000


def whole_euros(value: float) -> float:
    """An amount as precise as a file tells it: in thousands, a small one in euros."""
    return round(value, -3 if abs(value) >= TOLD_TO_THE_EURO else 0)


def interval(kind: Kind, point: Point) -> str:
    """'tussen 9,1% en 16,2%', or nothing when there is no interval."""
    if not point.known or point.low is None or point.high is None:
        return ""
    return f"tussen {amount(kind, point.low)} en {amount(kind, point.high)}"


def base(figure: Figure) -> str:
    """The numbers behind a share: ' (37 van de 301)'."""
    point = figure.now
    if figure.kind != Kind.SHARE or point.numerator is None or not point.denominator:
        return ""
    if point.numerator != int(point.numerator) or point.denominator > 10_000_000:
        return ""
    return f" ({number(point.numerator, 0)} van de {number(point.denominator, 0)})"


def compared(figure: Figure, before: Point, moment: str) -> str:
    """How the figure stands against an earlier one: one sentence, or nothing to say."""
    if not figure.now.known:
        return ""
    if before.hidden:
        return f"Het cijfer van {moment} is afgeschermd."
    if before.value is None:
        return f"Van {moment} is er geen cijfer."
    what = change(figure.kind, figure.now, before)
    return f"{moment[0].upper()}{moment[1:]} was dat {shown(figure.kind, before)}{_verdict(what)}"


def _verdict(what: Change) -> str:
    if what.certainty == Certainty.UNTESTED:
        return "."
    if what.certainty == Certainty.CHANCE:
        if what.direction == Direction.EQUAL:
            return "; dat is ongeveer gelijk."
        return ". Dit verschil kan toeval zijn."
    return f"; {_movement(what)}."


def _movement(what: Change) -> str:
    if what.direction == Direction.EQUAL:
        return "een kleine verandering"
    word = "stijging" if what.direction == Direction.UP else "daling"
    if what.relative is None:
        return f"een {word}"
    return f"een {word} van {percent(abs(what.relative), 0)}"


def meaning(figure: Figure) -> str:
    """Whether what is certain went the wished way, against a year ago; else nothing."""
    what = change(figure.kind, figure.now, figure.year_ago)
    good = what.is_good(figure.polarity)
    if good is None or what.direction == Direction.EQUAL:
        return ""
    return "Dat is de gewenste richting." if good else "Dat is niet de gewenste richting."


def target(figure: Figure) -> str:
    """The target and how far it is, without calling a distance a trend."""
    goal = figure.target
    if goal is None:
        return ""
    if goal.value is None or not figure.now.known:
        return f"Streven: {_lower_first(goal.text)}."
    year = f" in {goal.year}" if goal.year else ""
    return f"Het streven is {amount(figure.kind, goal.value)}{year}."


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def statement(figure: Figure) -> str:
    """The whole paragraph of one figure."""
    name = figure.name
    if figure.now.hidden:
        return f"{name}: dit cijfer is afgeschermd, omdat anders iemand herkend kan worden."
    if figure.now.value is None:
        return f"{name}: er was dit halfjaar niets te meten."
    parts = [
        f"{name}: {shown(figure.kind, figure.now)}{base(figure)}.",
        compared(figure, figure.year_ago, "een jaar eerder"),
        meaning(figure),
        target(figure),
    ]
    return " ".join(part for part in parts if part)
