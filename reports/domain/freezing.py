"""The figures that all editions of a half-year share: computed with one scheme, day and cut-off."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from care.queries.known import first_half_year
from core.jobs.api import RunningJob
from core.periods import HalfYear
from core.plain import checksum
from finance.models import ProjectionRun
from monitoring.domain.figures import compute_figures
from monitoring.domain.scope import scope_of
from monitoring.models import FigureSet
from monitoring.queries.published import hidden_for_councils
from regions.models import Region
from segments.models import SegmentScheme

from ..queries.inputs import MARK, Marks, marks_of
from ..queries.money import newest_projection
from ..queries.months import TellableMonths
from .book import Book
from .plan import EditionPlan

PROTECTION = "welke cijfers zijn afgeschermd"
MOST_HISTORY = 8


@dataclass(frozen=True)
class Frozen:
    """The figures that all editions of a half-year share: one set per half-year, oldest first."""

    region: Region
    half: HalfYear
    scheme: SegmentScheme
    sets: tuple[FigureSet, ...]
    hidden: frozenset[int]
    projection: ProjectionRun | None
    books: dict[bool, Book] = field(default_factory=dict, compare=False, repr=False)
    months: list[TellableMonths] = field(default_factory=list, compare=False, repr=False)

    @property
    def own(self) -> FigureSet:
        return self.sets[-1]

    @property
    def is_baseline(self) -> bool:
        return self.scheme.valid_from > self.half.last_day

    def inputs(self) -> dict[str, Any]:
        """What an edition stores to be repeated."""
        return {
            "figure_sets": [
                {"half_year": s.half_year, "id": s.pk, "checksum": s.checksum} for s in self.sets
            ],
            "scheme_on": self.own.scheme_on.isoformat(),
            "projection": self.projection.pk if self.projection else None,
            "projection_checksum": self.projection.result_checksum if self.projection else "",
        }

    def marks(self, plan: EditionPlan) -> Marks:
        """A mark per input beside the figures, to tell later which one changed."""
        shown = sorted(self.hidden) if plan.for_councils else ()
        marks = marks_of(plan, self.scheme, self.own.scheme_on)
        return marks | {PROTECTION: checksum([str(pk) for pk in shown])[:MARK]}


def freeze(
    *,
    region: Region,
    half: HalfYear,
    scheme: SegmentScheme | None = None,
    known_on: date | None = None,
    cutoff_run: int | None = None,
    job: RunningJob | None = None,
) -> Frozen:
    """Compute every half-year of the history with one scheme, day and cut-off."""
    scope = scope_of(
        region=region, half_year=half, scheme=scheme, known_on=known_on, cutoff_run=cutoff_run
    )
    history = _history(region, half)
    sets = []
    for number, past in enumerate(history):
        if job is not None:
            job.progress(number, len(history), f"cijfers {past.title}")
        sets.append(
            compute_figures(
                region=region,
                half_year=past,
                scheme=scope.scheme,
                scheme_on=scope.scheme_on,
                known_on=scope.seen.known_on,
                cutoff_run=scope.seen.cutoff_run,
            )
        )
    return Frozen(
        region=region,
        half=half,
        scheme=scope.scheme,
        sets=tuple(sets),
        hidden=hidden_for_councils(sets),
        projection=newest_projection(region.pk, scope.scheme.pk),
    )


def _history(region: Region, half: HalfYear) -> list[HalfYear]:
    """From the first half-year with messages, at most eight."""
    first = first_half_year(region.pk) or half
    first = max(min(first, half), half.shift(1 - MOST_HISTORY))
    return list(first.until(half))


def members_of(frozen: Frozen) -> Iterator[str]:
    yield from (code for code, _ in named_members_of(frozen))


def named_members_of(frozen: Frozen) -> Iterator[tuple[str, str]]:
    members = frozen.region.memberships.filter(valid_from__lte=frozen.half.last_day)
    for membership in members.select_related("municipality").order_by("municipality__name"):
        if membership.valid_to is None or membership.valid_to > frozen.half.last_day:
            yield membership.municipality.gm_code, membership.municipality.name
