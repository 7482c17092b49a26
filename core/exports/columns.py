"""What a column is, and how a cell of it is written as text."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.clock import AMSTERDAM
from core.suppression import Hidden, Mark

Cell = str | int | float | Decimal | bool | date | datetime | Hidden | None

# A spreadsheet runs a cell that begins with one of these, also after blanks or in full width.
# Leading apostrophes count too, so that what `escaped` adds can be told from what was there.
FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """`decimals` fixes how a number is shown in XLSX; `share` shows 0.12 as 12 %. `unit` is said on
    the sheet of definitions; `total` asks for a sum below the rows, as a formula."""

    header: str
    definition: str = ""
    decimals: int | None = None
    share: bool = False
    width: int = 18
    unit: str = ""
    total: bool = False


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might run this text, now or after its apostrophe is taken away."""
    return FORMULA.match(text) is not None


def escaped(text: str) -> str:
    """Text that a spreadsheet shows and does not run."""
    return f"'{text}" if is_formula(text) else text


def unescaped(text: str) -> str:
    """What `escaped` was given, so that our own files can be read in again."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def as_text(value: Cell) -> str:
    """A cell for CSV: decimal comma, no thousands, dates as 2025-01-31, moments in Dutch time."""
    if value is None:
        return ""
    if isinstance(value, Mark):
        return str(value)
    if isinstance(value, str):
        return escaped(UNPRINTABLE.sub("", value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        local = value.astimezone(AMSTERDAM) if value.tzinfo else value
        return local.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return decimal_text(value)


def decimal_text(value: int | float | Decimal) -> str:
    """A number without exponent; not-a-number and infinity are no figures and stay empty."""
    exact = Decimal(str(value))
    if not exact.is_finite():
        return ""
    if exact == 0:
        exact = abs(exact)
    return f"{exact:f}".replace(".", ",")
