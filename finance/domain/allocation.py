"""Splitting an amount so that the parts add up to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

Weight = int | Fraction | Decimal


def split_cents(*, cents: int, weights: Mapping[str, Weight]) -> dict[str, int]:
    """Split whole cents in proportion to weights, by the largest remainder.

    Exact (rational) arithmetic, so equal remainders are equal: the lowest key then comes first,
    which for municipalities is the lowest CBS code. A negative amount is the mirror image of the
    positive one. Raises ValueError for a negative weight or when all are nothing.
    """
    total = sum((Fraction(weight) for weight in weights.values()), Fraction(0))
    if total <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("weights must be positive together and none below zero")
    sign, amount = (-1, -cents) if cents < 0 else (1, cents)
    exact = {key: amount * Fraction(weight) / total for key, weight in weights.items()}
    return {key: sign * part for key, part in whole(exact).items()}


def whole(exact: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole numbers beside exact ones of which the sum is whole, by the largest remainder; of equal
    remainders the lowest key. Exact numbers may be negative."""
    parts = {key: floor(value) for key, value in exact.items()}
    by_remainder = sorted(parts, key=lambda key: (parts[key] - exact[key], key))
    for key in by_remainder[: int(sum(exact.values())) - sum(parts.values())]:
        parts[key] += 1
    return parts


def split_euros(*, amount: Decimal, weights: Mapping[str, Weight]) -> dict[str, Decimal]:
    """As `split_cents`, for an amount in euros with at most two decimals."""
    parts = split_cents(cents=int(amount.scaleb(2)), weights=weights)
    return {key: Decimal(part).scaleb(-2) for key, part in parts.items()}
