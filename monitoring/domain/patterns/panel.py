"""The figures of one indicator as arrays: what the tests of a run look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Panel:
    """Counts of cells (rows) over half-years (columns, oldest first); 0 where nothing is known.

    `groups` numbers the segment that a cell is compared in: its centre is that of the other cells
    of the group in the same half-year.
    """

    keys: tuple[str, ...]
    groups: Ints
    numerators: Floats
    denominators: Floats

    @classmethod
    def of(
        cls,
        keys: Sequence[str],
        groups: Sequence[int],
        numerators: Sequence[Sequence[float]],
        denominators: Sequence[Sequence[float]],
    ) -> Panel:
        return cls(
            tuple(keys),
            np.asarray(groups, np.int64),
            np.asarray(numerators, float).reshape(len(keys), -1),
            np.asarray(denominators, float).reshape(len(keys), -1),
        )

    @property
    def width(self) -> int:
        return int(self.denominators.shape[1])

    def group_sums(self, values: Floats) -> Floats:
        """Per cell the sum over its whole group, per half-year."""
        sums = np.zeros((int(self.groups.max(initial=-1)) + 1, values.shape[1]))
        np.add.at(sums, self.groups, values)
        return sums[self.groups]

    def centres(self) -> Floats:
        """The share of the group per half-year; where it has no cases, that of all cells."""
        numerators = self.group_sums(self.numerators)
        denominators = self.group_sums(self.denominators)
        whole = ratio(self.numerators.sum(), self.denominators.sum())
        return np.where(
            denominators > 0, ratio(numerators, denominators), np.full_like(numerators, whole)
        )

    def others(self) -> Others:
        """What a cell is compared with: the other cells of its group."""
        cases = self.group_sums(self.denominators) - self.denominators
        counts = self.group_sums(self.numerators) - self.numerators
        squares = self.group_sums(self.denominators**2) - self.denominators**2
        total = cases.sum(axis=1, keepdims=True)
        mean = ratio(counts.sum(axis=1, keepdims=True), total)
        trust = moving(ratio(counts, cases), cases, mean)
        share = mean + trust * np.where(cases > 0, ratio(counts, cases) - mean, 0.0)
        unsure = trust**2 * ratio(1.0, cases) + (1 - trust**2) * ratio(1.0, total)
        return Others(np.where(total > 0, share, np.nan), cases, unsure, ratio(squares, cases**2))


@dataclass(frozen=True)
class Others:
    """Share and cases of the other cells per half-year; share nan where there are none.

    `unsure` is the variance of the share by chance, in units of p(1 - p); `unevenness` the sum of
    squares of the sizes over the square of the sum (1 / number of cells that are alike).
    """

    share: Floats
    cases: Floats
    unsure: Floats
    unevenness: Floats


def moving(shares: Floats, cases: Floats, mean: Floats) -> Floats:
    """How far a share per half-year is its own, and how far the mean over all half-years.

    0 where the half-years differ no more than by chance, near 1 where they clearly do: the positive
    part of James and Stein (1961), per row.
    """
    unit = np.maximum(mean * (1 - mean), 1e-9)
    squares = (cases * (shares - mean) ** 2 / unit).sum(axis=1, keepdims=True)
    free = (cases > 0).sum(axis=1, keepdims=True) - 1.0
    return np.maximum(0.0, 1 - ratio(np.maximum(free, 0.0), squares)) * (squares > 0)


def ratio(above: Floats | float, below: Floats | float) -> Floats:
    """above / below, and 0 where below is 0."""
    top, bottom = np.asarray(above, float), np.asarray(below, float)
    shape = np.broadcast(top, bottom).shape
    return np.divide(top, bottom, out=np.zeros(shape), where=np.broadcast_to(bottom > 0, shape))
