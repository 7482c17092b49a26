"""How surprising a count is: tails of the beta-binomial distribution, for many cells at once."""

from __future__ import annotations

import numpy as np
from scipy.special import bdtr, bdtrc, betaln, gammaln, xlog1py, xlogy

from .panel import Floats

# Below this spread the beta-binomial is the binomial, to the last digit that counts.
NO_SPREAD = 1e-9


def tails(counts: Floats, cases: Floats, mean: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Mid-p of so few and of so many: (P(X < x) + P(X = x)/2, P(X > x) + P(X = x)/2).

    `spread` is the intra-class correlation: 1 / (precision of the beta + 1). The mid-p halves the
    probability of the count itself, which keeps small cells from being needlessly careful.
    """
    x, n = np.rint(counts), np.rint(cases)
    few, many = np.full(len(n), 0.5), np.full(len(n), 0.5)
    inside = (mean > 0) & (mean < 1)
    plain = (n > 0) & (spread <= NO_SPREAD) & inside
    few[plain], many[plain] = _binomial(x[plain], n[plain], mean[plain])
    wide = (n > 0) & (spread > NO_SPREAD) & inside
    few[wide], many[wide] = _beta_binomial(x[wide], n[wide], mean[wide], spread[wide])
    return few, many


def _binomial(x: Floats, n: Floats, mean: Floats) -> tuple[Floats, Floats]:
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    half = np.exp(ways + xlogy(x, mean) + xlog1py(n - x, -mean)) / 2
    whole = n.astype(np.int64)
    return bdtr(x, whole, mean) - half, bdtrc(x, whole, mean) + half


def _beta_binomial(x: Floats, n: Floats, mean: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """All counts of all cells in one long row, added up per cell on either side of x."""
    if not len(n):
        return np.zeros(0), np.zeros(0)
    precision = np.maximum(1 / np.minimum(spread, 0.999) - 1, 1e-6)
    a, b = mean * precision, (1 - mean) * precision
    sizes = n.astype(np.int64) + 1
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    cell = np.repeat(np.arange(len(n)), sizes)
    k = np.arange(sizes.sum()) - starts[cell]
    ways = gammaln(n + 1)[cell] - gammaln(k + 1) - gammaln(n[cell] - k + 1)
    mass = np.exp(ways + betaln(k + a[cell], n[cell] - k + b[cell]) - betaln(a, b)[cell])
    below = np.where(k < x[cell], 1.0, np.where(k == x[cell], 0.5, 0.0))
    few = np.add.reduceat(mass * below, starts)
    many = np.add.reduceat(mass * (1 - below), starts)
    return np.clip(few, 0, 1), np.clip(many, 0, 1)
