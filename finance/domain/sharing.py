"""How much of what was not foreseen happened to everyone at once.

Municipalities of one segment share a law, providers and tariffs; segments share the law. The share
in common is what makes the region's total less certain than independent parts would be. It is
measured from the one-month-ahead misses of the trends: the variance of their sum against the sum of
their variances.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from finance.domain.completion import Floats
from finance.domain.simulation import SharedShocks

LEAST, MOST = 0.1, 0.9
UNMEASURED = 0.3
ENOUGH_MONTHS = 12


def shared_shocks(unforeseen: Mapping[str, Floats]) -> dict[str, SharedShocks]:
    """Per segment, from misses in euros of shape (cells, months); not a number is no miss.

    Never below 0.1: no short history proves that neighbours have nothing in common.
    """
    within = {segment: _common(misses) for segment, misses in unforeseen.items()}
    between = _between(unforeseen, within)
    return {segment: SharedShocks(share, between) for segment, share in within.items()}


def _common(misses: Floats) -> float:
    months = (~np.isnan(misses)).all(axis=0)
    if months.sum() < ENOUGH_MONTHS or len(misses) < 2:
        return UNMEASURED
    seen = misses[:, months]
    together = float(np.mean(seen.sum(axis=0) ** 2))
    apart = np.mean(seen**2, axis=1)
    return _equal_share(together, float(apart.sum()), float(np.sqrt(apart).sum() ** 2))


def _equal_share(together: float, apart: float, in_step: float) -> float:
    """Solve together = (1 - share) x apart + share x in_step."""
    if in_step <= apart * (1 + 1e-9):
        return UNMEASURED
    return float(np.clip((together - apart) / (in_step - apart), LEAST, MOST))


def _between(unforeseen: Mapping[str, Floats], within: Mapping[str, float]) -> float:
    totals = np.array([np.nansum(misses, axis=0) for misses in _same_months(unforeseen)])
    if len(totals) < 2 or totals.shape[1] < ENOUGH_MONTHS:
        return UNMEASURED
    common, alone = [], 0.0
    for segment, misses in unforeseen.items():
        variances = np.nansum(misses**2, axis=1) / max(misses.shape[1], 1)
        common.append(within[segment] * float(np.sqrt(variances).sum() ** 2))
        alone += (1 - within[segment]) * float(variances.sum())
    together = float(np.mean(totals.sum(axis=0) ** 2)) - alone
    return _equal_share(together, sum(common), float(np.sqrt(common).sum() ** 2))


def _same_months(unforeseen: Mapping[str, Floats]) -> list[Floats]:
    """Segments may be mature until different months: keep those that all have."""
    months = min(misses.shape[1] for misses in unforeseen.values())
    return [misses[:, :months] for misses in unforeseen.values()]
