"""What stands in the place of a figure that may not be shown."""

from enum import Enum
from typing import Final, Literal


class Mark(Enum):
    """One mark for every hidden cell: a second kind would tell which cells are the small ones."""

    HIDDEN = "afgeschermd"

    def __str__(self) -> str:
        return self.value


HIDDEN: Final = Mark.HIDDEN
Hidden = Literal[Mark.HIDDEN]
