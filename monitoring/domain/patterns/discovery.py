"""One judgement over many comparisons: combining tests of a cell, and the false discovery rate."""

from __future__ import annotations

from typing import cast

import numpy as np

from .panel import Floats


def combined(p_values: Floats, weights: Floats) -> Floats:
    """One p per cell from its tests (rows: cells): the weighted harmonic mean (Wilson 2019).

    It holds for tests that hang together, as these do. Where a test could not be done, p is nan and
    its weight goes to the others; a cell without any test has p 1.
    """
    known = ~np.isnan(p_values)
    shares = np.where(known, weights, 0.0)
    total = shares.sum(axis=1)
    inverse = (shares / np.where(known, np.maximum(p_values, 1e-300), 1.0)).sum(axis=1)
    return cast(
        "Floats", np.minimum(1.0, np.where(inverse > 0, total / np.maximum(inverse, 1e-300), 1))
    )


def discoveries(p_values: Floats, weights: Floats, rate: float) -> tuple[Floats, float]:
    """q per hypothesis, and the highest weighted p that still is a discovery (0: none).

    Benjamini and Hochberg (1995), with weights as in Genovese, Roeder and Wasserman (2006): the
    weights have mean 1 and may depend on the size of a cell, never on its outcome.
    """
    count = len(p_values)
    if not count:
        return np.zeros(0), 0.0
    weighted = p_values / np.maximum(weights / weights.mean(), 1e-12)
    order = np.argsort(weighted, kind="stable")
    ranked = weighted[order] * count / np.arange(1, count + 1)
    smallest_after = np.minimum.accumulate(ranked[::-1])[::-1]
    q_values = np.empty(count)
    q_values[order] = np.minimum(smallest_after, 1.0)
    found = weighted[q_values <= rate]
    return q_values, float(found.max()) if len(found) else 0.0
