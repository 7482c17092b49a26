"""Values as text for COPY, read back with `COPY ... WITH (FORMAT text, NULL '')`.

An empty field is NULL, so that a row holds no backslash but those of escapes and of bytea.
"""

import re
from collections.abc import Iterable

_SPECIAL = re.compile(r"[\\\t\n\r\x08\x0b\x0c]")
_ESCAPES = {
    "\\": "\\\\",
    "\t": "\\t",
    "\n": "\\n",
    "\r": "\\r",
    "\b": "\\b",
    "\v": "\\v",
    "\f": "\\f",
}


def escaped(value: str | None) -> str:
    """A text value as a field; None becomes NULL."""
    if not value:
        return ""
    if value.isalnum():
        return value
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], value)


def bytea(value: bytes) -> str:
    return "\\\\x" + value.hex()


def array(values: Iterable[str]) -> str:
    """Codes as an array of text; meant for letters and digits only."""
    return "{" + ",".join(values) + "}"


def boolean(value: bool) -> str:
    return "t" if value else "f"


def euros_from_cents(cents: int) -> str:
    """Whole cents as euros with two decimals: -5 becomes '-0.05'."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02d}"
