"""Small multiples per municipality, where place matters: by name and on one scale, no ranking."""

from collections.abc import Iterator

from .book import REGION, Cell
from .content import PlaceChart, PlacePanel
from .plan import EditionPlan

SHOWN = ("clients_per_100", "wait_p50")


def place_charts(plan: EditionPlan) -> Iterator[PlaceChart]:
    """Charts in which at least one municipality has two values to draw."""
    for code in SHOWN:
        measure = plan.book.measures.get(code)
        if measure is None or not plan.members:
            continue
        panels = tuple(
            PlacePanel(
                name,
                tuple(plan.book.point(code, Cell(municipality=gm), half) for half in plan.history),
            )
            for gm, name in plan.members
        )
        if any(sum(point.known for point in panel.points) > 1 for panel in panels):
            yield PlaceChart(
                figure_code=code,
                title=f"{measure.name} per gemeente",
                kind=measure.kind,
                labels=tuple(half.label for half in plan.history),
                points=tuple(plan.book.point(code, REGION, half) for half in plan.history),
                panels=panels,
            )
