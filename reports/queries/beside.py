"""What an edition lays beside its figures: the Netherlands, earlier promises, answered questions.

Each is an input of the edition: its rows are named in `Edition.inputs`, so that whoever repeats it
later gets the same ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from core.periods import HalfYear
from procurement.models import CouncilQuestion
from regions.models import Municipality

from ..domain.content import Answered, Promise
from ..domain.national import Counted
from ..enums import EditionKind, EditionState
from ..models import Edition, NationalFigure, ReaderQuestion

MOST_QUESTIONS = 12
ACTION = "-aanpak"


@dataclass(frozen=True)
class Beside:
    """Plain values with the rows that they came from."""

    national: tuple[Counted, ...] = ()
    promises: tuple[Promise, ...] = ()
    answered: tuple[Answered, ...] = ()
    inputs: dict[str, Any] = field(default_factory=dict)


def beside(
    *, region_id: int, half: HalfYear, gm_code: str, kind: str, used: Mapping[str, Any] | None
) -> Beside:
    """`used` are the inputs of an edition that is repeated; without, what is known now."""
    if kind not in EditionKind.WITH_BACKGROUND:
        return Beside()
    national = _national(region_id, half, used)
    earlier = _earlier(region_id, half, gm_code, kind, used)
    asked, wished = _asked(region_id, half, gm_code, used), _wished(region_id, half, gm_code, used)
    return Beside(
        national=tuple(
            Counted(n.half_year, n.measure, n.value, n.get_status_display(), n.source)
            for n in national
        ),
        promises=tuple(_promises(earlier)) if earlier else (),
        answered=(*map(_of_reader, asked), *_of_council(wished)),
        inputs={
            "national": [n.pk for n in national],
            "earlier": str(earlier.pk) if earlier else None,
            "questions": [q.pk for q in asked],
            "council_questions": [q.pk for q in wished],
        },
    )


def _national(
    region_id: int, half: HalfYear, used: Mapping[str, Any] | None
) -> list[NationalFigure]:
    rows = NationalFigure.objects.filter(region=region_id)
    if used is not None:
        return list(rows.filter(pk__in=used.get("national", ())).order_by("pk"))
    known = rows.filter(half_year__lte=half.label)
    newest = known.order_by("half_year", "measure", "-version").distinct("half_year", "measure")
    return sorted(newest, key=lambda row: row.pk)


def _earlier(
    region_id: int, half: HalfYear, gm_code: str, kind: str, used: Mapping[str, Any] | None
) -> Edition | None:
    """The last published edition of an earlier half-year, with what it promised."""
    rows = Edition.objects.filter(region=region_id)
    if used is not None:
        return rows.filter(pk=used["earlier"]).first() if used.get("earlier") else None
    published = rows.filter(
        kind=kind, municipality=gm_code, half_year__lt=half.label, state=EditionState.PUBLISHED
    )
    return published.order_by("-half_year", "-version").first()


def _promises(earlier: Edition) -> list[Promise]:
    final = earlier.final or {"content": {"segments": []}, "authored": {}}
    return [
        Promise(segment["name"], text, earlier.period.title)
        for segment in final["content"]["segments"]
        if (text := final["authored"].get(f"segment-{slugify(segment['code'])}{ACTION}"))
    ]


def _asked(
    region_id: int, half: HalfYear, gm_code: str, used: Mapping[str, Any] | None
) -> list[ReaderQuestion]:
    """Answered questions about editions of the half-year before; a region answers them all."""
    rows = ReaderQuestion.objects.filter(edition__region=region_id).select_related("edition")
    if used is not None:
        return list(rows.filter(pk__in=used.get("questions", ())).order_by("pk"))
    rows = rows.filter(edition__half_year=half.previous().label, answered_at__isnull=False)
    if gm_code:
        rows = rows.filter(municipality=gm_code)
    return sorted(rows.order_by("-answered_at")[:MOST_QUESTIONS], key=lambda row: row.pk)


def _wished(
    region_id: int, half: HalfYear, gm_code: str, used: Mapping[str, Any] | None
) -> list[CouncilQuestion]:
    """What councils asked elsewhere and had an answer to within the half-year."""
    rows = CouncilQuestion.objects.filter(region=region_id).select_related("municipality")
    if used is not None:
        return list(rows.filter(pk__in=used.get("council_questions", ())).order_by("pk"))
    rows = rows.filter(answered_on__gte=half.start, answered_on__lt=half.end).exclude(answer="")
    if gm_code:
        rows = rows.filter(Q(municipality__gm_code=gm_code) | Q(municipality=None))
    return sorted(rows.order_by("-answered_on")[:MOST_QUESTIONS], key=lambda row: row.pk)


def _of_reader(row: ReaderQuestion) -> Answered:
    name = Municipality.objects.filter(gm_code=row.municipality).values_list("name", flat=True)
    return Answered(row.text, row.answer, name.first() or "")


def _of_council(rows: list[CouncilQuestion]) -> list[Answered]:
    return [Answered(r.text, r.answer, r.municipality.name if r.municipality else "") for r in rows]
