"""The price level through the years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from finance.domain.completion import Floats
from finance.domain.projection_inputs import IndexYear


def price_index(years: np.ndarray, rises: Sequence[IndexYear]) -> Floats:
    """Price level per month, every rise of a 1 January applied to all later years."""
    level = np.ones(len(years))
    for rise in rises:
        if rise.year > years[0]:
            level[years >= rise.year] *= 1 + rise.basis_points / 10_000
    return level
