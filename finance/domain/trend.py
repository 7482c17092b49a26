"""Level and damped trend of completed monthly series.

The level and its slope are followed by a Kalman filter (local level with a damped slope), which
takes short series, gaps and months of unequal certainty as they come. How restless level and slope
are is weighed by likelihood, pooled over the series that are fitted together: a single
municipality's series is too short and too noisy to say. With few months the slope stays near
nothing. In the past the slope lasts (MEMORY); from now on it fades (DAMPING): growth that was seen
goes on for a while, and is not promised for years.

Series are relative: 1 is an ordinary month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from finance.domain.level_filter import (
    DIFFUSE,
    FEW_MONTHS_NOISE,
    LEAST_NOISE,
    MEMORY,
    SLOPE_BEFORE,
    Ahead,
    Covariance,
    Drift,
    Track,
    first_noise,
    run_filter,
)
from finance.domain.season import MONTHS_A_YEAR

Floats = NDArray[np.float64]

DAMPING = 0.97
LEVEL_RATIOS = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
SLOPE_STEPS = (0.0, 0.0003, 0.001)
DEFAULT_DRIFT = (0.03, 0.0003)
SHORT_SERIES = 12
TRUST_IN_GUESS = 6.0
STEADY_AFTER = 300
AHEAD = 6
TRUST_IN_FILTER = 4.0
NARROWEST, WIDEST = 0.5, 3.0
PULL = 0.45
FADE = 0.9


@dataclass(frozen=True)
class TrendFit:
    """The state of one series after its last observed month, relative to its scale.

    `weights` (months, 2) say how far level and slope move when an observation moves: that is how
    the uncertainty of a completed month reaches the trend. How the series goes on is told twice.
    By its parts: `state`, the covariance of level and slope now (without completion error), and
    the variances of a month's `noise`, and of the steps of level and slope. And by innovations:
    one a month, with standard deviation `sigma`, moves the month itself, the level by `alpha` and
    the slope by `beta`; `start` is what the state is uncertain about beyond that.

    What it says of the next months is drawn to `usual`, the mean of the last year: by `pull` at
    first, fading. Level and slope react fast; the mean of both misses less than either.

    How uncertain a series is, is itself known from few misses: `freedom` says from how many, and
    paths are as wide as Student's t with so many degrees of freedom.
    """

    level: float
    slope: float
    weights: Floats
    state: Floats
    noise: float
    level_step: float
    slope_step: float
    start: Floats
    sigma: float
    alpha: float
    beta: float
    damping: float = DAMPING
    usual: float = 1.0
    pull: float = 0.0
    freedom: float = np.inf

    def ahead(self, months: int) -> Floats:
        """The expected relative amount 1, 2, ... months after the last."""
        expected: Floats = self._followed(months) + self.drawn_back(months)
        return expected

    def drawn_back(self, months: int) -> Floats:
        """What the last year adds to what level and slope say 1, 2, ... months after the last."""
        back: Floats = self.pulled(months) * (self.usual - self._followed(months))
        return back

    def _followed(self, months: int) -> Floats:
        return self.level + self.slope * self.slope_lasts(months)

    def slope_lasts(self, months: int) -> Floats:
        """How many months' worth of the slope has been added 1, 2, ... months after the last."""
        lasts: Floats = np.cumsum(self.damping ** np.arange(1, months + 1))
        return lasts

    def pulled(self, months: int) -> Floats:
        """The weight of the last year 1, 2, ... months after the last."""
        weights: Floats = self.pull * np.power(FADE, np.arange(1.0, months + 1))
        return weights

    def wider(self, times: float, *, freedom: float = np.inf) -> TrendFit:
        """As uncertain as `times` what was fitted; what is expected stays."""
        square = times**2
        return replace(
            self,
            freedom=freedom,
            state=self.state * square,
            noise=self.noise * square,
            level_step=self.level_step * square,
            slope_step=self.slope_step * square,
            start=self.start * square,
            sigma=self.sigma * times,
        )

    @property
    def year_ahead(self) -> float:
        """The variance of the mean of the twelve months ahead."""
        state = Covariance(self.state[0, 0], self.state[0, 1], self.state[1, 1])
        ahead = Ahead.of(self.damping, MONTHS_A_YEAR)
        return float(ahead.variance(state, self.level_step, self.slope_step, self.noise))

    def drawn_to(self, past: Floats) -> TrendFit:
        """Drawn to the mean of the last year of its own past, where there is a year."""
        year = past[-MONTHS_A_YEAR:]
        if len(year) < MONTHS_A_YEAR or np.isnan(year).any():
            return self
        return replace(self, usual=float(year.mean()), pull=PULL)


