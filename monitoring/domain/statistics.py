"""Uncertainty of shares: Wilson intervals and funnel limits. Plain values in, dataclasses out.

Sources: Wilson (1927), score interval; Spiegelhalter (2005), Funnel plots for comparing
institutional performance, and (2005) Handling over-dispersion of performance indicators: z-scores
on the arcsine scale, winsorised at 10 % before the dispersion is estimated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import bdtr, bdtrik

Z95 = 1.959963984540054
Z998 = 3.090232306167813
WINSORISED = 0.10


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


def wilson(numerator: float, denominator: float, z: float = Z95) -> Interval | None:
    """The score interval of a share; None for a share of nothing."""
    if denominator <= 0:
        return None
    share = numerator / denominator
    centre = share + z * z / (2 * denominator)
    spread = z * math.sqrt(
        max(share * (1 - share), 0) / denominator + z * z / (4 * denominator * denominator)
    )
    whole = 1 + z * z / denominator
    return Interval(
        min(share, max(0.0, (centre - spread) / whole)),
        max(share, min(1.0, (centre + spread) / whole)),
    )


@dataclass(frozen=True)
class Party:
    """A provider in a comparison: its cases and how many of them count."""

    key: str
    numerator: float
    denominator: float

    @property
    def share(self) -> float:
        return self.numerator / self.denominator


@dataclass(frozen=True)
class Placed:
    """A provider with its z-score, divided by the spread between providers."""

    party: Party
    z: float

    @property
    def beyond_95(self) -> bool:
        return abs(self.z) > Z95

    @property
    def beyond_998(self) -> bool:
        return abs(self.z) > Z998


@dataclass(frozen=True)
class Funnel:
    """Providers around a common share. `dispersion` is 1 where chance alone explains the spread."""

    centre: float
    dispersion: float
    placed: tuple[Placed, ...]

    def limits(self, cases: float, z: float) -> Interval:
        """Where a provider with so many cases lies by chance and ordinary spread."""
        exact = binomial_limits(self.centre, cases, z)
        stretch = math.sqrt(self.dispersion)
        return Interval(
            max(0.0, self.centre - (self.centre - exact.low) * stretch),
            min(1.0, self.centre + (exact.high - self.centre) * stretch),
        )


def funnel(parties: Sequence[Party]) -> Funnel | None:
    """The comparison of providers; None where there is nothing to compare.

    The centre is the sum of numerators over the sum of denominators.
    """
    counted = [party for party in parties if party.denominator > 0]
    cases = sum(party.denominator for party in counted)
    if len(counted) < 2 or cases <= 0:
        return None
    centre = sum(party.numerator for party in counted) / cases
    scores = [z_score(party, centre) for party in counted]
    phi = dispersion(scores)
    return Funnel(
        centre,
        phi,
        tuple(
            Placed(party, score / math.sqrt(phi))
            for party, score in zip(counted, scores, strict=True)
        ),
    )


def z_score(party: Party, centre: float) -> float:
    """Distance from the centre in standard errors, on the arcsine scale (stable for small n)."""
    return 2 * math.sqrt(party.denominator) * (_angle(party.share) - _angle(centre))


def dispersion(scores: Sequence[float]) -> float:
    """How much wider providers lie than by chance; 1 unless clearly more than chance gives.

    The extreme tenths are drawn in first, so that one outlier does not hide itself. The estimate
    counts only where it is more than one standard error above 1, sqrt(2 / number of scores).
    """
    if not scores:
        return 1.0
    drawn_in = winsorised(scores)
    phi = sum(score * score for score in drawn_in) / len(drawn_in)
    return phi if phi > 1 + math.sqrt(2 / len(drawn_in)) else 1.0


def winsorised(scores: Sequence[float]) -> list[float]:
    """The scores with the outer tenths on either side set to the nearest inner one."""
    ordered = sorted(scores)
    cut = int(len(ordered) * WINSORISED)
    low, high = ordered[cut], ordered[len(ordered) - 1 - cut]
    return [min(max(score, low), high) for score in scores]


def binomial_limits(centre: float, cases: float, z: float) -> Interval:
    """Exact limits for a share of so many cases, interpolated between whole numbers of cases.

    Spiegelhalter (2005), appendix A.1.1: the quantile is moved by the part of its own probability
    that is over, so that the limits are smooth in the number of cases.
    """
    tail = 0.5 * math.erfc(z / math.sqrt(2))
    return Interval(
        max(0.0, _quantile(tail, cases, centre) / cases),
        min(1.0, _quantile(1 - tail, cases, centre) / cases),
    )


def _quantile(probability: float, cases: float, centre: float) -> float:
    number = max(1, round(cases))
    if centre <= 0 or centre >= 1:
        return number * centre
    reached = max(0, math.ceil(bdtrik(probability, number, centre)))
    if reached and bdtr(reached - 1, number, centre) >= probability:
        reached -= 1
    mass = _binomial_mass(reached, number, centre)
    over = float(bdtr(reached, number, centre)) - probability
    return (reached - over / mass) * cases / number if mass else reached


def _binomial_mass(count: int, number: int, share: float) -> float:
    ways = math.lgamma(number + 1) - math.lgamma(count + 1) - math.lgamma(number - count + 1)
    return math.exp(ways + count * math.log(share) + (number - count) * math.log1p(-share))


def _angle(share: float) -> float:
    return math.asin(math.sqrt(min(max(share, 0.0), 1.0)))


def difference(now: Party, before: Party) -> Interval | None:
    """The 95 % interval of the difference of two shares (Newcombe 1998, method 10)."""
    a, b = wilson(now.numerator, now.denominator), wilson(before.numerator, before.denominator)
    if a is None or b is None:
        return None
    gap = now.share - before.share
    return Interval(
        gap - math.hypot(now.share - a.low, b.high - before.share),
        gap + math.hypot(a.high - now.share, before.share - b.low),
    )
