"""Level, damped trend and month season of completed monthly series.

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

Floats = NDArray[np.float64]

DAMPING = 0.97
MEMORY = 0.99
SLOPE_BEFORE = 0.003
LEVEL_RATIOS = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
SLOPE_STEPS = (0.0, 0.0003, 0.001)
DEFAULT_DRIFT = (0.03, 0.0003)
SHORT_SERIES = 12
LEAST_SEASON = 0.05
LEAST_NOISE = 1e-6
FEW_MONTHS_NOISE = 0.04
TRUST_IN_GUESS = 6.0
STEADY_AFTER = 300
DIFFUSE = 1e4
MONTHS_A_YEAR = 12
AHEAD = 6
TRUST_IN_FILTER = 4.0
NARROWEST, WIDEST = 0.5, 3.0
PULL = 0.45
FADE = 0.9


def month_season(totals: Floats, *, first_month: int) -> Floats:
    """Twelve factors around 1, January first, from monthly amounts at one price level.

    Each month is compared with the mean of the twelve months around it; below two years those of
    the first and last half year with the nearest mean, led on along its rise. What the years
    disagree about is drawn back to 1, halfway where no month is there twice; below a full year
    there is no season, nor where most years know no money in any month. A factor is never nothing:
    amounts are divided by it.
    """
    if len(totals) < MONTHS_A_YEAR or totals.mean() <= 0:
        return np.ones(MONTHS_A_YEAR)
    around, places = _around(totals)
    usable = around > 0
    ratios = totals[places[usable]] / around[usable]
    months = (first_month - 1 + places[usable]) % MONTHS_A_YEAR
    groups = [ratios[months == month] for month in range(MONTHS_A_YEAR)]
    if min(len(group) for group in groups) == 0:
        return np.ones(MONTHS_A_YEAR)
    means = np.array([np.median(group) for group in groups])
    if means.mean() <= 0:
        return np.ones(MONTHS_A_YEAR)
    means = means / means.mean()
    season: Floats = np.maximum(1 + (means - 1) * _agreement(groups, means), LEAST_SEASON)
    return season


def _around(totals: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """The mean of a year around the months that are compared, and which these are: below two years
    all of them, since the months with half a year on both sides are not all twelve."""
    if len(totals) == MONTHS_A_YEAR:
        return np.full(MONTHS_A_YEAR, totals.mean()), np.arange(MONTHS_A_YEAR)
    window = np.r_[0.5, np.ones(11), 0.5] / MONTHS_A_YEAR
    centred = np.convolve(totals, window, mode="valid")
    if len(totals) < 2 * MONTHS_A_YEAR:
        rise = (centred[-1] - centred[0]) / (len(centred) - 1) if len(centred) >= 6 else 0.0
        before, after = np.arange(-6, 0) * rise, np.arange(1, 7) * rise
        around = np.r_[centred[0] + before, centred, centred[-1] + after]
        return around, np.arange(len(totals))
    return centred, np.arange(6, len(totals) - 6)


def _agreement(groups: list[Floats], means: Floats) -> float:
    """The part of the spread between months that is not noise within months, 0 to 1."""
    between = float(means.var(ddof=1))
    repeated = [group for group in groups if len(group) > 1]
    if between <= 0 or not repeated:
        return 0.5
    within = float(np.mean([group.var(ddof=1) / len(group) for group in repeated]))
    return max(0.0, 1 - within / between)


class Drift(NamedTuple):
    """How restless a series is: variance of the level's steps over that of the noise, and the
    standard deviation of the slope's steps."""

    level_ratio: Floats | float
    slope_step: Floats | float


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

    def ahead(self, months: int) -> Floats:
        """The expected relative amount 1, 2, ... months after the last."""
        own = self.level + self.slope * self.slope_lasts(months)
        expected: Floats = own + self.pulled(months) * (self.usual - own)
        return expected

    def slope_lasts(self, months: int) -> Floats:
        """How many months' worth of the slope has been added 1, 2, ... months after the last."""
        lasts: Floats = np.cumsum(self.damping ** np.arange(1, months + 1))
        return lasts

    def pulled(self, months: int) -> Floats:
        """The weight of the last year 1, 2, ... months after the last."""
        weights: Floats = self.pull * np.power(FADE, np.arange(1.0, months + 1))
        return weights

    def wider(self, times: float) -> TrendFit:
        """As uncertain as `times` what was fitted; what is expected stays."""
        square = times**2
        return replace(
            self,
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
        state = _Covariance(self.state[0, 0], self.state[0, 1], self.state[1, 1])
        ahead = _Ahead.of(self.damping, MONTHS_A_YEAR)
        return float(ahead.variance(state, self.level_step, self.slope_step, self.noise))

    def drawn_to(self, past: Floats) -> TrendFit:
        """Drawn to the mean of the last year of its own past, where there is a year."""
        if len(past) < MONTHS_A_YEAR:
            return self
        return replace(self, usual=float(past[-MONTHS_A_YEAR:].mean()), pull=PULL)


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
    noise = np.array([_noise(one) for one in series])
    drift = drift or _weighed_drift(series, own, noise)
    track = _filter(series, own, noise, drift)
    steady = _steady(noise, drift)
    fits = [_fit(place, track, steady, noise, drift, damping) for place in range(len(series))]
    return fits, drift


def _noise(series: Floats) -> float:
    """First guess of the noise variance, from month-to-month differences, hardened to outliers."""
    steps = np.diff(series[~np.isnan(series)])
    if len(steps) < 3:
        return FEW_MONTHS_NOISE
    spread = 1.4826 * float(np.median(np.abs(steps - np.median(steps))))
    return max(0.5 * min(spread**2 or np.inf, float(steps.var())), LEAST_NOISE)


def _weighed_drift(series: Floats, own: Floats, noise: Floats) -> Drift:
    """The mean of the candidates, weighed by likelihood. The single likeliest would often be 'no
    drift at all', which short series cannot know."""
    long_enough = np.count_nonzero(~np.isnan(series), axis=1) > SHORT_SERIES
    if not long_enough.any():
        return Drift(*DEFAULT_DRIFT)
    pairs = np.array(list(product(LEVEL_RATIOS, SLOPE_STEPS)))
    candidates = Drift(pairs[:, :1], pairs[:, 1:])
    track = _filter(series[long_enough], own[long_enough], noise[long_enough], candidates)
    scores = _likelihood(track).sum(axis=1)
    weights = np.exp(scores - scores.max())
    weights /= weights.sum()
    level_ratio = weights @ pairs[:, 0]
    slope_variance = weights @ np.square(pairs[:, 1])
    return Drift(round(float(level_ratio), 9), round(float(np.sqrt(slope_variance)), 9))


def _likelihood(track: _Track) -> Floats:
    """Log-likelihood of the innovations with the scale of the noise concentrated out."""
    counts = (~np.isnan(track.innovations)).sum(axis=0)
    scaled = np.nansum(track.innovations**2 / track.spreads, axis=0)
    scale = np.maximum(scaled / np.maximum(counts, 1), LEAST_NOISE)
    score: Floats = -0.5 * (counts * np.log(scale) + np.nansum(np.log(track.spreads), axis=0))
    return score


class _Covariance(NamedTuple):
    """Of level and slope; `both` is what they share. Each an array over the series."""

    level: Floats
    both: Floats
    slope: Floats

    def a_month_on(self, q: Floats, z: Floats) -> _Covariance:
        return _Covariance(
            self.level + 2 * MEMORY * self.both + MEMORY**2 * self.slope + q,
            MEMORY * self.both + MEMORY**2 * self.slope,
            MEMORY**2 * self.slope + z,
        )

    def observed(self, k: Floats, m: Floats, noise: Floats) -> _Covariance:
        """After an observation taken in with gains k and m (Joseph's form: any gains will do)."""
        return _Covariance(
            (1 - k) ** 2 * self.level + k * k * noise,
            (1 - k) * (self.both - m * self.level) + k * m * noise,
            self.slope - 2 * m * self.both + m * m * (self.level + noise),
        )


class _Track(NamedTuple):
    """The filter's course, months first. `clean` is the covariance at the end that the same gains
    would give if the observations had no error of their own beside the noise; `course` holds level,
    slope and that covariance after every month."""

    innovations: Floats
    spreads: Floats
    gains: Floats
    level: Floats
    slope: Floats
    clean: _Covariance
    course: list[tuple[Floats, Floats, _Covariance]]


def _filter(series: Floats, own: Floats, noise: Floats, drift: Drift) -> _Track:
    """Kalman filter on (level, slope) of many series, and for many drifts, at once."""
    q, z = np.broadcast_arrays(drift.level_ratio * noise, np.square(drift.slope_step))
    shape, months = q.shape, series.shape[1]
    level, slope = np.zeros(shape), np.zeros(shape)
    start = _Covariance(np.full(shape, DIFFUSE), np.zeros(shape), np.full(shape, SLOPE_BEFORE**2))
    full = clean = start
    innovations, spreads = np.full((months, *shape), np.nan), np.full((months, *shape), np.nan)
    gains, course = np.zeros((months, 2, *shape)), []
    for month in range(months):
        level, slope = level + MEMORY * slope, MEMORY * slope
        full, clean = full.a_month_on(q, z), clean.a_month_on(q, z)
        seen = ~np.isnan(series[:, month])
        spread = full.level + noise + own[:, month]
        miss = np.where(seen, series[:, month], 0.0) - level
        k, m = np.where(seen, full.level / spread, 0.0), np.where(seen, full.both / spread, 0.0)
        foreseen = seen & (full.level < DIFFUSE / 2)
        innovations[month] = np.where(foreseen, miss, np.nan)
        spreads[month] = np.where(foreseen, spread, np.nan)
        gains[month] = k, m
        level, slope = level + k * miss, slope + m * miss
        full, clean = full.observed(k, m, noise + own[:, month]), clean.observed(k, m, noise)
        course.append((level, slope, clean))
    return _Track(innovations, spreads, gains, level, slope, clean, course)


class _Steady(NamedTuple):
    """Gains of an endless series, its innovation variance, and its covariance after a month."""

    alpha: Floats
    beta: Floats
    spread: Floats
    after: _Covariance


def looked_back(
    series: Floats, variances: Floats, fits: Sequence[TrendFit], drift: Drift, weights: Floats
) -> float:
    """How much wider or narrower the misses of half a year ahead were than the fits foresaw, over
    series that were fitted together and count by their weight.

    Every month from the second year on is looked ahead from with what the filter knew then. Misses
    of neighbouring months overlap, so a history counts for as many as fit side by side; a short one
    is drawn to 1.
    """
    noise = np.array([_noise(one) for one in series])
    scale = np.array([fit.noise for fit in fits]) / noise
    track, shape = _filter(series, variances, noise, drift), _Ahead.of(fits[0].damping, AHEAD)
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
        return 1.0
    alike = float(weights.sum() ** 2 / np.square(weights).sum())
    counted = len(origins) / AHEAD * alike
    square = (counted * missed / foreseen + TRUST_IN_FILTER) / (counted + TRUST_IN_FILTER)
    return round(float(np.clip(np.sqrt(square), NARROWEST, WIDEST)), 6)


class _Ahead(NamedTuple):
    """What a slope, a state and every month's steps do to the mean of so many months ahead."""

    months: int
    slope: float
    lever: float
    level_steps: float
    slope_steps: float

    @classmethod
    def of(cls, damping: float, count: int) -> _Ahead:
        months = np.arange(1, count + 1)
        return cls(
            months=count,
            slope=float(np.cumsum(damping**months).mean()),
            lever=float(months.mean()),
            level_steps=float(np.square(months / count).sum()),
            slope_steps=float(np.square(np.cumsum(months) / count).sum()),
        )

    def variance(
        self,
        state: _Covariance,
        level_step: Floats | float,
        slope_step: Floats | float,
        noise: Floats | float,
    ) -> Floats:
        """Of the mean of the months ahead."""
        variance: Floats = (
            state.level
            + 2 * self.lever * state.both
            + self.lever**2 * state.slope
            + self.level_steps * level_step
            + self.slope_steps * slope_step
            + noise / self.months
        )
        return variance


def _steady(noise: Floats, drift: Drift) -> _Steady:
    q, z = drift.level_ratio * noise, np.full_like(noise, drift.slope_step**2)
    zero = np.zeros_like(noise)
    if not drift.level_ratio and not drift.slope_step:
        return _Steady(zero, zero, noise, _Covariance(zero, zero, zero))
    before = after = _Covariance(noise, zero, z)
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
    place: int, track: _Track, steady: _Steady, noise: Floats, drift: Drift, damping: float
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


def _matrix(covariance: _Covariance, place: int) -> Floats:
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
