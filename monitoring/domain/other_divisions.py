"""The same totals split in several divisions: what an attacker knows of one from another."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal

from core.suppression import Key, Publication, Sum

from .quantities import Quantity


def same_care(publication: Publication) -> Iterator[Sum]:
    """A segment or category of another division that holds the same care has the same numbers: none
    of those of the region differs."""
    values = {count.key: Decimal(count.value) for count in publication.counts}
    values |= {amount.key: Decimal(amount.value) for amount in publication.amounts}
    twins = {
        key: twin
        for key in values
        if isinstance(key, Quantity) and key.place.division
        for twin in [replace(key, place=replace(key.place, division=0))]
        if twin in values
    }
    other_care = {
        (key.half, key.place)
        for key, twin in twins.items()
        if not key.place.municipality and values[twin] != values[key]
    }
    for key, twin in twins.items():
        of_the_region = (key.half, replace(key.place, municipality=""))
        if values[twin] == values[key] and of_the_region not in other_care:
            yield Sum(twin, (key,))


def silent_elsewhere(publication: Publication, known: Collection[Key]) -> Publication:
    """What other divisions never showed is hidden there already: it moves for nothing."""

    def is_silent(key: Key) -> bool:
        return isinstance(key, Quantity) and bool(key.place.division) and key not in known

    return replace(
        publication,
        counts=tuple(
            replace(c, shown=c.shown and not is_silent(c.key)) for c in publication.counts
        ),
        amounts=tuple(
            replace(a, shown=a.shown and not is_silent(a.key)) for a in publication.amounts
        ),
    )
