"""Kinds of cells in a table that is delivered: how a text becomes a field for COPY.

A kind makes a reader of columns. It is given the texts of a column and returns the fields; a field
that begins with BAD says that the cell cannot be used, and why. It never raises, and a column of
some thousand cells costs a few calls in C: values that return often are remembered, and for others
one regular expression finds the few cells that need a closer look.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from core.exports import unescaped

from .copytext import boolean, bytea, escaped
from .pseudonyms import Pseudonyms

BAD = "\0"
REQUIRED = "verplicht"
Parse = Callable[[str], str]
ColumnReader = Callable[[Sequence[str]], list[str]]


class _Remembered(dict[str, str]):
    """Reads columns that hold few different values, or in which values return."""

    def __init__(self, read: Parse, most: int) -> None:
        super().__init__()
        self._read = read
        self._most = most

    def __missing__(self, text: str) -> str:
        if len(self) >= self._most:
            self.clear()
        value = self[text] = self._read(text)
        return value

    def __call__(self, cells: Sequence[str]) -> list[str]:
        return list(map(self.__getitem__, cells))


class _Usual:
    """Reads columns whose values are all different but mostly look the same: what matches `usual`
    is taken as it stands, a decimal comma becoming a point; the rest is read one by one."""

    def __init__(self, read: Parse, usual: str, *, required: bool, comma: bool) -> None:
        self._read = read
        optional = "" if required else "?"
        self._odd = re.compile(rf"^(?!(?:{usual}){optional}$).*$", re.MULTILINE)
        self._comma = comma

    def __call__(self, cells: Sequence[str]) -> list[str]:
        joined = "\n".join(cells)
        if joined.count("\n") != len(cells) - 1:
            return list(map(self._read, cells))
        fields = joined.replace(",", ".").split("\n") if self._comma else list(cells)
        index = end = 0
        for odd in self._odd.finditer(joined):
            index += joined.count("\n", end, odd.start())
            end = odd.start()
            fields[index] = self._read(cells[index])
        return fields


@dataclass(frozen=True)
class Kind:
    """How cells of a column are read. `expects` is Dutch and completes 'verwacht wordt ...'.

    `usual` is a pattern of cells that need no parsing (see _Usual); without it up to `remember`
    values are remembered. `personal` values leave as pseudonyms. `words` tells what people call a
    stored value.
    """

    pg_type: str
    expects: str
    parse: Parse
    example: str = ""
    usual: str = ""
    comma: bool = False
    remember: int = 50_000
    personal: bool = False
    words: Mapping[str, str] = field(default_factory=dict)

    def reader(self, *, required: bool, pseudonyms: Pseudonyms) -> ColumnReader:
        parse = _pseudonymised(self.parse, pseudonyms) if self.personal else self.parse
        empty = BAD + REQUIRED if required else ""

        def read(text: str) -> str:
            cell = text.strip()
            return parse(cell) if cell else empty

        if self.usual:
            return _Usual(read, self.usual, required=required, comma=self.comma)
        return _Remembered(read, self.remember)


def _pseudonymised(parse: Parse, pseudonyms: Pseudonyms) -> Parse:
    def read(cell: str) -> str:
        number = parse(cell)
        return number if number.startswith(BAD) else bytea(pseudonyms.of(number))

    return read


def code(length: int, *, example: str) -> Kind:
    """Exactly so many digits, kept as text: a municipality, an AGB code."""
    pattern = re.compile(rf"[0-9]{{{length}}}")

    def parse(cell: str) -> str:
        if pattern.fullmatch(cell):
            return cell
        lost = cell.isascii() and cell.isdigit() and len(cell) < length
        return BAD + ("voorloopnul" if lost else "waarde")

    return Kind("text", f"een code van {length} cijfers", parse, example)


def padded_code(length: int, *, least: int, example: str) -> Kind:
    """A code of so many digits as people type it: blanks, dots and dashes between do not count,
    and zeros that a spreadsheet took away in front come back, when at least `least` are left."""

    def parse(cell: str) -> str:
        digits = re.sub(r"[\s.\-\u00a0]", "", cell)
        if not (digits.isascii() and digits.isdigit() and least <= len(digits) <= length):
            return BAD + "waarde"
        return digits.zfill(length)

    return Kind("text", f"een code van {length} cijfers", parse, example)


def loose_day(*, example: str = "2025-01-31") -> Kind:
    """A date as offices write it: also 1-2-25, 1.2.2025, 01/02/2025 or a spreadsheet's number."""
    expects = "een datum zoals 2025-01-31, 31-1-2025 of 31-1-25"
    return Kind("date", expects, _parse_loose_day, example)


