"""What anybody may see: the newest published council editions, and the figures in them.

Nothing is computed here: a figure is public because a published edition says it, with what is
protected left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from core.states.models import Step

from ..domain.content import EditionContent
from ..domain.points import Figure, Kind, Point
from ..domain.rounding import rounded_for_public
from ..domain.sentences import whole_euros
from ..enums import EDITION, EditionKind, EditionState
from ..models import Edition
from .texts import written

DECIMALS = {Kind.SHARE: 3, Kind.MARK: 1, Kind.RATE: 1}


def public_editions() -> Any:
    """Published council editions, the newest half-year and version first."""
    return (
        Edition.objects.filter(
            state=EditionState.PUBLISHED, kind__in=EditionKind.PUBLIC, is_baseline=False
        )
        .select_related("region__organisation", "scheme", "pdf")
        .order_by("-half_year", "-version")
    )


def newest_of(slug: str, municipality: str = "") -> Edition | None:
    rows = public_editions().filter(region__slug=slug, municipality=municipality)
    edition: Edition | None = rows.first()
    return edition


def places_of(slug: str) -> list[tuple[str, str]]:
    """Municipalities with a published edition: (code, name), by name."""
    rows = public_editions().filter(region__slug=slug).exclude(municipality="")
    return sorted(set(rows.values_list("municipality", "municipality_name")), key=lambda r: r[1])


def public_regions() -> list[tuple[str, str]]:
    """Regions with a published edition: (short name, name)."""
    rows = public_editions().order_by("region__name")
    return list(dict.fromkeys(rows.values_list("region__slug", "region__name")))


def stamp() -> int:
    """Changes with every step of any edition, so that what is cached is never out of date."""
    return Step.objects.filter(table=EDITION.code).aggregate(top=Max("pk"))["top"] or 0


@dataclass(frozen=True)
class OpenRow:
    """One figure as open data, rounded. Shares lie between 0 and 1; what is protected is empty."""

    code: str
    naam: str
    halfjaar: str
    gemeente: str
    segment: str
    waarde: float | None
    ondergrens: float | None
    bovengrens: float | None
    afgeschermd: bool


def open_rows(edition: Edition) -> list[OpenRow]:
    """Every figure of the edition, for the region or municipality and for each segment."""
    return list(figure_rows(rounded_for_public(written(edition)).content, edition))


def figure_rows(content: EditionContent, edition: Edition) -> Iterator[OpenRow]:
    """As precise as the page: a tenth of a percent, whole youths, thousands of euros."""
    blocks = (
        content.key_figures,
        content.flow,
        content.waiting,
        content.outcome,
        content.transformation,
    )
    yield from _block({f.code: f for block in blocks for f in block}, edition, "")
    for segment in content.segments:
        found = {f.code: f for goal in segment.goals for f in goal.figures}
        found |= {f.code: f for f in segment.figures}
        yield from _block(found, edition, segment.code)


def _block(figures: dict[str, Figure], edition: Edition, segment: str) -> Iterator[OpenRow]:
    half = edition.period
    moments = ((half, "now"), (half.previous(), "previous"), (half.shift(-2), "year_ago"))
    for code in sorted(figures):
        for moment, name in moments:
            point: Point = getattr(figures[code], name)
            if point.hidden or point.value is not None:
                yield _row(figures[code], point, moment.label, edition.municipality, segment)


def _row(figure: Figure, point: Point, half_year: str, gm_code: str, segment: str) -> OpenRow:
    return OpenRow(
        code=figure.code,
        naam=figure.name,
        halfjaar=half_year,
        gemeente=gm_code,
        segment=segment,
        waarde=_rounded(figure.kind, point, point.value),
        ondergrens=_rounded(figure.kind, point, point.low),
        bovengrens=_rounded(figure.kind, point, point.high),
        afgeschermd=point.hidden,
    )


def _rounded(kind: Kind, point: Point, value: float | None) -> float | None:
    if point.hidden or value is None:
        return None
    return whole_euros(value) if kind == Kind.MONEY else round(value, DECIMALS.get(kind, 0))
