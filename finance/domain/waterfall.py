"""From one year to the next in four steps: volume, price, mix and measures, exact to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Change:
    """A kind of care in two years, in cents: without measures, and with them. `clients` is how
    many were in care in an ordinary month (0 where unknown)."""

    before: int
    after: int
    with_before: int
    with_after: int
    clients: Fraction = Fraction(0)


@dataclass(frozen=True)
class Waterfall:
    """Cents; `start` + `volume` + `price` + `mix` + `measures` is `end`."""

    start: int
    volume: int
    price: int
    mix: int
    measures: int
    end: int


def waterfall(changes: Sequence[Change], *, rise: Fraction) -> Waterfall:
    """`rise` is the price level of the second year over that of the first.

    Price is what the index adds to the second year. Volume is what it would cost if the number of
    clients alone changed, each as dear as on average; cost per client within a kind of care is
    taken to change with the index only. Mix is the rest: more of dear or of cheap care. Where no
    clients are known all of it is volume.
    """
    before, after = sum(c.before for c in changes), sum(c.after for c in changes)
    price = after - _whole(after / rise)
    real = after - price
    volume = _volume(changes, before, rise) if any(c.clients for c in changes) else real - before
    start, end = sum(c.with_before for c in changes), sum(c.with_after for c in changes)
    return Waterfall(
        start=start,
        volume=volume,
        price=price,
        mix=real - before - volume,
        measures=(end - after) - (start - before),
        end=end,
    )


def _volume(changes: Sequence[Change], before: int, rise: Fraction) -> int:
    counted = [c for c in changes if c.clients > 0 and c.before > 0]
    clients = sum((c.clients for c in counted), Fraction(0))
    if not clients:
        return 0
    later = sum((c.clients * Fraction(c.after) / rise / c.before for c in counted), Fraction(0))
    return _whole(before * (later / clients - 1))


def _whole(value: Fraction) -> int:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
