"""How we choose, and the procedures with their planning."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core import clock
from core.ui import panels
from regions.models import Region
from segments.enums import FundingForm
from segments.models import Segment, SegmentScheme
from segments.queries.framework import schemes_visible_to

from ..desk_slots import CHOICE_PAGE
from ..domain import papers
from ..domain.choosing import Tick, suggestion
from ..domain.planning import notices_due
from ..enums.choices import PROCEDURE
from ..queries import choices as seen
from ..queries.leaning import told_leaning
from ..queries.planning import timeline_of, warnings_of
from ..rules.policy import can_edit_policy
from .plans import written_answer


def _scheme(request: HttpRequest, region: Region, pk: int) -> SegmentScheme:
    return get_object_or_404(schemes_visible_to(request.user).filter(region=region), pk=pk)


def choices_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The matrices of a scheme, what the ticks suggest, and what people decided and why."""
    scheme = _scheme(request, region, pk)
    segments = list(scheme.segments.select_related("funding_choice", "procedure_choice"))
    context = {
        "scheme": scheme,
        "criteria": scheme.funding_criteria.all(),
        "matrix": _matrix(scheme, segments),
        "excluded": scheme.excluded_forms.all(),
        "segments": [_of_segment(request, segment) for segment in segments],
        "weighing": _weighing(scheme, segments),
        "leanings": [(s, told_leaning(s), getattr(s, "procedure_choice", None)) for s in segments],
        "may_edit": can_edit_policy(request.user, region),
    }
    return render(request, "procurement/choices.html", context)


def _matrix(scheme: SegmentScheme, segments: list[Segment]) -> list[tuple[Any, list[Any]]]:
    """Criteria as rows, segments as columns; None where nobody judged yet."""
    criteria = list(scheme.funding_criteria.prefetch_related("assessments"))
    found = {(a.criterion_id, a.segment_id): a for c in criteria for a in c.assessments.all()}
    return [(c, [(s, found.get((c.pk, s.pk))) for s in segments]) for c in criteria]


def _weighing(scheme: SegmentScheme, segments: list[Segment]) -> list[tuple[Any, list[Any]]]:
    """Criteria for the procedure as rows, segments as columns; None where nobody weighed yet."""
    criteria = list(scheme.procedure_criteria.prefetch_related("weighings"))
    found = {(w.criterion_id, w.segment_id): w for c in criteria for w in c.weighings.all()}
    return [(c, [(s, found.get((c.pk, s.pk))) for s in segments]) for c in criteria]


def _of_segment(request: HttpRequest, segment: Segment) -> dict[str, Any]:
    rows = segment.assessments.select_related("criterion")
    suggested = suggestion(Tick(a.criterion.favours, a.applies) for a in rows)
    choice = getattr(segment, "funding_choice", None)
    parts = choice.parts.all() if choice else []
    differs = bool(choice and choice.form and suggested.form and choice.form != suggested.form)
    return {
        "segment": segment,
        "suggested": FundingForm(suggested.form).label if suggested.form else "",
        "counts": [(FundingForm(f).label, yes, of) for f, yes, of in suggested.counts],
        "funding": choice,
        "parts": parts,
        "differs": differs,
        "procedure": getattr(segment, "procedure_choice", None),
        "leaning": told_leaning(segment),
        "facts": segment.market_facts.all(),
        "panels": panels(CHOICE_PAGE, request.place, segment),  # type: ignore[attr-defined]
    }


def justification(request: HttpRequest, region: Region, pk: int, form: str) -> HttpResponse:
    """The written justification of the choices."""
    scheme = _scheme(request, region, pk)
    return written_answer(papers.justification(scheme), form, "verantwoording-keuzes")


def procedure_list(request: HttpRequest, region: Region) -> HttpResponse:
    rows = seen.procedures_visible_to(request.user).filter(region=region)
    found = list(rows.prefetch_related("segments", "steps__after"))
    context = {"procedures": [(p, len(warnings_of(p, p.steps.all()))) for p in found]}
    return render(request, "procurement/procedures.html", context)


def procedure_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """A procedure with its planning, slippage and obligatory notices."""
    rows = seen.procedures_visible_to(request.user).filter(region=region)
    procedure = get_object_or_404(rows, pk=pk)
    steps = list(procedure.steps.prefetch_related("after"))
    context = {
        "procedure": procedure,
        "table": PROCEDURE,
        "steps": steps,
        "timeline": timeline_of(f"Planning van {procedure}", steps),
        "warnings": warnings_of(procedure, steps),
        "notices": _notices(procedure, steps),
        "replaced_by": procedure.replaced_by.all(),
        "today": clock.today(),
    }
    return render(request, "procurement/procedure.html", context)


def _notices(procedure: Any, steps: list[Any]) -> list[tuple[Any, Any]]:
    """What must be made known, each with the step that does it."""
    found = {step.notice: step for step in steps if step.notice}
    return [(kind, found.get(kind)) for kind in notices_due(procedure.kind, procedure.value)]
