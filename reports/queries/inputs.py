"""What an edition was made from beside its figures, each input under a name that people know."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from core import clock
from core.formats import date_long
from core.intake.models import IntakeRun
from core.periods import HalfYear
from core.plain import checksum, to_plain
from finance.models import Budget
from segments.models import ProductPlacement, SegmentScheme

from ..domain.plan import EditionPlan, SegmentPlan
from ..models import Edition

Marks = dict[str, str]
MARK = 12


def marks_of(plan: EditionPlan, scheme: SegmentScheme, scheme_on: Any) -> Marks:
    """Per input a mark that changes with it; the same inputs give the same marks."""
    found = {name: to_plain(value) for name, value in _inputs(plan)}
    found |= dict(_placements(scheme, scheme_on))
    found |= dict(_budgets(scheme.region_id, plan.gm_code))
    return {name: checksum(value)[:MARK] for name, value in found.items()}


def changed(stored: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The inputs that differ, that came and that went, in Dutch."""
    differ = [name for name in stored if name in now and stored[name] != now[name]]
    gone = [f"{name} (is er niet meer)" for name in stored if name not in now]
    return [*differ, *gone, *(f"{name} (is erbij gekomen)" for name in now if name not in stored)]


def undone_since(edition: Edition) -> list[str]:
    """Deliveries that the edition counted and that were rolled back later."""
    runs = IntakeRun.objects.filter(
        tenant_id=edition.region_id,
        number__lte=edition.cutoff_run,
        undone_at__gt=edition.made_at,
    )
    return [
        f"aanlevering {run.number} ({run.title}) is ongedaan gemaakt op "
        f"{date_long(clock.day_of(run.undone_at))}"
        for run in runs.order_by("number")
        if run.undone_at
    ]


def _inputs(plan: EditionPlan) -> Iterator[tuple[str, Any]]:
    yield "de naam van de regio of organisatie", (plan.region, plan.organisation, plan.is_demo)
    yield "de gemeenten van de regio", (plan.municipality, plan.members)
    yield "de kanttekeningen bij regio en indeling", plan.notes
    yield f"de indeling {plan.scheme}", (plan.scheme, [s.code for s in plan.segments])
    for segment in plan.segments:
        yield from _of_segment(segment)
    for category in plan.categories:
        yield f"categorie {category.name}", category
    yield from _of_book(plan)
    yield "de namen van aanbieders", (plan.provider_name, _names(plan))
    for code, judged in plan.judgements.items():
        yield f"het duidingsgesprek over segment {code}", judged
    for lesson in plan.lessons:
        yield f"de gesprekken en zaken van het jaar over {lesson.segment}", lesson
    for code, agreed in plan.agreed.items():
        yield f"wat is afgesproken voor segment {code}", agreed
    yield "de landelijke cijfers", plan.national
    yield "de beloften van de vorige rapportage", plan.promises
    yield "de beantwoorde vragen van raden", plan.answered


def _of_segment(segment: SegmentPlan) -> Iterator[tuple[str, Any]]:
    told = (segment.name, segment.definition, segment.notes, segment.participation, segment.absent)
    yield f"segment {segment.code}", told
    yield f"de ontwikkelopgaven van segment {segment.code}", segment.tasks
    for goal in segment.goals:
        yield f"doel {goal.number} van segment {segment.code}", goal


def _of_book(plan: EditionPlan) -> Iterator[tuple[str, Any]]:
    for code, measure in plan.book.measures.items():
        yield f"de definitie van {measure.name} ({code})", measure
    for (code, segment, category), target in plan.book.targets.items():
        measure = plan.book.measures[code]
        where = f" in {segment or category}" if segment or category else ""
        yield f"de streefwaarde van {measure.name}{where}", target


def _names(plan: EditionPlan) -> list[str]:
    return sorted({row.name for rows in plan.providers.values() for row in rows})


def _placements(scheme: SegmentScheme, day: Any) -> Iterator[tuple[str, Any]]:
    """In which segment each product counts on the day of the edition."""
    rows = ProductPlacement.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day), scheme=scheme, valid_from__lte=day
    )
    columns = ("product_code", "segment__code", "is_stay", "direction")
    for code, *place in rows.order_by("product_code").values_list(*columns):
        yield f"de plaats van product {code}", place


def _budgets(region_id: int, gm_code: str) -> Iterator[tuple[str, Any]]:
    rows = Budget.objects.filter(region=region_id).select_related("municipality")
    if gm_code:
        rows = rows.filter(municipality__gm_code=gm_code)
    for row in rows.order_by("year", "half", "municipality", "segment", "subject", "version", "pk"):
        where = [row.municipality.name if row.municipality else "de regio", row.segment]
        when = HalfYear(row.year, row.half).label if row.half else str(row.year)
        name = f"de begroting {when} van {', '.join(filter(None, where))}"
        kept = (row.amount, row.status, row.circa, row.scope, row.fictitious, row.source)
        yield f"{name}, {row.subject} ({row.get_kind_display()}), versie {row.version}", kept
