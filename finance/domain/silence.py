"""Providers that stopped sending: a gap in what is known, not in the care.

A provider that declared in nearly every month of the year before, and has sent nothing for one
month up to half a year, is taken to be late. After that it is taken to have stopped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from finance.domain.months import Month
from finance.domain.projection_inputs import Silence

LOOK_BACK = 12
USUAL = 12
LONGEST = 6
WORTH_NAMING = 200
AT_FIRST, IN_THE_END = 0.9, 0.5
TRUST_IN_GUESS = 4.0


@dataclass(frozen=True)
class Sent:
    """What a provider's messages of one month of knowing brought in a segment, in cents."""

    segment: str
    provider: str
    known: Month
    cents: int


@dataclass(frozen=True)
class SilentProvider:
    """A provider that is late in a segment, since when, its part of the year before, and how likely
    it is to send again."""

    segment: str
    provider: str
    since: Month
    basis_points: int
    returns: float


def silent_providers(sent: Iterable[Sent], *, as_of: Month) -> list[SilentProvider]:
    """Who is late at the end of `as_of`, only where it is a quarter of a percent or more."""
    months: dict[tuple[str, str], dict[Month, int]] = defaultdict(dict)
    for one in sent:
        if one.known <= as_of:
            own = months[one.segment, one.provider]
            own[one.known] = own.get(one.known, 0) + one.cents
    likely = _returning(months.values(), as_of)
    found = []
    for (segment, provider), own in sorted(months.items()):
        since = max(own) + 1
        lasts = as_of - since + 1
        if not 1 <= lasts <= LONGEST or not _was_regular(own, since):
            continue
        part = _part(months, segment, own, range(since - LOOK_BACK, since))
        if part >= WORTH_NAMING:
            found.append(SilentProvider(segment, provider, since, part, likely[lasts - 1]))
    return found


def _was_regular(own: Container[Month], since: Month) -> bool:
    return sum(month in own for month in range(since - LOOK_BACK, since)) >= USUAL


def _returning(sent: Iterable[Collection[Month]], as_of: Month) -> list[float]:
    """After 1, 2, ... months of silence: the share of those that came back within half a year, of
    all silences of which that is known, drawn to a guess."""
    came, lasted = [0] * LONGEST, [0] * LONGEST
    for own in sent:
        for since, until in _gaps(own):
            back = until is not None and until - since <= LONGEST
            lasts = LONGEST if not back or until is None else until - since
            if back or as_of - since + 1 > LONGEST:
                for place in range(lasts):
                    came[place] += back
                    lasted[place] += 1
    return [
        (came[place] + TRUST_IN_GUESS * _guess(place)) / (lasted[place] + TRUST_IN_GUESS)
        for place in range(LONGEST)
    ]


def _guess(place: int) -> float:
    return AT_FIRST + (IN_THE_END - AT_FIRST) * place / (LONGEST - 1)


def _gaps(own: Collection[Month]) -> Iterator[tuple[Month, Month | None]]:
    """First month of every silence after a regular year, and the first month after it, if any."""
    ordered: list[Month | None] = [*sorted(own), None]
    for last, following in pairwise(ordered):
        if last is not None and following != last + 1 and _was_regular(own, last + 1):
            yield last + 1, following


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
    """What is expected to come back, added up per segment and month since."""
    parts: dict[tuple[str, Month], float] = defaultdict(float)
    for one in found:
        parts[one.segment, one.since] += one.basis_points * one.returns
    return tuple(Silence(*key, round(part)) for key, part in sorted(parts.items()))
