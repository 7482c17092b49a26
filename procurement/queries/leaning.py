"""What the weighing of a segment suggests, in words of the screen and the document."""

from dataclasses import dataclass

from segments.models import Segment

from ..domain.choosing import Finding, leaning
from ..enums.choices import ProcedureKind


@dataclass(frozen=True)
class Told:
    """`kind` is '' without a clear direction; `points` holds names of procedures with points."""

    kind: str
    label: str
    points: tuple[tuple[str, int], ...]
    weighed: int
    total: int

    @property
    def sentence(self) -> str:
        if not self.weighed:
            return "Nog niet gewogen."
        scores = "; ".join(f"{label} {points}" for label, points in self.points)
        told = self.label or "geen duidelijke richting"
        told = f"De weging suggereert: {told}" + (f" ({scores})." if scores else ".")
        if self.weighed < self.total:
            told += f" Gewogen: {self.weighed} van {self.total} punten."
        return told


def told_leaning(segment: Segment) -> Told:
    criteria = segment.scheme.procedure_criteria.values_list("weight", flat=True)
    rows = segment.weighings.select_related("criterion")
    found = leaning((Finding(w.favours, w.criterion.weight) for w in rows), total=sum(criteria))
    points = tuple((str(ProcedureKind(kind).label), of) for kind, of in found.points)
    label = str(ProcedureKind(found.kind).label) if found.kind else ""
    return Told(found.kind, label, points, found.weighed, found.total)