_SPREADSHEET_ZERO = date(1899, 12, 30)
_SHORT_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{2}|[0-9]{4})")


def _parse_loose_day(cell: str) -> str:
    first = cell.split(" ")[0].split("T")[0]
    if re.fullmatch(r"[0-9]{5}", first):
        return (_SPREADSHEET_ZERO + timedelta(days=int(first))).isoformat()
    if short := _SHORT_DAY.fullmatch(first):
        day, month, year = short.groups()
        return _parse_day(f"{day}-{month}-{year if len(year) == 4 else f'20{year}'}")
    return _parse_day(first)


def text(most: int, *, example: str = "") -> Kind:
    """Text that is kept; for codes and references, not for free text about a person."""

    def parse(cell: str) -> str:
        if not cell.isprintable():
            return BAD + "teken"
        return escaped(cell) if len(cell) <= most else BAD + "waarde"

    usual = rf"[0-9A-Za-z](?:[0-9A-Za-z ./_-]{{0,{most - 2}}}[0-9A-Za-z])?"
    return Kind("text", f"tekst van hoogstens {most} tekens", parse, example, usual=usual)


def prose(most: int, *, example: str = "") -> Kind:
    """Text of an organisation that is kept, line ends too; not for free text about a person."""

    def parse(cell: str) -> str:
        lines = unescaped(cell).replace("\r\n", "\n").replace("\r", "\n").expandtabs()
        if len(lines) > most or not lines.replace("\n", "").isprintable():
            return BAD + "waarde"
        return escaped(lines)

    return Kind("text", f"tekst van hoogstens {most} tekens", parse, example)


def dropped() -> Kind:
    """Free text: it may be there, and it goes no further than this."""
    return Kind("text", "vrije tekst; die wordt niet bewaard", lambda cell: "")


def day(*, example: str = "2025-01-31") -> Kind:
    """A date, as 2025-01-31 or 31-1-2025."""
    return Kind("date", "een datum zoals 2025-01-31 of 31-1-2025", _parse_day, example)


_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")


def _parse_day(cell: str) -> str:
    found = _ISO_DAY.fullmatch(cell)
    parts = found.groups() if found else ()
    if not found:
        dutch = _DUTCH_DAY.fullmatch(cell)
        parts = dutch.groups()[::-1] if dutch else ()
    if not parts:
        return BAD + "waarde"
    try:
        found_day = date(*map(int, parts))
    except ValueError:
        return BAD + "waarde"
    return found_day.isoformat() if 1900 <= found_day.year < 2200 else BAD + "waarde"


def whole(low: int = 0, high: int = 999_999_999, *, example: str = "1") -> Kind:
    """A whole number between bounds, both included."""
    pattern = re.compile(r"-?[0-9]{1,18}")

    def parse(cell: str) -> str:
        if not pattern.fullmatch(cell) or not low <= int(cell) <= high:
            return BAD + "waarde"
        return str(int(cell))

    pg_type = "integer" if low >= -(2**31) and high < 2**31 else "bigint"
    usual = f"[1-9][0-9]{{0,{len(str(high)) - 2}}}" if low in (0, 1) and high >= 10 else ""
    return Kind(
        pg_type,
        f"een geheel getal van {_dotted(low)} tot en met {_dotted(high)}",
        parse,
        example,
        usual=usual,
    )


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def decimal(digits: int, scale: int, *, negative: bool = False, example: str = "1,5") -> Kind:
    """A number with a decimal comma. Points between thousands are read only where they can mean
    nothing else: 1.234,50, never 1.234."""
    sign = "-?" if negative else ""
    plain = rf"{sign}[0-9]{{1,{digits - scale}}}"
    fraction = rf"(,[0-9]{{1,{scale}}})" if scale else "()"
    pattern = re.compile(rf"(?:{plain}|{sign}[0-9]{{1,3}}(?:\.[0-9]{{3}})+(?=,)){fraction}?")

    def parse(cell: str) -> str:
        if not pattern.fullmatch(cell):
            return BAD + "waarde"
        value = cell.replace(".", "").replace(",", ".")
        too_long = len(value.partition(".")[0].lstrip("-")) > digits - scale
        return BAD + "waarde" if too_long else value

    return Kind(
        f"numeric({digits},{scale})",
        f"een getal met hoogstens {scale} cijfers achter de komma, zoals {example}",
        parse,
        example,
        usual=plain + (f"(?:,[0-9]{{1,{scale}}})?" if scale else ""),
        comma=True,
    )


