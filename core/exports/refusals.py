"""Why a file cannot be read: always which file, where in it, and what to do."""

from core.errors import DomainError
from core.exports.columns import UNPRINTABLE


class TableError(DomainError):
    """The file as a whole is refused. `line` is the line or row, 0 when it is the whole file."""

    def __init__(self, name: str, problem: str, *, code: str, line: int = 0) -> None:
        shown = UNPRINTABLE.sub("", name)[:120] or "bestand"
        place = f", regel {line}" if line else ""
        super().__init__(f"{shown}{place}: {problem}", code=code)
        self.line = line