def fit_trends(
    series: Floats,
    *,
    variances: Floats | None = None,
    damping: float = DAMPING,
    drift: Drift | None = None,
) -> tuple[list[TrendFit], Drift]:
    """Fit series that are equally restless together, shape (series, months).

    Not a number is a month without observation. `variances` are those of the observations
    themselves (completion), in the same relative units.
    """
    own = np.zeros_like(series) if variances is None else variances
    noise = np.array([first_noise(one) for one in series])
    drift = drift or _weighed_drift(series, own, noise)
    track = run_filter(series, own, noise, drift)
    steady = _steady(noise, drift)
    fits = [_fit(place, track, steady, noise, drift, damping) for place in range(len(series))]
    return fits, drift


def _weighed_drift(series: Floats, own: Floats, noise: Floats) -> Drift:
    """The mean of the candidates, weighed by likelihood. The single likeliest would often be 'no
    drift at all', which short series cannot know."""
    long_enough = np.count_nonzero(~np.isnan(series), axis=1) > SHORT_SERIES
    if not long_enough.any():
        return Drift(*DEFAULT_DRIFT)
    pairs = np.array(list(product(LEVEL_RATIOS, SLOPE_STEPS)))
    candidates = Drift(pairs[:, :1], pairs[:, 1:])
    track = run_filter(series[long_enough], own[long_enough], noise[long_enough], candidates)
    scores = _likelihood(track).sum(axis=1)
    weights = np.exp(scores - scores.max())
    weights /= weights.sum()
    level_ratio = weights @ pairs[:, 0]
    slope_variance = weights @ np.square(pairs[:, 1])
    return Drift(round(float(level_ratio), 9), round(float(np.sqrt(slope_variance)), 9))


def _likelihood(track: Track) -> Floats:
    """Log-likelihood of the innovations with the scale of the noise concentrated out."""
    counts = (~np.isnan(track.innovations)).sum(axis=0)
    scaled = np.nansum(track.innovations**2 / track.spreads, axis=0)
    scale = np.maximum(scaled / np.maximum(counts, 1), LEAST_NOISE)
    score: Floats = -0.5 * (counts * np.log(scale) + np.nansum(np.log(track.spreads), axis=0))
    return score


class LookedBack(NamedTuple):
    """How much wider or narrower misses were than foreseen, and how many tell so: those that fit
    side by side, with what is trusted without any."""

    times: float
    freedom: float


class _Steady(NamedTuple):
    """Gains of an endless series, its innovation variance, and its covariance after a month."""

    alpha: Floats
    beta: Floats
    spread: Floats
    after: Covariance


def looked_back(
    series: Floats, variances: Floats, fits: Sequence[TrendFit], drift: Drift, weights: Floats
) -> LookedBack:
    """How much wider or narrower the misses of half a year ahead were than the fits foresaw, over
    series that were fitted together and count by their weight.

    Every month from the second year on is looked ahead from with what the filter knew then. Misses
    of neighbouring months overlap, so a history counts for as many as fit side by side; a short one
    is drawn to 1.
    """
    noise = np.array([first_noise(one) for one in series])
    scale = np.array([fit.noise for fit in fits]) / noise
    track, shape = run_filter(series, variances, noise, drift), Ahead.of(fits[0].damping, AHEAD)
    missed = foreseen = 0.0
    origins = range(MONTHS_A_YEAR, series.shape[1] - AHEAD + 1)
    for origin in origins:
        level, slope, clean = track.course[origin - 1]
        miss = series[:, origin : origin + AHEAD].mean(axis=1) - level - slope * shape.slope
        level_step, slope_step = drift.level_ratio * noise, np.square(drift.slope_step)
        expected = shape.variance(clean, level_step, slope_step, noise) * scale
        usable = np.isfinite(miss) & (clean.level < DIFFUSE / 2)
        missed += float(np.square(weights * miss)[usable].sum())
        foreseen += float((np.square(weights) * expected)[usable].sum())
    if not foreseen:
        return LookedBack(1.0, TRUST_IN_FILTER)
    alike = float(weights.sum() ** 2 / np.square(weights).sum())
    counted = len(origins) / AHEAD * alike
    freedom = round(counted + TRUST_IN_FILTER, 6)
    square = (counted * missed / foreseen + TRUST_IN_FILTER) / freedom
    return LookedBack(round(float(np.clip(np.sqrt(square), NARROWEST, WIDEST)), 6), freedom)


