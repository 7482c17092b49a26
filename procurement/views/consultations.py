"""Consultations with their remarks, and meetings with their reports."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from core import clock
from core.ui import page_of
from regions.models import Region

from ..domain import papers
from ..enums.choices import ISSUE
from ..enums.policy import CONSULTATION, Disposition
from ..forms.policy import MeetingFilter, RemarkFilter
from ..models import Consultation, MeetingTheme
from ..queries import plans as seen
from ..queries import tables
from ..registers.tables import MEETINGS
from ..rules.policy import can_edit_policy
from .plans import written_answer


def consultation_list(request: HttpRequest, region: Region) -> HttpResponse:
    rows = seen.consultations_visible_to(request.user).filter(plan__region=region)
    remarks = seen.remarks_visible_to(request.user)
    found = [(c, remarks.filter(consultation=c).count()) for c in rows.order_by("-opened_on")]
    context = {"consultations": found, "may_edit": can_edit_policy(request.user, region)}
    return render(request, "procurement/consultations.html", context)


def _consultation(request: HttpRequest, region: Region, pk: int) -> Consultation:
    rows = seen.consultations_visible_to(request.user).filter(plan__region=region)
    return get_object_or_404(rows.select_related("plan__region__organisation"), pk=pk)


def consultation_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Every remark with its reaction and where it went."""
    consultation = _consultation(request, region, pk)
    mine = seen.remarks_visible_to(request.user).filter(consultation=consultation)
    asked = RemarkFilter(request.GET, rows=mine)
    counts = [(d, mine.filter(disposition=d).count()) for d in Disposition]
    visible = set(seen.sections_visible_to(request.user).values_list("pk", flat=True))
    context = {
        "consultation": consultation,
        "table": CONSULTATION,
        "filter": asked,
        "page": page_of(request, asked.narrow(mine).order_by("number")),
        "counts": [(d, n) for d, n in counts if n],
        "total": mine.count(),
        "open_count": mine.filter(disposition="").count(),
        "visible_sections": visible,
        "visible_plans": set(seen.plans_of(region, request.user)),
        "may_edit": can_edit_policy(request.user, region),
    }
    return render(request, "procurement/consultation.html", context)


def response_note(request: HttpRequest, region: Region, pk: int, form: str) -> HttpResponse:
    consultation = _consultation(request, region, pk)
    remarks = seen.remarks_visible_to(request.user).filter(consultation=consultation)
    written = papers.response_note(consultation, remarks.order_by("number"))
    return written_answer(written, form, "reactienota")


@MEETINGS.page
def meeting_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = MeetingFilter(request.GET)
    rows = asked.narrow(seen.meetings_visible_to(request.user).filter(region=region))
    rows = rows.select_related("table").prefetch_related("themes")
    return MEETINGS.answer(request, rows, "procurement/meetings.html", {"filter": asked})


def meeting_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    rows = seen.meetings_visible_to(request.user).filter(region=region)
    themes = Prefetch("themes", MeetingTheme.objects.select_related("issue"))
    full = rows.select_related("table").prefetch_related("partners", themes, "themes__steps")
    meeting = get_object_or_404(full, pk=pk)
    plans = seen.plans_of(region, request.user)
    context = {
        "meeting": meeting,
        "issue_table": ISSUE,
        "today": clock.today(),
        "commitments": tables.commitments_visible_to(request.user).filter(meeting=meeting),
        "plan": plans.filter(meetings=meeting).first(),
        "questions": seen.questions_visible_to(request.user).filter(meeting=meeting),
        "may_edit": can_edit_policy(request.user, region),
    }
    return render(request, "procurement/meeting.html", context)
