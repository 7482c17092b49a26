"""Readers who know more than councils: a municipality its own cells, a provider its own figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from core.suppression import Insider, Key, Part, Publication, Sum

from ..enums import Cell
from .quantities import OF_THE_REGION, Figure, Place, Quantity, told_by
from .relations import Rest

# Per provider its figures of the region and its segments, placed there.
OfProviders = Mapping[str, Sequence[Figure]]


def municipalities(publication: Publication) -> Iterator[Insider]:
    """One insider per municipality: its cells, and with them its part of those of the region."""
    whole: dict[str, set[Key]] = {}
    parts: dict[str, dict[Key, Part]] = {}
    for key, own in _numbers(publication).items():
        place = _place_of(key)
        if place is not None and place.municipality:
            whole.setdefault(place.municipality, set()).add(key)
            parts.setdefault(place.municipality, {})[_in_the_region(key)] = own
    for code in sorted(whole):
        yield Insider(whole=frozenset(whole[code]), parts=parts[code])


def _place_of(key: Key) -> Place | None:
    if isinstance(key, Rest):
        return key.of.place if isinstance(key.parts, tuple) else None
    return key.place if isinstance(key, Quantity) else None


def _in_the_region(key: Key) -> Key:
    if isinstance(key, Rest):
        return replace(key, of=cast("Quantity", _in_the_region(key.of)))
    if isinstance(key, Quantity):
        return replace(key, place=replace(key.place, municipality=""))
    return key


def providers(publication: Publication, own: OfProviders) -> Iterator[Insider]:
    """One insider per provider that has part in a published quantity."""
    told = _numbers(publication)
    for code in sorted(own):
        parts = {key: part for key, part in _parts(own[code]).items() if key in told}
        parts |= dict(_rests(publication.sums, parts))
        if parts:
            yield Insider(parts=parts)


def _numbers(publication: Publication) -> dict[Key, Part]:
    """All quantities with their values, and of amounts the clients behind them."""
    numbers: dict[Key, Part] = {count.key: Part(count.value) for count in publication.counts}
    amounts = publication.amounts
    return numbers | {amount.key: Part(amount.value, amount.clients) for amount in amounts}


def _parts(figures: Iterable[Figure]) -> dict[Key, Part]:
    """What a provider's figures state; shares of the whole region state nothing of its own."""
    return {
        told.quantity: Part(told.value, figure.cases or 0)
        for figure in figures
        if figure.code not in OF_THE_REGION
        for told in told_by(figure)
    }


def _rests(sums: Iterable[Sum], parts: Mapping[Key, Part]) -> Iterator[tuple[Key, Part]]:
    """What a provider has beside the named parts of a total: its part of the rest."""
    for equation in sums:
        rest = next((p for p in equation.parts if isinstance(p, Rest) and _is_split(p)), None)
        if rest is not None and equation.total in parts:
            named = (parts[p].value for p in equation.parts if p in parts)
            own = Decimal(parts[equation.total].value) - sum(Decimal(value) for value in named)
            yield rest, Part(own)


def _is_split(rest: Rest) -> bool:
    """Whether a provider's own figures are split the same way: not over municipalities or
    categories."""
    return isinstance(rest.parts, tuple) or rest.parts is Cell.SEGMENT