def euros(*, negative: bool = False, example: str = "1234,50") -> Kind:
    """An amount in euros with at most two decimals."""
    kind = decimal(12, 2, negative=negative, example=example)

    def parse(cell: str) -> str:
        return kind.parse(cell.removeprefix("€").strip().removesuffix(",-"))

    return replace(kind, expects=f"een bedrag zoals {example}", parse=parse)


def choice(options: Mapping[str, str], *, example: str = "") -> Kind:
    """One of the Dutch words, stored as the value beside it; its first word is its name."""
    names: dict[str, str] = {}
    for word, value in options.items():
        names.setdefault(value, word)
    words = {word.lower(): value for word, value in options.items()}

    def parse(cell: str) -> str:
        return words.get(cell.lower(), BAD + "waarde")

    return Kind(
        "text",
        f"een van: {', '.join(options)}",
        parse,
        example or next(iter(options)),
        words=names,
    )


def yes_no() -> Kind:
    """'ja' or 'nee' (also 1 and 0)."""
    words = {"ja": True, "1": True, "nee": False, "0": False}

    def parse(cell: str) -> str:
        answer = words.get(cell.lower())
        return BAD + "waarde" if answer is None else boolean(answer)

    return Kind("boolean", "ja of nee", parse, "ja")


def half_year() -> Kind:
    """A half-year, as 2025-H1."""
    pattern = re.compile(r"(?:19|20|21)[0-9]{2}-H[12]")

    def parse(cell: str) -> str:
        return cell.upper() if pattern.fullmatch(cell.upper()) else BAD + "waarde"

    return Kind("text", "een halfjaar zoals 2025-H1", parse, "2025-H1")


def citizen_number() -> Kind:
    """A citizen number of nine digits that passes the eleven-test; becomes a pseudonym."""
    return Kind(
        "bytea",
        "een burgerservicenummer van 9 cijfers",
        _parse_citizen_number,
        "999900018",
        remember=250_000,
        personal=True,
    )


def _parse_citizen_number(cell: str) -> str:
    if len(cell) == 8 and cell.isascii() and cell.isdigit():
        return BAD + "voorloopnul"
    if len(cell) != 9 or not (cell.isascii() and cell.isdigit()):
        return BAD + "waarde"
    a, b, c, d, e, f, g, h, i = map(int, cell)
    test = 9 * a + 8 * b + 7 * c + 6 * d + 5 * e + 4 * f + 3 * g + 2 * h - i
    return BAD + "elfproef" if test % 11 or cell == "000000000" else cell


MESSAGES: dict[str, tuple[str, str]] = {
    REQUIRED: ("is leeg; dit veld is verplicht", "Vul het veld in."),
    "voorloopnul": (
        "heeft te weinig cijfers; waarschijnlijk is een voorloopnul verloren gegaan",
        "Zet de kolom in het rekenblad op 'Tekst' en vul de nullen vooraan weer in.",
    ),
    "teken": (
        "bevat een teken dat niet zichtbaar is",
        "Typ de waarde opnieuw, zonder te plakken, en lever de rij opnieuw aan.",
    ),
    "elfproef": (
        "is geen bestaand burgerservicenummer (het voldoet niet aan de elfproef)",
        "Controleer het nummer in de bron.",
    ),
}
