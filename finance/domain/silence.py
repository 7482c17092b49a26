"""Providers that stopped sending: a gap in what is known, not in the care.

A provider that declared in nearly every month of the year before, and has sent nothing for one
month up to half a year, is taken to be late. After that it is taken to have stopped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from finance.domain.months import Month
from finance.domain.projection_inputs import Silence

LOOK_BACK = 12
USUAL = 12
LONGEST = 6
WORTH_NAMING = 200


@dataclass(frozen=True)
class Sent:
    """What a provider's messages of one month of knowing brought in a segment, in cents."""

    segment: str
    provider: str
    known: Month
    cents: int


@dataclass(frozen=True)
class SilentProvider:
    """A provider that is late in a segment, since when, and its part of the year before."""

    segment: str
    provider: str
    since: Month
    basis_points: int


def silent_providers(sent: Iterable[Sent], *, as_of: Month) -> list[SilentProvider]:
    """Who is late at the end of `as_of`, only where it is a quarter of a percent or more."""
    months: dict[tuple[str, str], dict[Month, int]] = defaultdict(dict)
    for one in sent:
        if one.known <= as_of:
            own = months[one.segment, one.provider]
            own[one.known] = own.get(one.known, 0) + one.cents
    found = []
    for (segment, provider), own in sorted(months.items()):
        since = max(own) + 1
        if not 1 <= as_of - since + 1 <= LONGEST:
            continue
        before = range(since - LOOK_BACK, since)
        if sum(month in own for month in before) < USUAL:
            continue
        part = _part(months, segment, own, before)
        if part >= WORTH_NAMING:
            found.append(SilentProvider(segment, provider, since, part))
    return found


def _part(
    months: dict[tuple[str, str], dict[Month, int]],
    segment: str,
    own: dict[Month, int],
    before: range,
) -> int:
    total = sum(
        cents
        for (code, _), theirs in months.items()
        if code == segment
        for month, cents in theirs.items()
        if month in before
    )
    mine = sum(cents for month, cents in own.items() if month in before)
    return round(10_000 * mine / total) if total > 0 and mine > 0 else 0


def silences(found: Iterable[SilentProvider]) -> tuple[Silence, ...]:
    """Added up per segment and month since."""
    parts: dict[tuple[str, Month], int] = defaultdict(int)
    for one in found:
        parts[one.segment, one.since] += one.basis_points
    return tuple(Silence(*key, part) for key, part in sorted(parts.items()))
