"""What a projection says: plain figures in cents, ready to be stored and read again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from finance.domain.months import Month
from finance.domain.projection_inputs import checksum_of


@dataclass(frozen=True)
class Band:
    """Interval limits of a series of months or years, in cents."""

    low95: tuple[int, ...]
    low80: tuple[int, ...]
    high80: tuple[int, ...]
    high95: tuple[int, ...]


@dataclass(frozen=True)
class Series:
    """One cell, or a total over cells (then municipality or segment is None). Amounts in cents.

    Per month: `observed` is what is known (nothing in the future), `expected` the projection with
    planned savings, `savings` the planned saving in it. `expected` and `savings` of a total are
    exactly the sum of those of its cells; limits are not, and must not be added up.
    """

    municipality: str | None
    segment: str | None
    observed: tuple[int, ...]
    expected: tuple[int, ...]
    savings: tuple[int, ...]
    months: Band
    year_observed: tuple[int, ...]
    year_expected: tuple[int, ...]
    year_savings: tuple[int, ...]
    years: Band


@dataclass(frozen=True)
class SegmentMethod:
    """How the figures of one segment came about.

    `developed` and `developed_error`: share of the final amount known at lag 0, 1, ..., and its
    standard error. Months after `mature_until` lean on the trend (Bornhuetter-Ferguson).
    `season`: twelve factors, January first. `yearly_growth`: expected for the coming year, price
    index and season left out. `chosen` is the code of the way of completing, `scores` the mean
    absolute errors of all of them in the back-test, `effects` months of knowing that were out of
    the ordinary with what came in over what was to be expected, `widened` how much wider the
    margin was made than the formula says, `silent` the part of the segment whose providers are
    late now.
    """

    segment: str
    developed: tuple[float, ...]
    developed_error: tuple[float, ...]
    tail: float
    mature_until: Month
    season: tuple[float, ...]
    yearly_growth: float
    chosen: str = ""
    scores: tuple[tuple[str, float], ...] = ()
    effects: tuple[tuple[Month, float], ...] = ()
    widened: float = 1.0
    silent: float = 0.0


@dataclass(frozen=True)
class TurningPoint:
    """The first whole year in which the region's cost no longer rises.

    `year` follows from the expected amounts (None: not before the end). `probabilities` holds per
    year the share of paths that turn in that very year.
    """

    year: int | None
    probabilities: tuple[tuple[int, float], ...]

    @property
    def probability(self) -> float | None:
        """Share of paths that turn in `year` or before it."""
        if self.year is None:
            return None
        return sum(share for year, share in self.probabilities if year <= self.year)

    @property
    def probability_of_any(self) -> float:
        """Share of paths that turn before the end."""
        return sum(share for _, share in self.probabilities)


@dataclass(frozen=True)
class CellStep:
    """What a step adds to one cell, per calendar year, in cents."""

    municipality: str
    segment: str
    years: tuple[int, ...]


@dataclass(frozen=True)
class StepEffect:
    """A known decision and what it adds to the steps before it; the cells where it adds nothing are
    left out. `source` and `day` as in the inputs. `on_agreed` is what a measure would have added
    more had no amount been agreed: it does not count."""

    kind: str
    source: str
    name: str
    day: str
    cells: tuple[CellStep, ...]
    on_agreed: tuple[CellStep, ...] = ()

    def added(
        self, place: int, *, municipality: str | None = None, segment: str | None = None
    ) -> int:
        """Cents in the calendar year at `place`, of a cell or a total."""
        return _within(self.cells, place, municipality, segment)

    def fallen_on_agreed(
        self, place: int, *, municipality: str | None = None, segment: str | None = None
    ) -> int:
        """As `added`, of what does not count."""
        return _within(self.on_agreed, place, municipality, segment)


def _within(
    cells: tuple[CellStep, ...], place: int, municipality: str | None, segment: str | None
) -> int:
    return sum(
        one.years[place]
        for one in cells
        if municipality in (None, one.municipality) and segment in (None, one.segment)
    )


@dataclass(frozen=True)
class Projection:
    """All series: the region first, then segments, municipalities, and their cells."""

    first: Month
    as_of: Month
    last: Month
    whole_years: tuple[int, ...]
    series: tuple[Series, ...]
    methods: tuple[SegmentMethod, ...]
    turning_point: TurningPoint
    turning_point_without_savings: TurningPoint
    seed: int
    paths: int
    inputs_checksum: str
    # At one price level; None in results from before this was told.
    turning_point_real: TurningPoint | None = None
    # What is known of the time to come; it is in `expected`.
    steps: tuple[StepEffect, ...] = ()

    @property
    def years(self) -> range:
        return range(self.first // 12, self.last // 12 + 1)

    @property
    def months(self) -> range:
        return range(self.first, self.last + 1)

    def find(self, *, municipality: str | None = None, segment: str | None = None) -> Series | None:
        """The series of a cell or total; None where nothing was bought."""
        wanted = (municipality, segment)
        return next((s for s in self.series if (s.municipality, s.segment) == wanted), None)

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        if not self.steps:
            # Results from before steps were known keep their checksum.
            del plain["steps"]
        for step in plain.get("steps", ()):
            if not step["on_agreed"]:
                # As do those from before agreed amounts were left alone by measures.
                del step["on_agreed"]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Projection:
        return cls(
            **{
                **plain,
                "whole_years": tuple(plain["whole_years"]),
                "series": tuple(_series(one) for one in plain["series"]),
                "methods": tuple(_method(one) for one in plain["methods"]),
                "turning_point": _turning_point(plain["turning_point"]),
                "turning_point_without_savings": _turning_point(
                    plain["turning_point_without_savings"]
                ),
                "turning_point_real": (
                    _turning_point(real) if (real := plain.get("turning_point_real")) else None
                ),
                "steps": tuple(_step(one) for one in plain.get("steps", ())),
            }
        )

    @property
    def checksum(self) -> str:
        return checksum_of(self.as_json())


def _tuples(plain: dict[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list | tuple) else value
        for key, value in plain.items()
    }


def _series(plain: dict[str, Any]) -> Series:
    months, years = (Band(**_tuples(plain[name])) for name in ("months", "years"))
    return Series(**{**_tuples(plain), "months": months, "years": years})


def _method(plain: dict[str, Any]) -> SegmentMethod:
    pairs = {
        name: tuple((one, float(value)) for one, value in plain.get(name, ()))
        for name in ("scores", "effects")
    }
    return SegmentMethod(**{**_tuples(plain), **pairs})


def _step(plain: dict[str, Any]) -> StepEffect:
    cells = {
        name: tuple(CellStep(**_tuples(one)) for one in plain.get(name, ()))
        for name in ("cells", "on_agreed")
    }
    return StepEffect(**{**plain, **cells})


def _turning_point(plain: dict[str, Any]) -> TurningPoint:
    pairs = tuple((int(year), float(share)) for year, share in plain["probabilities"])
    return TurningPoint(plain["year"], pairs)
