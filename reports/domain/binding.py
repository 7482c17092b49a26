"""Figures in text that an author edits: they are chosen, never typed.

A made sentence is taken apart into its words and its figures: `{1}`, `{2}`, ... stand for the
figures that the rules wrote there, `{Instroom}` and `{Instroom, een jaar eerder}` for any figure
of the edition. What comes back is filled from the frozen figures; a loose number is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import DomainError
from core.formats import MONTHS

PLACE = re.compile(r"\{([^{}]*)\}")
_YEAR = r"(?:19|20)\d\d"
_MONTH = "|".join(MONTHS)
# A number as the rules write it: euros with their word, a percentage, a count.
_AMOUNT = r"€ ?\d[\d.]*(?:,\d+)?(?: (?:miljoen|miljard|duizend))?"
_NUMBER = r"-?\d[\d.]*(?:,\d+)?%?"
# What is no figure: a day, a half-year, a year, the number of a segment or goal.
_NO_FIGURE = (
    rf"\d{{1,2}} (?:{_MONTH})(?: {_YEAR})?|{_YEAR}-H[12]|\b{_YEAR}\b(?![\d.,]*\d)|"
    r"\b(?:[Ss]egment|[Dd]oel|[Ff]ase|[Pp]erceel) \d+(?:\.\d+)*"
)
PIECES = re.compile(rf"(?P<plain>{_NO_FIGURE})|(?P<figure>{_AMOUNT}|{_NUMBER})")


@dataclass(frozen=True)
class Bound:
    """A text with places, and what the numbered places stand for."""

    template: str
    values: tuple[str, ...]


def bind(made: str) -> Bound:
    """Take a made sentence apart: 'Er zijn 37 jeugdigen' -> 'Er zijn {1} jeugdigen', ('37',)."""
    values: list[str] = []

    def place(found: re.Match[str]) -> str:
        if found["plain"]:
            return found[0]
        # A full stop or comma that ends the sentence is no part of the number.
        text = found[0].rstrip(".,")
        values.append(text)
        return f"{{{len(values)}}}{found[0][len(text) :]}"

    escaped = made.replace("{", "(").replace("}", ")")
    return Bound(PIECES.sub(place, escaped), tuple(values))


def fill(template: str, values: Sequence[str], figures: Mapping[str, str]) -> str:
    """The text with its figures; refuses an unknown place and a number that was typed."""
    _check_nothing_typed(template)
    numbered = {str(number): value for number, value in enumerate(values, start=1)}
    lowered = {name.casefold(): value for name, value in figures.items()}

    def value(found: re.Match[str]) -> str:
        name = found[1].strip()
        if name in numbered:
            return numbered[name]
        try:
            return lowered[name.casefold()]
        except KeyError:
            raise DomainError(
                f"Het cijfer {found[0]} bestaat niet in deze rapportage. Kies een cijfer uit de "
                "lijst onder het tekstvak.",
                code="cijfer-onbekend",
            ) from None

    return PLACE.sub(value, template)


def _check_nothing_typed(template: str) -> None:
    words = PLACE.sub("", template)
    loose = [m["figure"] for m in PIECES.finditer(words) if m["figure"]]
    if loose:
        raise DomainError(
            f"'{loose[0].rstrip('.,')}' is een getypt getal. Kies het cijfer uit de lijst onder "
            "het tekstvak, dan klopt het altijd met de tabellen. Jaartallen en datums mag u wel "
            "typen.",
            code="cijfer-getypt",
        )
    if "{" in words or "}" in words:
        raise DomainError(
            "Een accolade staat los. Schrijf een cijfer als {naam}.", code="accolade-los"
        )
