"""What the method would have said in every past month, beside simple rivals.

Every origin sees only what was known at its end: declarations, prices and decisions. What a year
became is what the projection of now says of a year that is over: known, and the little that is
still to come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np

from finance.domain.known_steps import AgreedMeasures, KnownStep
from finance.domain.months import Month
from finance.domain.projection import project
from finance.domain.projection_inputs import IndexYear, ProjectionInputs, checksum_of
from finance.domain.projection_result import Projection
from finance.domain.silence import Sent, silences, silent_providers

MONTHS_A_YEAR = 12
LEAST_HISTORY = 12
PATHS = 500
MILESTONES = (3, 6, 9)
UNSETTLED = 2
Scope = tuple[str, str]

LAST_YEAR = "last_year"
MOVING = "moving"
STRAIGHT = "straight"
STRAIGHT_SETTLED = "straight_settled"
RIVALS = (LAST_YEAR, MOVING, STRAIGHT, STRAIGHT_SETTLED)


@dataclass(frozen=True)
class Attempt:
    """One look ahead from the end of month `origin` at calendar year `year`, of which `known`
    months had passed. Cents. `rivals` in the order of RIVALS; None where one could say nothing.
    '' in municipality or segment means all."""

    municipality: str
    segment: str
    origin: Month
    year: int
    known: int
    said: int
    low80: int
    high80: int
    rivals: tuple[int | None, ...]
    became: int

    @property
    def miss(self) -> float | None:
        """As a share of what it became; above nothing is too high."""
        return self.said / self.became - 1 if self.became else None

    @property
    def held(self) -> bool:
        return self.low80 <= self.became <= self.high80

    def rival_miss(self, place: int) -> float | None:
        value = self.rivals[place]
        return None if value is None or not self.became else value / self.became - 1


@dataclass(frozen=True)
class KnownThen:
    """What registers said at the end of an earlier month of the time after it."""

    indexation: tuple[IndexYear, ...] = ()
    steps: tuple[KnownStep, ...] = ()
    agreed: AgreedMeasures | None = None


@dataclass(frozen=True)
class BackTest:
    attempts: tuple[Attempt, ...]

    def of(self, municipality: str = "", segment: str = "") -> list[Attempt]:
        wanted = (municipality, segment)
        return [one for one in self.attempts if (one.municipality, one.segment) == wanted]

    def as_json(self) -> dict[str, Any]:
        return {"attempts": [list(asdict(one).values()) for one in self.attempts]}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> BackTest:
        return cls(tuple(_attempt(row) for row in plain["attempts"]))

    @property
    def checksum(self) -> str:
        return checksum_of(self.as_json())


def _attempt(row: Sequence[Any]) -> Attempt:
    named = dict(zip((field.name for field in fields(Attempt)), row, strict=True))
    return Attempt(**{**named, "rivals": tuple(named["rivals"])})


@dataclass(frozen=True)
class Milestone:
    """Mean absolute percentage errors of looks ahead with `known` months of the year behind them;
    `rivals` in the order of RIVALS. `held` of `count` 80 % intervals held what it became."""

    known: int
    count: int
    own: float
    rivals: tuple[float | None, ...]
    held: int

    @property
    def best_rival(self) -> float | None:
        return min((one for one in self.rivals if one is not None), default=None)


def back_test(
    inputs: ProjectionInputs,
    now: Projection,
    *,
    sent: Sequence[Sent] = (),
    known: Callable[[Month, Month], KnownThen] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    paths: int = PATHS,
) -> BackTest:
    """Look ahead from every past month at the year it was in (or the next, from December), for
    every total of `now`; only years that are over. `known` tells what was known at the end of a
    month of the time up to another; without it prices are those of now and nothing is decided.
    Deterministic in its arguments."""
    origins = list(past_origins(inputs))
    attempts: list[Attempt] = []
    for place, origin in enumerate(origins):
        then = seen_at(replace(inputs, paths=paths), origin, sent)
        if known is not None:
            then = replace(then, **vars(known(origin, then.last)))
        attempts += _attempts(then, now)
        progress(place + 1, len(origins))
    return BackTest(tuple(attempts))


def past_origins(inputs: ProjectionInputs) -> Iterable[Month]:
    """Months with a year of history before them, whose year is over by now."""
    first_over = inputs.as_of if inputs.as_of % 12 == 11 else (inputs.as_of // 12) * 12 - 1
    return range(inputs.first + LEAST_HISTORY - 1, first_over)


def seen_at(inputs: ProjectionInputs, origin: Month, sent: Sequence[Sent]) -> ProjectionInputs:
    """The inputs as they were at the end of `origin`, to look to the end of its year."""
    return replace(
        inputs,
        as_of=origin,
        last=((origin + 1) // 12) * 12 + 11,
        savings=(),
        steps=(),
        agreed=None,
        paid=tuple(replace(one, until=min(one.until, origin)) for one in inputs.paid),
        silent=silences(silent_providers(sent, as_of=origin)),
        cells=tuple(
            replace(cell, movements=tuple(m for m in cell.movements if m.known <= origin))
            for cell in inputs.cells
        ),
    )


def _attempts(then: ProjectionInputs, now: Projection) -> list[Attempt]:
    origin, year = then.as_of, (then.as_of + 1) // MONTHS_A_YEAR
    said, there = project(then), list(now.years).index(year)
    here = list(said.years).index(year)
    known = _known_by_scope(then)
    index = {one.year: one.basis_points / 10_000 for one in then.indexation}
    found = []
    for series in said.series:
        if series.municipality and series.segment:
            continue
        truth = now.find(municipality=series.municipality, segment=series.segment)
        if truth is None:
            continue
        scope = (series.municipality or "", series.segment or "")
        found.append(
            Attempt(
                *scope,
                origin=origin,
                year=year,
                known=(origin + 1) % MONTHS_A_YEAR,
                said=series.year_expected[here],
                low80=series.years.low80[here],
                high80=series.years.high80[here],
                rivals=rivals(known[scope], then.first, origin, index.get(year, 0.0)),
                became=truth.year_expected[there],
            )
        )
    return found


def _known_by_scope(inputs: ProjectionInputs) -> dict[Scope, np.ndarray]:
    """Cents per care month as known, of the region, every municipality and every segment."""
    months = inputs.as_of - inputs.first + 1
    known: dict[Scope, np.ndarray] = defaultdict(lambda: np.zeros(months, dtype=np.int64))
    for cell in inputs.cells:
        for move in cell.movements:
            place = move.care - inputs.first
            if 0 <= place < months and move.known <= inputs.as_of:
                for scope in (("", ""), (cell.municipality, ""), ("", cell.segment)):
                    known[scope][place] += move.cents
    return known


def rivals(known: np.ndarray, first: Month, origin: Month, index: float) -> tuple[int | None, ...]:
    """What simple methods say of the year after `origin`'s next month, in cents (see RIVALS):
    last year as known then plus the index; the last twelve months; the months of this year drawn
    on in a straight line; the same without the last two, which are hardly declared."""
    january = ((origin + 1) // MONTHS_A_YEAR) * MONTHS_A_YEAR - first
    this_year = known[january:] if january < len(known) else known[:0]
    settled = this_year[:-UNSETTLED]
    before = known[max(january - MONTHS_A_YEAR, 0) : january]
    return (
        round(float(before.sum()) * (1 + index)) if len(before) == MONTHS_A_YEAR else None,
        round(float(known[-MONTHS_A_YEAR:].sum())) if len(known) >= MONTHS_A_YEAR else None,
        _drawn_on(this_year),
        _drawn_on(settled),
    )


def _drawn_on(months: np.ndarray) -> int | None:
    return round(float(months.mean()) * MONTHS_A_YEAR) if len(months) else None


def milestones(attempts: Iterable[Attempt], known: Sequence[int] = MILESTONES) -> list[Milestone]:
    """How well it went with so many months of the year behind."""
    rows = list(attempts)
    return [
        milestone
        for months in known
        if (milestone := _milestone(months, [one for one in rows if one.known == months]))
    ]


def _milestone(known: int, rows: Sequence[Attempt]) -> Milestone | None:
    usable = [one for one in rows if one.miss is not None]
    if not usable:
        return None
    return Milestone(
        known=known,
        count=len(usable),
        own=float(np.mean([abs(one.miss or 0.0) for one in usable])),
        rivals=tuple(_mean_miss(usable, place) for place in range(len(RIVALS))),
        held=sum(one.held for one in usable),
    )


def _mean_miss(rows: Sequence[Attempt], place: int) -> float | None:
    misses = [abs(miss) for one in rows if (miss := one.rival_miss(place)) is not None]
    return float(np.mean(misses)) if misses else None
