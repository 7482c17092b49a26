"""The Kalman filter under the trend: level and a slope that lasts, of many series at once.

Series are relative: 1 is an ordinary month.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MEMORY = 0.99
SLOPE_BEFORE = 0.003
LEAST_NOISE = 1e-6
FEW_MONTHS_NOISE = 0.04
DIFFUSE = 1e4


class Drift(NamedTuple):
    """How restless a series is: variance of the level's steps over that of the noise, and the
    standard deviation of the slope's steps."""

    level_ratio: Floats | float
    slope_step: Floats | float


def first_noise(series: Floats) -> float:
    """First guess of the noise variance, from month-to-month differences, hardened to outliers."""
    steps = np.diff(series[~np.isnan(series)])
    if len(steps) < 3:
        return FEW_MONTHS_NOISE
    spread = 1.4826 * float(np.median(np.abs(steps - np.median(steps))))
    return max(0.5 * min(spread**2 or np.inf, float(steps.var())), LEAST_NOISE)


class Covariance(NamedTuple):
    """Of level and slope; `both` is what they share. Each an array over the series."""

    level: Floats
    both: Floats
    slope: Floats

    def a_month_on(self, q: Floats, z: Floats) -> Covariance:
        return Covariance(
            self.level + 2 * MEMORY * self.both + MEMORY**2 * self.slope + q,
            MEMORY * self.both + MEMORY**2 * self.slope,
            MEMORY**2 * self.slope + z,
        )

    def observed(self, k: Floats, m: Floats, noise: Floats) -> Covariance:
        """After an observation taken in with gains k and m (Joseph's form: any gains will do)."""
        return Covariance(
            (1 - k) ** 2 * self.level + k * k * noise,
            (1 - k) * (self.both - m * self.level) + k * m * noise,
            self.slope - 2 * m * self.both + m * m * (self.level + noise),
        )


class Track(NamedTuple):
    """The filter's course, months first. `clean` is the covariance at the end that the same gains
    would give if the observations had no error of their own beside the noise; `course` holds level,
    slope and that covariance after every month."""

    innovations: Floats
    spreads: Floats
    gains: Floats
    level: Floats
    slope: Floats
    clean: Covariance
    course: list[tuple[Floats, Floats, Covariance]]


def run_filter(series: Floats, own: Floats, noise: Floats, drift: Drift) -> Track:
    """Kalman filter on (level, slope) of many series, and for many drifts, at once."""
    q, z = np.broadcast_arrays(drift.level_ratio * noise, np.square(drift.slope_step))
    shape, months = q.shape, series.shape[1]
    level, slope = np.zeros(shape), np.zeros(shape)
    start = Covariance(np.full(shape, DIFFUSE), np.zeros(shape), np.full(shape, SLOPE_BEFORE**2))
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
    return Track(innovations, spreads, gains, level, slope, clean, course)


class Ahead(NamedTuple):
    """What a slope, a state and every month's steps do to the mean of so many months ahead."""

    months: int
    slope: float
    lever: float
    level_steps: float
    slope_steps: float

    @classmethod
    def of(cls, damping: float, count: int) -> Ahead:
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
        state: Covariance,
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
