"""What is still to come: late declarations, completed from how earlier months grew.

Care months are the rows of a triangle, lags (known month - care month) its columns. The method is
the chain ladder with Mack's distribution-free standard error (ASTIN Bulletin 23, 1993; with a tail:
ASTIN Bulletin 29, 1999), and Bornhuetter-Ferguson for months so young that their own amounts say
little. Amounts may be negative: credits and refusals are ordinary movements here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

YOUNG_BELOW = 0.5
TAIL_NEGLIGIBLE = 1e-4
TAIL_STEPS = 36
TAIL_CAP = 1.25
LEAST_STEPS = 3
SLOWEST_FADE = -0.01


@dataclass(frozen=True)
class Triangle:
    """Cumulative amounts, shape (months, lags); what lies beyond the last diagonal is not known."""

    cumulative: Floats
    ages: Ints

    @property
    def latest(self) -> Floats:
        """The amount of each care month as it is known now."""
        rows = np.arange(len(self.ages))
        latest: Floats = self.cumulative[rows, self.ages]
        return latest

    def __add__(self, other: Triangle) -> Triangle:
        return Triangle(self.cumulative + other.cumulative, self.ages)


def build_triangle(
    *, rows: Iterable[tuple[int, int, float]], months: int, lags: int, as_of: int | None = None
) -> Triangle:
    """Build a triangle from (care month, known month, amount), months numbered from 0.

    `as_of` is the last month that is known in full (by default the last care month). What is known
    later is left out; what is known before the care month, or later than `lags` allows, counts in
    the first or the last column.
    """
    known_until = months - 1 if as_of is None else as_of
    increments = np.zeros((months, lags))
    table = np.array(list(rows), dtype=np.float64).reshape(-1, 3)
    care, known = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    seen = (known <= known_until) & (care >= 0) & (care < months)
    lag = np.clip(known - care, 0, lags - 1)
    np.add.at(increments, (care[seen], lag[seen]), table[seen, 2])
    ages = np.clip(known_until - np.arange(months), 0, lags - 1).astype(np.int64)
    return Triangle(np.cumsum(increments, axis=1), ages)


@dataclass(frozen=True)
class Development:
    """How a care month grows with its age.

    `factors[k]` leads from lag k to k + 1 (infinite where nothing is ever known at lag k); the last
    entry is the tail. `factor_variance` is the square of the standard error of the factor, `sigma2`
    Mack's variance parameter: Var(C[k+1] | C[k]) = sigma2[k] C[k]. `developed[k]` is the share of
    the final amount that is known at lag k.
    """

    factors: Floats
    factor_variance: Floats
    sigma2: Floats
    developed: Floats

    @property
    def first_lag(self) -> int:
        """The first lag at which something is known."""
        return int(np.argmax(self.developed > 0))

    def solid_lag(self, young_below: float) -> int:
        """The first lag whose amounts say something about the end."""
        return int(np.argmax(self.developed >= young_below))


def develop(
    triangle: Triangle,
    *,
    tail: bool = False,
    window: int | None = None,
    without: frozenset[int] = frozenset(),
) -> Development:
    """Estimate volume-weighted factors and Mack's variances; with `tail` also growth after the
    last lag, extrapolated from the decay of the factors.

    `window` keeps only the growth of that many last months of knowing, `without` leaves out months
    of knowing (numbered as care months) in which declaring was out of the ordinary.
    """
    lags = triangle.cumulative.shape[1]
    grown = _grown(triangle, window, without)
    before = np.where(grown, triangle.cumulative[:, :-1], 0.0)
    after = np.where(grown, triangle.cumulative[:, 1:], 0.0)
    factors, sigma2, variance = np.ones(lags), np.full(lags, np.nan), np.zeros(lags)
    base, became = before.sum(axis=0), after.sum(axis=0)
    usable, safe = base > 0, np.where(base > 0, base, 1.0)
    from_nothing = np.where(became > 0, np.inf, 1.0)
    factors[:-1] = np.where(usable, np.maximum(became / safe, 0.0), from_nothing)
    sigma2[:-1] = np.where(usable, _spread(before, after, became / safe), 0.0)
    _extrapolate_spread(sigma2)
    if tail:
        factors[-1] = tail_factor(factors[:-1])
    variance[:-1] = np.where(usable, sigma2[:-1] / safe, 0.0)
    if factors[-1] > 1:
        variance[-1] = ((factors[-1] - 1) / 2) ** 2
    else:
        sigma2[-1] = 0.0
    return Development(factors, variance, sigma2, _developed(factors))


def _grown(triangle: Triangle, window: int | None, without: frozenset[int]) -> NDArray[np.bool_]:
    """Which care months' growth from lag k to k + 1 is used, shape (months, lags - 1); all of them
    where too few are left."""
    months, lags = triangle.cumulative.shape
    everything: NDArray[np.bool_] = triangle.ages[:, None] > np.arange(lags - 1)
    known_in = np.arange(months)[:, None] + np.arange(1, lags)
    odd = np.zeros(months + lags, dtype=np.bool_)
    odd[[month for month in without if month < len(odd)]] = True
    used = everything & ~odd[known_in]
    if window is not None:
        newest = np.where(everything, known_in, 0).max(axis=0, initial=0)
        used &= known_in > newest - window
    enough = used.sum(axis=0) >= LEAST_STEPS
    return np.where(enough, used, everything)


ALL_OR_NOTHING = Development(
    factors=np.array([np.inf, 1.0]),
    factor_variance=np.zeros(2),
    sigma2=np.zeros(2),
    developed=np.array([0.0, 1.0]),
)
"""Of what is paid by instalments: nothing is known at 'lag' 0, everything at 1."""


def _spread(before: Floats, after: Floats, factors: Floats) -> Floats:
    """Mack's sigma squared per lag; not a number with fewer than two months to compare."""
    counted = before > 0
    misses = np.where(counted, (after - factors * before) ** 2, 0.0)
    sums = (misses / np.where(counted, before, 1.0)).sum(axis=0)
    free = counted.sum(axis=0) - 1
    spread: Floats = np.where(free > 0, sums / np.maximum(free, 1), np.nan)
    return spread


