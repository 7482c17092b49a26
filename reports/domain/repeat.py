"""Repeating an edition from its inputs: the same to the last digit, or what moved."""

from dataclasses import dataclass

from core.periods import HalfYear
from monitoring.models import FigureSet

from ..models import Edition
from .making import Wanted, background_of, content_checksum, content_of, freeze


@dataclass(frozen=True)
class Repeated:
    """`moved` says per input that differs what it is, in Dutch."""

    same: bool
    moved: tuple[str, ...]


def repeat(edition: Edition) -> Repeated:
    """Compute the figures again for the edition's day and cut-off and compile it anew."""
    frozen = freeze(
        region=edition.region,
        half=edition.period,
        scheme=edition.scheme,
        known_on=edition.known_on,
        cutoff_run=edition.cutoff_run,
    )
    wanted = Wanted(edition.kind, edition.municipality, edition.provider)
    content = content_of(
        frozen=frozen,
        wanted=wanted,
        made_on=edition.made_at.date(),
        background=background_of(frozen=frozen, wanted=wanted, used=edition.inputs),
    )
    same = content_checksum(content) == edition.checksum
    return Repeated(same=same, moved=() if same else _moved(edition, frozen.sets))


def _moved(edition: Edition, sets: tuple[FigureSet, ...]) -> tuple[str, ...]:
    stored = {s["half_year"]: s["checksum"] for s in edition.inputs["figure_sets"]}
    moved = [
        f"de cijfers van het {HalfYear.parse(s.half_year).title}"
        for s in sets
        if stored.get(s.half_year) != s.checksum
    ]
    return tuple(moved) or ("de doelen, begroting, prognose of teksten bij de cijfers",)
