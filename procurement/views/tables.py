"""Development tables: who sits there, what is discussed, and what comes out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.ui.editing import FormPage
from regions.models import Region

from ..domain.table_plan import can_draft, draft_plan
from ..domain.tables import plan_meeting
from ..enums.choices import ISSUE
from ..forms.tables import CommitmentFilter, NextMeetingForm
from ..models import DevelopmentTable
from ..queries import plans
from ..queries import tables as seen
from ..registers.tables import COMMITMENTS
from ..rules.policy import can_edit_policy, can_keep_tables, check_can_keep_tables


def table_list(request: HttpRequest, region: Region) -> HttpResponse:
    user = request.user
    rows = seen.tables_visible_to(user).filter(region=region)
    found = rows.prefetch_related("issues", "commitments")
    meetings = plans.meetings_visible_to(user).filter(table__in=rows)
    nearest = meetings.filter(held_on__gte=clock.today()).order_by("-held_on")
    dates = dict(nearest.values_list("table_id", "held_on"))
    context = {"tables": [(table, dates.get(table.pk)) for table in found]}
    return render(request, "procurement/tables.html", context)


def _table(request: HttpRequest, region: Region, pk: int) -> DevelopmentTable:
    rows = seen.tables_visible_to(request.user).filter(region=region)
    return get_object_or_404(rows, pk=pk)


def table_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The table whole; what is said there only for who sits at it."""
    table, user = _table(request, region, pk), request.user
    attends = seen.tables_attended_by(user).filter(pk=pk).exists()
    visible = plans.plans_of(region, user)
    plan = visible.filter(tables=table).first()
    meetings = plans.meetings_visible_to(user).filter(table=table).prefetch_related("themes")
    chapters = plans.sections_visible_to(user).filter(issues__table=table)
    context = {
        "development": table,
        "attends": attends,
        "issues": _issues(table, meetings, set(chapters.values_list("pk", flat=True))),
        "issue_table": ISSUE,
        "members": table.members.select_related("partner"),
        "commitments": table.commitments.select_related("owner", "meeting"),
        "meetings": meetings,
        "shown_meetings": {meeting.pk for meeting in meetings},
        "plan": plan,
        "may_plan": can_keep_tables(user, table),
        "may_draft": can_edit_policy(user, region) and can_draft(table),
        "today": clock.today(),
    }
    return render(request, "procurement/development_table.html", context)


def _issues(table: DevelopmentTable, meetings: Any, chapters: set[int]) -> list[dict[str, Any]]:
    """Each issue with the meetings that had it on the agenda and the chapter it became."""
    spoken: dict[int, list[Any]] = {}
    for meeting in meetings:
        for item in meeting.themes.all():
            if item.issue_id:
                spoken.setdefault(item.issue_id, []).append(meeting)
    rows = table.issues.select_related("section").prefetch_related("positions__partner")
    return [
        {
            "row": issue,
            "meetings": spoken.get(issue.pk, []),
            "section": issue.section if issue.section_id in chapters else None,
        }
        for issue in rows
    ]


class PlanMeeting(FormPage):
    """Calls the members together: the agenda is what is still open."""

    form_class = NextMeetingForm
    submit = "Bijeenkomst plannen"
    done = "De bijeenkomst staat op de agenda."

    def prepare(self) -> None:
        self.table = _table(self.request, self.region, self.kwargs["pk"])
        check_can_keep_tables(self.request.user, self.table)

    def save(self, form: Any) -> Any:
        return plan_meeting(table=self.table, by=self.request.user, **form.cleaned_data)

    def title(self) -> str:
        return "Volgende bijeenkomst plannen"

    def back(self) -> str:
        if meeting := getattr(self, "saved", None):
            return reverse("meeting", args=[self.region.slug, meeting.pk])
        return reverse("table", args=[self.region.slug, self.table.pk])

    def way_back(self) -> list[tuple[str, str]]:
        return [
            ("Ontwikkeltafels", reverse("tables", args=[self.region.slug])),
            (self.table.name, reverse("table", args=[self.region.slug, self.table.pk])),
        ]


@require_POST
def write_plan(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Bring what the table agreed into the text of its plan."""
    plan = draft_plan(table=_table(request, region, pk), by=request.user)
    messages.success(request, "Wat is afgesproken staat in het plan. U kunt de tekst aanpassen.")
    return redirect("plan", region=region.slug, pk=plan.pk)


@COMMITMENTS.page
def commitment_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    """What was promised at every table that the user sees."""
    rows = seen.commitments_visible_to(request.user).filter(table__region=region)
    asked = CommitmentFilter(request.GET, rows=rows)
    found = asked.narrow(rows).select_related("table", "owner")
    context = {"filter": asked, "today": clock.today()}
    return COMMITMENTS.answer(request, found, "procurement/commitments.html", context)
