"""The one function that decides which figures may not be shown."""

from core.suppression.insiders import views
from core.suppression.model import Key, Publication, Share, Suppression, Thresholds
from core.suppression.system import COMPLEMENT, Cell, System, build_system

STANDARD = Thresholds()


def suppress(publication: Publication, *, thresholds: Thresholds = STANDARD) -> Suppression:
    """Primary and secondary suppression of everything in `publication` together.

    Rule: indicators, 'Comparison and suppression'. A small count (1-9), money of fewer than 10
    clients or 3 providers, and what could be worked out from the rest. After it the sums and all
    shown cells leave every small count free to be anything from 0 to 10, and every hidden amount
    uncertain by a fifth of itself both ways (or as wide to one side, where older publications
    hold the other). Insiders find no more of others than that, with all they know. The same
    publication gives the same cells. ValueError when sums do not add up.
    """
    system = build_system(publication, thresholds)
    sensitive = {
        key for key, cell in system.cells.items() if cell.sensitive and key not in publication.own
    }
    small = {key for key in sensitive if system.cells[key].small}
    hidden = sensitive | _unprinted(publication, system, sensitive)
    exposed: set[Key] = set()
    for keys, hidden_here, exposed_here in _protected(
        publication, system, sensitive, hidden, thresholds
    ):
        hidden = (hidden - set(keys)) | hidden_here
        exposed |= exposed_here
    hidden -= publication.own
    return Suppression(
        hidden=frozenset(_with_derived(publication, hidden, sensitive)),
        primary=frozenset(_spoken(small)),
        exposed=frozenset(_spoken(exposed)),
    )


def _unprinted(publication: Publication, system: System, sensitive: set[Key]) -> set[Key]:
    """Silent cells that no figure gives away: complements, rests, and what only stands in shares
    and means that go anyway. Nobody knows them, so they may move for nothing."""
    printed = {count.key for count in publication.counts if count.shown}
    printed |= {amount.key for amount in publication.amounts if amount.shown}
    for share in publication.shares:
        if sensitive.isdisjoint(_made_of(share)):
            printed |= {share.numerator, share.denominator}
    for derived in publication.derived:
        if sensitive.isdisjoint(derived.of):
            printed.update(derived.of)
    return system.cells.keys() - printed - publication.own - publication.published


def _made_of(share: Share) -> tuple[Key, ...]:
    return share.numerator, share.denominator, (COMPLEMENT, share.key)


def _protected(
    publication: Publication,
    system: System,
    sensitive: set[Key],
    hidden: set[Key],
    thresholds: Thresholds,
) -> list[tuple[list[Key], set[Key], set[Key]]]:
    """Each component that holds something sensitive, solved by itself: they share no sums.

    First for each insider, then for who knows nothing else: what one asks to be hidden does not
    harm the protection against another, and mostly serves it.
    """
    from core.suppression.protect import Component  # noqa: PLC0415 -- slow import (scipy)

    readers = [*views(publication, system, thresholds), {}]
    solved = []
    for keys, sums in system.components():
        if not sums or (sensitive.isdisjoint(keys) and not _knows_of(readers, keys)):
            continue
        component = Component(keys, system.cells, sums, hidden)
        exposed: set[Key] = set()
        for view in readers:
            if not view or not view.keys().isdisjoint(keys):
                cells = {key: view.get(key) or system.cells[key] for key in keys}
                component.look(cells)
                exposed |= component.protect(
                    [key for key in keys if cells[key].sensitive and key not in publication.own]
                )
        solved.append((keys, component.hidden_keys(), exposed))
    return solved


def _knows_of(readers: list[dict[Key, Cell]], keys: list[Key]) -> bool:
    """Whether a reader sees a small number of others where all together are many."""
    return any(view[key].sensitive for view in readers for key in view.keys() & set(keys))


def _with_derived(publication: Publication, hidden: set[Key], sensitive: set[Key]) -> set[Key]:
    """Shares, means and percentiles go with what they are made of; silent cells are dropped.

    A complement that moves takes its numerator or denominator along, so it tells only when it is
    sensitive itself.
    """
    told = set(_spoken(hidden)) | (publication.keep_hidden - publication.own)
    for share in publication.shares:
        lost = hidden.intersection((share.numerator, share.denominator))
        if (lost or (COMPLEMENT, share.key) in sensitive) and share.key not in publication.own:
            told.add(share.key)
    for derived in publication.derived:
        if told.intersection(derived.of) and derived.key not in publication.own:
            told.add(derived.key)
    return told


def _spoken(keys: set[Key]) -> list[Key]:
    """Keys the caller gave, without the complements added here."""
    return [key for key in keys if not (isinstance(key, tuple) and key and key[0] is COMPLEMENT)]


def rounded(count: int, *, to: int = 5) -> int:
    """A count for the public page: the nearest multiple of five, halves up."""
    return (count + to // 2) // to * to