def _steady(noise: Floats, drift: Drift) -> _Steady:
    q, z = drift.level_ratio * noise, np.full_like(noise, drift.slope_step**2)
    zero = np.zeros_like(noise)
    if not drift.level_ratio and not drift.slope_step:
        return _Steady(zero, zero, noise, Covariance(zero, zero, zero))
    before = after = Covariance(noise, zero, z)
    k = m = zero
    for _ in range(STEADY_AFTER):
        k, m = before.level / (before.level + noise), before.both / (before.level + noise)
        after = before.observed(k, m, noise)
        before = after.a_month_on(q, z)
    return _Steady(k, m, before.level + noise, after)


def unseen(months: int, damping: float = DAMPING) -> TrendFit:
    """A series without observations: an ordinary month goes on, with much room around it."""
    unsure = np.diag([FEW_MONTHS_NOISE, SLOPE_BEFORE**2])
    return TrendFit(
        level=1.0,
        slope=0.0,
        weights=np.zeros((months, 2)),
        state=unsure,
        noise=FEW_MONTHS_NOISE,
        level_step=0.0,
        slope_step=0.0,
        start=unsure,
        sigma=float(np.sqrt(FEW_MONTHS_NOISE)),
        alpha=0.0,
        beta=0.0,
        damping=damping,
    )


def _fit(
    place: int, track: Track, steady: _Steady, noise: Floats, drift: Drift, damping: float
) -> TrendFit:
    if not track.gains[:, 0, place].any():
        return unseen(len(track.gains), damping)
    misses = track.innovations[:, place]
    scaled = (misses**2 / track.spreads[:, place])[~np.isnan(misses)]
    # A handful of months says too little about its own noise: lean on the first guess.
    ratio = (float(scaled.sum()) + TRUST_IN_GUESS) / (len(scaled) + TRUST_IN_GUESS)
    state = _matrix(track.clean, place) * ratio
    return TrendFit(
        level=float(track.level[place]),
        slope=float(track.slope[place]),
        weights=_weights(track.gains[:, :, place]),
        state=state,
        noise=float(noise[place]) * ratio,
        level_step=float(noise[place] * drift.level_ratio) * ratio,
        slope_step=float(drift.slope_step**2) * ratio,
        start=positive_part(state - _matrix(steady.after, place) * ratio),
        sigma=float(np.sqrt(steady.spread[place] * ratio)),
        alpha=float(steady.alpha[place]),
        beta=float(steady.beta[place]),
        damping=damping,
    )


def _matrix(covariance: Covariance, place: int) -> Floats:
    level, both, slope = (float(part[place]) for part in covariance)
    return np.array([[level, both], [both, slope]])


def positive_part(matrix: Floats) -> Floats:
    """The nearest covariance: negative directions made nothing."""
    values, vectors = np.linalg.eigh(matrix)
    positive: Floats = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return positive


def _weights(gains: Floats) -> Floats:
    """How level and slope at the end depend on each observation, by running the filter back."""
    weights, carried = np.zeros((len(gains), 2)), np.eye(2)
    step = np.array([[1.0, MEMORY], [0.0, MEMORY]])
    for month in range(len(gains) - 1, -1, -1):
        k, m = gains[month]
        weights[month] = carried @ gains[month]
        carried = carried @ np.array([[1 - k, 0.0], [-m, 1.0]]) @ step
    return weights
