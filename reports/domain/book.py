"""The figures of an edition: looked up by half-year, code and cell, suppression already applied."""

from dataclasses import dataclass, field

from core.periods import HalfYear

from .points import NOTHING, Figure, Kind, Point, TargetLine


@dataclass(frozen=True)
class Cell:
    """An empty field means 'all'."""

    municipality: str = ""
    segment: str = ""
    category: str = ""
    provider: str = ""


REGION = Cell()


@dataclass(frozen=True)
class Measure:
    """An indicator as an edition uses it."""

    code: str
    name: str
    kind: Kind
    polarity: int
    definition: str
    source: str
    unit: str = ""


@dataclass
class Book:
    """All values that an edition may say, and what they mean."""

    measures: dict[str, Measure]
    half: HalfYear
    values: dict[tuple[str, str, Cell], Point] = field(default_factory=dict)
    targets: dict[tuple[str, str, str], TargetLine] = field(default_factory=dict)

    def point(self, code: str, cell: Cell, half: HalfYear | None = None) -> Point:
        """NOTHING where the figure was not computed for that cell or half-year."""
        return self.values.get(((half or self.half).label, code, cell), NOTHING)

    def figure(self, code: str, cell: Cell) -> Figure | None:
        """The figure with both comparisons and its target; None for an unknown indicator."""
        measure = self.measures.get(code)
        if measure is None:
            return None
        return Figure(
            code=code,
            name=measure.name,
            kind=measure.kind,
            polarity=measure.polarity,
            now=self.point(code, cell),
            previous=self.point(code, cell, self.half.previous()),
            year_ago=self.point(code, cell, self.half.shift(-2)),
            target=self.targets.get((code, cell.segment, cell.category)),
            explanation=measure.definition,
            source=measure.source,
        )

    def figures(self, codes: tuple[str, ...], cell: Cell) -> tuple[Figure, ...]:
        """The figures that say something: computed for this cell, or hidden."""
        found = (self.figure(code, cell) for code in codes)
        return tuple(f for f in found if f is not None and (f.now.hidden or f.now != NOTHING))
