"""Who pays which part: shares by a key, in exact arithmetic, limited in how fast they may change.

Shares are fractions of 1. Population and use count for what a municipality takes part in; fixed
shares are as agreed. Amounts are split by largest remainder (allocation.split_euros).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from core.errors import DomainError
from core.money import euros

from .allocation import split_euros, whole

Shares = dict[str, Fraction]
HUNDRED = 100


@dataclass(frozen=True)
class Weights:
    """Percents of the three bases; together 100."""

    population: int = 0
    use: int = 0
    fixed: int = 0

    def __post_init__(self) -> None:
        if self.population + self.use + self.fixed != HUNDRED:
            raise DomainError(
                "De wegingen van een verdeelsleutel tellen samen op tot 100.",
                code="weging-niet-honderd",
            )


@dataclass(frozen=True)
class Facts:
    """What a year's shares rest on, per CBS code. `part`: which part of the segments a municipality
    buys with the region (1 all, 0 nothing); `use` is its own spend, which knows that already."""

    part: Mapping[str, Fraction]
    population: Mapping[str, int] = field(default_factory=dict)
    use: Mapping[str, Decimal] = field(default_factory=dict)
    fixed: Mapping[str, Decimal] = field(default_factory=dict)

    def as_json(self) -> dict[str, dict[str, str | int]]:
        return {
            "part": {code: str(part) for code, part in self.part.items()},
            "population": dict(self.population),
            "use": {code: str(euros) for code, euros in self.use.items()},
            "fixed": {code: str(share) for code, share in self.fixed.items()},
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Mapping[str, Any]]) -> Facts:
        return cls(
            part={code: Fraction(part) for code, part in plain["part"].items()},
            population=plain["population"],
            use={code: Decimal(euros) for code, euros in plain["use"].items()},
            fixed={code: Decimal(share) for code, share in plain["fixed"].items()},
        )


def shares_of(facts: Facts, weights: Weights) -> Shares:
    """The shares that the bases give together, before any limit.

    Raises DomainError where a basis that counts says nothing.
    """
    payers = {code: part for code, part in sorted(facts.part.items()) if part > 0}
    bases = (
        (weights.population, "aantallen jeugdigen",
         {code: part * facts.population.get(code, 0) for code, part in payers.items()}),
        (weights.use, "kosten uit eerdere jaren",
         {code: max(Fraction(facts.use.get(code, 0)), Fraction(0)) for code in payers}),
        (weights.fixed, "vaste aandelen",
         {code: Fraction(facts.fixed.get(code, 0)) for code in payers}),
    )  # fmt: skip
    total = {code: Fraction(0) for code in payers}
    for weight, name, basis in bases:
        if weight:
            for code, share in _normal(basis, name).items():
                total[code] += Fraction(weight, HUNDRED) * share
    return total


def _normal(basis: Mapping[str, Fraction], name: str) -> Shares:
    whole = sum(basis.values(), Fraction(0))
    if whole <= 0:
        raise DomainError(
            f"Voor deze sleutel ontbreken {name}. Lever die aan, of geef deze maatstaf geen "
            "gewicht.",
            code="sleutel-zonder-maatstaf",
        )
    return {code: Fraction(value) / whole for code, value in basis.items()}


def limited(shares: Shares, *, before: Mapping[str, Fraction], percent: Decimal) -> Shares:
    """Shares that differ at most `percent` of what they were; what is cut off or added is spread
    over the others in proportion to their shares. Who was not there before has no limit.

    One factor for all others makes the sum 1: it is found exactly, from limit to limit. What they
    may not take falls to those without a share now, up to their limit. Where the limits cannot add
    up to 1, the shares stand as they are.
    """
    room = Fraction(percent) / HUNDRED
    ends = {
        code: (before[code] * (1 - room), before[code] * (1 + room)) if code in before else None
        for code in shares
    }
    total = sum(shares.values(), Fraction(0))
    lows = sum((end[0] for end in ends.values() if end), Fraction(0))
    idle = {code: end for code, end in ends.items() if end and not shares[code]}
    if total <= 0 or lows > 1 or not _can_reach(shares, ends):
        return dict(shares)
    factors = sorted(
        {edge / shares[code] for code, end in ends.items() if end and shares[code] for edge in end}
    )
    low = max((f for f in factors if _sum(shares, ends, f) <= 1), default=Fraction(0))
    moving = [code for code in shares if _moves(shares[code], ends[code], low)]
    free = sum((shares[code] for code in moving), Fraction(0))
    still = _sum(shares, ends, low) - free * low
    factor = (1 - still) / free if free else low
    found = {code: _held(share * factor, ends[code]) for code, share in shares.items()}
    return _filled(found, room={code: end[1] - end[0] for code, end in idle.items()})


End = tuple[Fraction, Fraction] | None


def _held(value: Fraction, end: End) -> Fraction:
    return value if end is None else min(max(value, end[0]), end[1])


def _sum(shares: Shares, ends: Mapping[str, End], factor: Fraction) -> Fraction:
    return sum((_held(s * factor, ends[code]) for code, s in shares.items()), Fraction(0))


def _moves(share: Fraction, end: End, factor: Fraction) -> bool:
    """Whether a share grows when the factor grows a little from here."""
    return share > 0 and (end is None or end[0] <= share * factor < end[1])


def _can_reach(shares: Shares, ends: Mapping[str, End]) -> bool:
    if any(end is None and shares[code] for code, end in ends.items()):
        return True
    return sum((end[1] for end in ends.values() if end), Fraction(0)) >= 1


def _filled(found: Shares, *, room: Mapping[str, Fraction]) -> Shares:
    """The shares with what is short of 1 laid with those who have room for it."""
    short, total = 1 - sum(found.values(), Fraction(0)), sum(room.values(), Fraction(0))
    if short <= 0 or not total:
        return found
    return found | {code: found[code] + short * space / total for code, space in room.items()}


@dataclass(frozen=True)
class Rules:
    """`equalised`: percent of the difference between own use and the key that is shared.
    `deposit`: percent of its part that each pays into the swing fund; `threshold`: a year above
    its part by more than so many percent is paid from the fund, as far as it reaches. Of a part
    below nothing (more credits than cost) there is no percentage."""

    equalised: Decimal = Decimal(HUNDRED)
    deposit: Decimal = Decimal(0)
    threshold: Decimal = Decimal(0)


@dataclass(frozen=True)
class Settled:
    """What a municipality pays for a year, in euros: its part by the key, its own use, what it
    bears of the real cost, what it deposits in the fund and gets from it, and all together."""

    part: Decimal
    use: Decimal
    borne: Decimal
    deposit: Decimal
    from_fund: Decimal

    @property
    def pays(self) -> Decimal:
        return self.borne + self.deposit - self.from_fund


def settle(
    *, shares: Shares, use: Mapping[str, Decimal], rules: Rules, fund: Decimal = Decimal(0)
) -> tuple[dict[str, Settled], Decimal]:
    """A year settled, and what is left in the fund. The borne amounts add up to the use, to the
    cent: risk equalisation moves only the shared part of the differences."""
    total = sum((use.get(code, Decimal(0)) for code in shares), Decimal(0))
    parts = split_euros(amount=total, weights=shares)
    share = Fraction(rules.equalised) / HUNDRED
    cents = {
        code: HUNDRED * (share * Fraction(parts[code]) + (1 - share) * Fraction(use.get(code, 0)))
        for code in shares
    }
    borne = {code: Decimal(part).scaleb(-2) for code, part in whole(cents).items()}
    deposits = {code: _percent_of(parts[code], rules.deposit) for code in shares}
    above = {
        code: max(borne[code] - parts[code] - _percent_of(parts[code], rules.threshold), Decimal(0))
        for code in shares
    }
    available = fund + sum(deposits.values(), Decimal(0))
    wanted = sum(above.values(), Decimal(0))
    paid = (
        split_euros(amount=min(available, wanted), weights=above)
        if wanted > 0
        else {code: Decimal(0) for code in shares}
    )
    settled = {
        code: Settled(
            part=parts[code],
            use=use.get(code, Decimal(0)),
            borne=borne[code],
            deposit=deposits[code],
            from_fund=paid[code],
        )
        for code in shares
    }
    return settled, available - sum(paid.values(), Decimal(0))


def _percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    return euros(max(amount, Decimal(0)) * percent / HUNDRED)


def chained(
    years: Sequence[tuple[int, Shares]], *, start: Mapping[str, Fraction], percent: Decimal | None
) -> dict[int, Shares]:
    """Shares year after year, each limited against the year before as it would have been for those
    who pay now; `start` is before the first."""
    before, found = dict(start), {}
    for year, shares in years:
        if percent is not None and before:
            shares = limited(shares, before=_for_these(before, shares), percent=percent)
        found[year] = before = shares
    return found


def _for_these(before: Mapping[str, Fraction], shares: Shares) -> Shares:
    """The shares of the year before if those who left had not been there and who joined (or paid
    nothing) had had its share of now: everyone else is scaled by one factor. Who joined has none
    here, so no limit holds for it."""
    stayed = {code: part for code, part in before.items() if part > 0 and code in shares}
    joined = sum((part for code, part in shares.items() if code not in stayed), Fraction(0))
    whole = sum(stayed.values(), Fraction(0))
    return {code: part * (1 - joined) / whole for code, part in stayed.items()}


def swing(by_year: Mapping[int, Shares]) -> Fraction:
    """The largest change of any share between two years, in parts of 1."""
    years = sorted(by_year)
    return max(
        (
            abs(by_year[after].get(code, Fraction(0)) - by_year[before].get(code, Fraction(0)))
            for before, after in pairwise(years)
            for code in {**by_year[before], **by_year[after]}
        ),
        default=Fraction(0),
    )