def _extrapolate_spread(sigma2: Floats) -> None:
    """Fill what could not be estimated by Mack's rule: min(s2²/s1, s1, s2) of the two before."""
    for k in np.flatnonzero(np.isnan(sigma2)):
        one, two = (sigma2[k - 2] if k > 1 else np.nan), (sigma2[k - 1] if k > 0 else 0.0)
        sigma2[k] = two if np.isnan(one) else min(two**2 / one if one > 0 else 0.0, one, two)


def tail_factor(factors: Floats) -> float:
    """Growth after the last lag, when log(factor - 1) goes on falling along a straight line.

    Needs three factors that still grow; without them, or where growth does not fade, there is no
    tail. Never more than a quarter: beyond that the history is too short to complete at all.
    """
    growing = np.flatnonzero(np.isfinite(factors) & (factors > 1 + TAIL_NEGLIGIBLE))[-6:]
    if len(growing) < 3 or growing[-1] < len(factors) - 1:
        return 1.0
    slope, start = np.polyfit(growing, np.log(factors[growing] - 1), 1)
    if slope > SLOWEST_FADE:
        return 1.0
    beyond = np.arange(len(factors), len(factors) + TAIL_STEPS)
    return float(min(np.prod(1 + np.exp(start + slope * beyond)), TAIL_CAP))


