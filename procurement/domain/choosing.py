"""What ticks suggest about a funding form, and which notices a procedure needs. Plain values."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

# Social and other specific services: from here a European notice is due (2014/24/EU, art. 4d).
SAS_THRESHOLD = Decimal(750_000)


@dataclass(frozen=True)
class Tick:
    """A criterion that applies to a segment or not, and the form for which it speaks."""

    favours: str
    applies: bool


@dataclass(frozen=True)
class Suggestion:
    """The form for which most criteria speak; '' when they speak for two alike."""

    form: str
    counts: tuple[tuple[str, int, int], ...]


def suggestion(ticks: Iterable[Tick]) -> Suggestion:
    """A count of what applies per form: what the ticks suggest, never a decision."""
    rows = list(ticks)
    total = Counter(tick.favours for tick in rows)
    applying = Counter(tick.favours for tick in rows if tick.applies)
    counts = tuple((form, applying[form], total[form]) for form in total)
    most = applying.most_common(2)
    tie = len(most) == 2 and most[0][1] == most[1][1]
    return Suggestion("" if tie or not most else most[0][0], counts)


def notices_due(kind: str, value: Decimal | None) -> tuple[str, ...]:
    """The notices that a procedure of this kind and value (euros, excluding VAT) must give."""
    tender = kind in ("sas", "dialogue", "sas_or_open")
    if tender and (value is None or value >= SAS_THRESHOLD):
        return ("Europese aankondiging of vooraankondiging", "Europese aankondiging van de gunning")
    if tender:
        return ("Passende openbaarmaking (onder de Europese drempel)",)
    if kind == "open_house":
        return ("Openbaarmaking van de toelatingseisen",)
    return ("Toets op wezenlijke wijziging van de overeenkomst",)
