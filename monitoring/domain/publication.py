"""Everything that councils may lay side by side, as one publication for the suppression.

The editions of the region and of its municipalities, of all half-years, and the pages and files
that show the same figures, are one publication: they all say the same values, of the cells without
provider.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import structlog

from core.suppression import (
    Amount,
    Count,
    Derived,
    Key,
    Publication,
    Share,
    Suppression,
    Thresholds,
    suppress,
)

from ..enums import Guard, Kind
from ..indicators.registry import find
from .draft import Draft
from .insiders import OfProviders, municipalities, providers
from .other_divisions import same_care, silent_elsewhere
from .quantities import (
    Figure,
    Nature,
    Quantity,
    Told,
    followed_by,
    name_of,
    nature_of,
    told_by,
)
from .relations import add_relations

log = structlog.get_logger()


@dataclass(frozen=True)
class Beside:
    """The same totals split in other divisions, which are told already: their figures, what
    providers know of those, and the keys of what was shown."""

    figures: Sequence[Figure] = ()
    own: OfProviders = field(default_factory=dict)
    out: Collection[int] = ()


NOTHING_BESIDE = Beside()


def hidden_figures(
    figures: Sequence[Figure],
    *,
    thresholds: Thresholds,
    own: OfProviders | None = None,
    out: Collection[int] = (),
    beside: Beside = NOTHING_BESIDE,
) -> frozenset[int]:
    """Keys of the figures that may not be said when all of `figures` are published together.

    A municipality that knows its own cells finds nobody else's, nor does a provider that knows
    its `own` figures. Those in `out` were shown before with the same numbers: everyone has them,
    and what was shown `beside` them in other divisions.
    """
    own = own or {}
    hidden: frozenset[Key] = frozenset()
    exposed = not (out or beside.out)
    if not exposed:
        told = (*figures, *beside.figures)
        known = Beside(told, _joined(own, beside.own), (*out, *beside.out))
        result = _beside_what_is_out(known, thresholds)
        hidden, exposed = result.hidden, bool(result.exposed)
    if exposed:
        hidden |= _alone(figures, own, thresholds)
    return frozenset(f.pk for f in figures if f.pk in hidden or _rests_on_few(f, thresholds))


def _alone(figures: Sequence[Figure], own: OfProviders, thresholds: Thresholds) -> frozenset[Key]:
    """What must go when nothing was shown before, with all that hangs on what nothing protects."""
    publication = _with_insiders(publication_of(figures), own)
    result = suppress(publication, thresholds=thresholds)
    withheld = withheld_with(publication, result.exposed)
    if result.exposed:
        log.error("figures_not_protected", exposed=len(result.exposed), withheld=len(withheld))
    return result.hidden | withheld


def _with_insiders(publication: Publication, own: OfProviders) -> Publication:
    insiders = (*municipalities(publication), *providers(publication, own))
    return replace(publication, insiders=insiders)


def _joined(own: OfProviders, more: OfProviders) -> OfProviders:
    return {agb: (*own.get(agb, ()), *more.get(agb, ())) for agb in {**own, **more}}


def _beside_what_is_out(told: Beside, thresholds: Thresholds) -> Suppression:
    """What must go as well because of numbers that were shown before and cannot be called back.

    Cells that those give away whatever is done now are counted in the log.
    """
    out = frozenset(told.out)
    publication = publication_of(told.figures)
    publication = replace(publication, sums=(*publication.sums, *same_care(publication)))
    known = _known(publication, (f for f in told.figures if f.pk in out), thresholds)
    publication = _with_insiders(silent_elsewhere(publication, known), told.own)
    beside = replace(publication, published=publication.published | known)
    result = suppress(beside, thresholds=thresholds)
    if result.exposed:
        log.warning("figures_given_away_before", exposed=len(result.exposed))
    return result


def _known(
    publication: Publication, figures: Iterable[Figure], thresholds: Thresholds
) -> frozenset[Key]:
    """The quantities that figures state, without those that are to be hidden themselves."""
    told_freely = {
        c.key: Decimal(c.value) for c in publication.counts if not 0 < c.value < thresholds.cases
    }
    told_freely |= {
        a.key: Decimal(a.value)
        for a in publication.amounts
        if a.clients >= thresholds.cases and a.providers >= thresholds.providers
    }
    told = (one for figure in figures for one in told_by(figure))
    return frozenset(one.quantity for one in told if told_freely.get(one.quantity) == one.value)


def withheld_with(publication: Publication, exposed: Collection[Key]) -> frozenset[Key]:
    """What goes with cells that could not be protected: all that is tied to them by sums or shares,
    and every figure made of that. Nothing is left that could give them away."""
    ties = [{one.total, *one.parts} for one in publication.sums]
    ties += [{one.key, one.numerator, one.denominator} for one in publication.shares]
    ties += [{one.key, *one.of} for one in publication.derived]
    gone: set[Key] = set(exposed)
    while reached := [tie for tie in ties if not gone.isdisjoint(tie)]:
        ties = [tie for tie in ties if gone.isdisjoint(tie)]
        gone.update(*reached)
    return frozenset(gone)


def _rests_on_few(figure: Figure, thresholds: Thresholds) -> bool:
    """Money of few youths or providers, also where it states no amount of its own (an index)."""
    if _guard(figure) is not Guard.SPEND or not (figure.numerator or figure.denominator):
        return False
    cases, parties = figure.cases, figure.parties
    return (cases is not None and cases < thresholds.cases) or (
        parties is not None and parties < thresholds.providers
    )


def _guard(figure: Figure) -> Guard:
    indicator = find(figure.code)
    return indicator.suppression if indicator else Guard.SHARE


def publication_of(figures: Iterable[Figure]) -> Publication:
    """The cells, shares and sums of figures without provider."""
    draft = Draft()
    for figure in sorted(figures, key=_counts_first):
        if _guard(figure) is not Guard.OPEN:
            _add(draft, figure)
    add_relations(draft)
    return draft.finished()


def _kind(figure: Figure) -> Kind:
    indicator = find(figure.code)
    return indicator.kind if indicator else Kind.SHARE


def _counts_first(figure: Figure) -> bool:
    """Counts and amounts before what is made of them: they name the quantity and print it."""
    return _kind(figure) not in (Kind.COUNT, Kind.MONEY)


def _add(draft: Draft, figure: Figure) -> None:
    """The figure, and the quantities that it states or gives away."""
    keys = [_add_quantity(draft, figure, told) for told in told_by(figure)]
    if _is_share(figure, keys) and (keys[0], keys[1]) not in draft.pairs:
        draft.pairs.add((keys[0], keys[1]))
        draft.shares.append(Share(figure.pk, keys[0], keys[1]))
    draft.derived.append(Derived(figure.pk, (*keys, *followed_by(figure))))


def _is_share(figure: Figure, keys: Sequence[Quantity]) -> bool:
    """Shares of cases, and counts with the whole beside them."""
    two = len(keys) == 2 and keys[0] != keys[1]
    return two and _kind(figure) in (Kind.SHARE, Kind.COUNT)


def _add_quantity(draft: Draft, figure: Figure, told: Told) -> Quantity:
    """The key of a quantity; one of the figure's own where the name has another value already."""
    key = told.quantity
    if key in draft and draft.value(key) != told.value:
        own = f"{name_of(figure.code, told.side)} (eigen)"
        key = Quantity(figure.half, own, figure.place)
    if key not in draft:
        _new_quantity(draft, figure, key, told.value)
    return key


def _new_quantity(draft: Draft, figure: Figure, key: Quantity, value: Decimal) -> None:
    if nature_of(key.name) is Nature.AMOUNT:
        draft.amounts[key] = _amount(draft, figure, key, value)
    else:
        shown = not _counts_first(figure)
        draft.counts[key] = Count(key, int(value), shown)
        if value == 0 and shown:
            draft.certain.add(key)


def _amount(draft: Draft, figure: Figure, key: Quantity, value: Decimal) -> Amount:
    """Money or days, with the youths and providers behind it as far as anyone counted them."""
    youths = figure.cases or 0
    counted = "clients_stay" if key.name.startswith("stay") else "clients"
    known = draft.counts.get(Quantity(key.half, counted, key.place))
    if known is not None:
        youths = known.value if counted == "clients_stay" else max(youths, known.value)
    return Amount(key, value, youths, _providers(figure))


def _providers(figure: Figure) -> int:
    """Only money asks for providers."""
    if _guard(figure) is not Guard.SPEND or figure.parties is None:
        return MANY
    return figure.parties


MANY = 10**6