def _developed(factors: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        inverse = np.where(factors > 0, 1 / factors, 1.0)
    shares: Floats = np.flip(np.cumprod(np.flip(inverse))).astype(np.float64)
    return shares


@dataclass(frozen=True)
class PredictionError:
    """Variances of completed amounts: per month by cause, and of their sum.

    The months' parameter errors hang together (they share the factors), so the variance of the
    sum is more than the sum of the variances.
    """

    process: Floats
    parameter: Floats
    total: float

    @property
    def standard_errors(self) -> Floats:
        errors: Floats = np.sqrt(self.process + self.parameter)
        return errors

    @property
    def total_standard_error(self) -> float:
        return float(np.sqrt(self.total))


def prediction_error(*, amounts: Floats, ages: Ints, development: Development) -> PredictionError:
    """Mack's recursion over the lags, for any set of months.

    `amounts` are the cumulative amounts at `ages`. A young month is spread as if it had its solid
    lag (see `solid_start`): what little is known of it is not what its completion is made from.
    """
    starts = np.maximum(ages, development.first_lag)
    current = np.maximum(amounts, 0.0)
    process, parameter = np.zeros_like(current), np.zeros_like(current)
    total_process = total_parameter = 0.0
    for k in _moving_lags(development, int(starts.min()) if starts.size else 0):
        grows, factor = starts <= k, float(development.factors[k])
        step = current[grows] * development.sigma2[k]
        process[grows] = process[grows] * factor**2 + step
        parameter[grows] = (
            parameter[grows] * factor**2 + current[grows] ** 2 * development.factor_variance[k]
        )
        total_process = total_process * factor**2 + float(step.sum())
        total_parameter = (
            total_parameter * factor**2
            + float(current[grows].sum()) ** 2 * development.factor_variance[k]
        )
        current = np.where(grows, current * factor, current)
    return PredictionError(process, parameter, total_process + total_parameter)


def _moving_lags(development: Development, first: int) -> Ints:
    """Lags from `first` on at which anything changes."""
    still = (development.factors == 1) & (development.sigma2 == 0)
    moving = np.flatnonzero(~still | (development.factor_variance > 0))
    return moving[moving >= first].astype(np.int64)


def solid_start(
    *, expected: Floats, ages: Ints, development: Development, young_below: float
) -> tuple[Floats, Ints]:
    """Amounts and ages from which the spread of young months starts: what is expected at the
    first lag that says something."""
    solid = np.maximum(ages, development.solid_lag(young_below))
    return np.maximum(expected, 0.0) * development.developed[solid], solid


@dataclass(frozen=True)
class Completion:
    """Completed amount per care month; `young` marks those that lean on the expected amount."""

    latest: Floats
    ultimate: Floats
    young: NDArray[np.bool_]
    error: PredictionError

    @property
    def reserve(self) -> Floats:
        """What is still to come."""
        return self.ultimate - self.latest


def chain_ladder(triangle: Triangle, *, tail: bool = False) -> Completion:
    """Complete every month from its own amount."""
    return complete(
        latest=triangle.latest, ages=triangle.ages, development=develop(triangle, tail=tail)
    )


def bornhuetter_ferguson(*, latest: Floats, developed: Floats, expected: Floats) -> Floats:
    """What is known, plus the undeveloped share of what was expected beforehand."""
    ultimate: Floats = latest + (1 - developed) * expected
    return ultimate


def complete(
    *,
    latest: Floats,
    ages: Ints,
    development: Development,
    expected: Floats | None = None,
    expected_error: Floats | float = 0.0,
    young_below: float = YOUNG_BELOW,
) -> Completion:
    """Complete months by `development`; where `expected` is given, months that are developed for
    less than `young_below` by Bornhuetter-Ferguson, with `expected_error` (one standard error of
    `expected`) in their variance."""
    developed = development.developed[ages]
    young = developed < young_below if expected is not None else developed <= 0
    safe = np.where(developed > 0, developed, 1.0)
    if expected is None:
        error = prediction_error(amounts=latest, ages=ages, development=development)
        return Completion(latest, latest / safe, young, error)
    blended = bornhuetter_ferguson(latest=latest, developed=developed, expected=expected)
    begun, solid = solid_start(
        expected=expected, ages=ages, development=development, young_below=young_below
    )
    error = prediction_error(
        amounts=np.where(young, begun, latest),
        ages=np.where(young, solid, ages),
        development=development,
    )
    borrowed = np.where(young, ((1 - developed) * expected_error) ** 2, 0.0)
    ultimate = np.where(young, blended, latest / safe)
    return Completion(latest, ultimate, young, _with_borrowed(error, borrowed))


def _with_borrowed(error: PredictionError, borrowed: Floats) -> PredictionError:
    """Add the error of the expectation; months share it, so it adds up linearly."""
    shared = float(np.sqrt(borrowed).sum()) ** 2
    return PredictionError(error.process, error.parameter + borrowed, error.total + shared)
