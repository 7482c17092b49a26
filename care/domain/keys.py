"""Which records a statement looks at: those of a run, those up to a cut-off, those after it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg.sql import SQL

LAST_RUN = 2**31 - 1

# Conditions on a table under the name `record`.
IN_RUN = SQL("record.run = %(run)s")
AFTER_CUTOFF = SQL("(record.dagtekening > %(known_on)s::date OR record.run > %(cutoff_run)s)")


@dataclass(frozen=True)
class Cutoff:
    """The two arguments of a figure; None is everything that was received."""

    known_on: date | None = None
    run: int | None = None

    def params(self, region_id: int) -> dict[str, Any]:
        return {
            "region_id": region_id,
            "known_on": self.known_on or "infinity",
            "cutoff_run": LAST_RUN if self.run is None else self.run,
        }


EVER = Cutoff()
