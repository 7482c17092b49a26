"""The season of monthly series: twelve factors around an ordinary month."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MONTHS_A_YEAR = 12
LEAST_SEASON = 0.05


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
