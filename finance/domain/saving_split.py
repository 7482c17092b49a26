"""A savings level divided over segments, and each part over municipalities, to the cent."""

from __future__ import annotations

from collections.abc import Mapping

from finance.domain.allocation import Weight, split_cents

Cell = tuple[str, str]


def split_saving(
    *,
    cents: int,
    segments: Mapping[str, Weight],
    places: Mapping[str, Mapping[str, Weight]],
) -> dict[Cell, int]:
    """Cents per (segment, municipality). `segments` weighs the segments, `places` the
    municipalities within each; a segment in which nobody takes part gets nothing. ValueError where
    nothing has a weight."""
    usable = {code: w for code, w in segments.items() if any(places.get(code, {}).values())}
    parts = split_cents(cents=cents, weights=usable)
    return {
        (segment, place): part
        for segment, own in parts.items()
        for place, part in split_cents(cents=own, weights=places[segment]).items()
    }
