"""What a strategy says per topic, for laying two beside each other; upper apps add theirs."""

from collections.abc import Callable, Iterable
from typing import Any

from core.formats import euro, percent, period

from ..domain.beside import Topic
from ..enums import MovementKind, TraitKind
from ..models import Movement, Segment, SegmentScheme, SegmentTrait

# Gives the topics of a scheme as a user may see them.
Tells = Callable[[Any, SegmentScheme], Iterable[Topic]]
_tells: list[Tells] = []

MOVEMENTS = {
    MovementKind.SHIFT: "Bewegingen",
    MovementKind.COST: "Ontwikkelingen van de kosten",
}
WHOLE, SEGMENTS, CHOICES = "De strategie", "De segmenten", "De keuzes"


def register_topics(tells: Tells) -> None:
    _tells.append(tells)


def topics_of(user: Any, scheme: SegmentScheme) -> list[Topic]:
    """Everything that is told about a scheme, in the order of registering."""
    return [topic for tells in (_own, *_tells) for topic in tells(user, scheme)]


def _own(user: Any, scheme: SegmentScheme) -> Iterable[Topic]:
    segments = list(scheme.segments.prefetch_related("goals", "traits", "development_tasks"))
    yield Topic(WHOLE, "Regio", (scheme.region.name,))
    yield Topic(WHOLE, "Periode", (period(scheme.valid_from, scheme.valid_to),))
    yield Topic(WHOLE, "In het kort", _filled(scheme.description))
    yield Topic(WHOLE, "Segmenten", tuple(str(segment) for segment in segments))
    yield Topic(WHOLE, "Verdeling van budget en cliënten", _shares(scheme))
    for moving, heading in MOVEMENTS.items():
        moves = scheme.movements.filter(kind=moving).prefetch_related("costs")
        yield Topic(WHOLE, heading, tuple(_movement(m) for m in moves))
    for kind in (TraitKind.LEVER, TraitKind.IN_SCOPE, TraitKind.OUT_OF_SCOPE):
        yield Topic(WHOLE, kind.heading, _traits(scheme.traits.filter(segment=None, kind=kind)))
    yield Topic(WHOLE, "Streefwaarden", tuple(str(t) for t in scheme.targets.all()))
    yield Topic(SEGMENTS, "Doelen", _per_segment(segments, _goals))
    yield Topic(SEGMENTS, "Bekostiging", _per_segment(segments, _funding))
    yield Topic(SEGMENTS, "Ontwikkelopgaven", _per_segment(segments, _tasks))
    for kind in (TraitKind.TARGET_GROUP, TraitKind.SPECIAL_GROUP, TraitKind.BOTTLENECK):
        yield Topic(SEGMENTS, kind.heading, _per_segment(segments, _of_kind(kind)))
    yield Topic(SEGMENTS, "Hefbomen per segment", _per_segment(segments, _of_kind(TraitKind.LEVER)))


def _filled(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _shares(scheme: SegmentScheme) -> tuple[str, ...]:
    return tuple(
        f"{c.name}: {percent(c.budget_share, 0)} van het budget, {percent(c.client_share, 0)} van "
        "de cliënten"
        for c in scheme.categories.all()
        if c.budget_share is not None or c.client_share is not None
    )


def _movement(movement: Movement) -> str:
    costs = ", ".join(cost.title for cost in movement.costs.all())
    effect = f"geld: zie {costs}" if costs else movement.get_effect_display()
    told = f"{movement.title} ({effect})"
    if movement.amount is not None:
        told += f", {euro(movement.amount, 0)} per jaar in {movement.year}"
    return told


def _traits(rows: Iterable[SegmentTrait]) -> tuple[str, ...]:
    return tuple(f"{t.text} (reden: {t.reason})" if t.reason else t.text for t in rows)


def _per_segment(
    segments: Iterable[Segment], texts: Callable[[Segment], Iterable[str]]
) -> tuple[str, ...]:
    return tuple(f"{segment.name}: {text}" for segment in segments for text in texts(segment))


def _goals(segment: Segment) -> Iterable[str]:
    return (str(goal) for goal in segment.goals.all() if goal.parent_id is None)


def _funding(segment: Segment) -> Iterable[str]:
    told = str(segment.get_funding_form_display())
    if told:
        yield f"{told}. {segment.funding_note}".strip(". ")


def _tasks(segment: Segment) -> Iterable[str]:
    return (
        f"{t.text} ({t.period})" if t.period else t.text for t in segment.development_tasks.all()
    )


def _of_kind(kind: TraitKind) -> Callable[[Segment], Iterable[str]]:
    return lambda segment: (t.text for t in segment.traits.all() if t.kind == kind)
