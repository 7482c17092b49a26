"""Tasks on screen: one's own, those of the team, one task, and how one is reminded."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.states.pages import MovePage
from core.ui import matches
from core.ui.editing import FormPage

from . import forms, queries, rules
from .domain import calendar, handle, remind
from .enums import TASK, WHO, TaskState
from .models import CalendarKey, Task
from .registers import MY_TASKS, TEAM_TASKS
from .registry import role_label, source_label


@MY_TASKS.page
def my_tasks(request: HttpRequest, region: Any) -> HttpResponseBase:
    """What waits for this person: own tasks, and tasks of the team that nobody has taken."""
    asked = forms.TaskFilter(request.GET)
    waiting = queries.of_person(request.user, region.pk).values("pk")
    closed = queries.visible_to(request.user).filter(owner=request.user.pk, tenant_id=region.pk)
    rows = Task.objects.filter(pk__in=waiting) | Task.objects.filter(pk__in=closed.values("pk"))
    context = {"filter": asked, "title": "Mijn taken", "team": False}
    return MY_TASKS.answer(request, narrow(rows, asked), "tasks/list.html", context)


@TEAM_TASKS.page
def team_tasks(request: HttpRequest, region: Any) -> HttpResponseBase:
    people = [(str(p.pk), str(p)) for p in queries.colleagues_of(request.user, region.pk)]
    asked = forms.TeamFilter(request.GET, people=people)
    rows = narrow(queries.of_teams_here(request.user, region.pk), asked)
    context = {"filter": asked, "title": "Taken van het team", "team": True}
    return TEAM_TASKS.answer(request, rows, "tasks/list.html", context)


def narrow(rows: QuerySet[Task], asked: Any) -> QuerySet[Task]:
    """The rows that the filter asks for; without a state the open ones."""
    if not asked.is_valid():
        return rows.filter(state=TaskState.OPEN).select_related("owner")
    found = asked.cleaned_data
    rows = matches(rows, found["zoek"], ("title", "about"))
    if found["stand"] != "all":
        rows = rows.filter(state=found["stand"] or TaskState.OPEN)
    if found["termijn"] == "overdue":
        rows = queries.overdue(rows)
    elif found["termijn"]:
        rows = queries.due_within(rows, {"week": 7, "month": 30}[found["termijn"]])
    if found["herkomst"]:
        rows = rows.filter(source=found["herkomst"])
    if who := found.get("wie"):
        rows = rows.filter(owner=None) if who == "nobody" else rows.filter(owner=who)
    return rows.select_related("owner")


class OfTasks:
    """A page of one task among those that the user may see."""

    row: Any
    region: Any
    request: Any
    kwargs: Any

    def prepare(self) -> None:
        rows = queries.visible_to(self.request.user).filter(tenant_id=self.region.pk)
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("task", args=[self.region.slug, self.row.pk])

    def way_back(self) -> list[tuple[str, str]]:
        mine = reverse("my-tasks", args=[self.region.slug])
        return [("Mijn taken", mine), (str(self.row), self.back())]


def task_page(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    rows = queries.visible_to(request.user).filter(tenant_id=region.pk)
    task = get_object_or_404(rows.select_related("owner", "done_by", "created_by"), pk=pk)
    facts = [
        ("Onderwerp", task.about),
        ("Wie", task.owner or "nog niemand van het team"),
        ("Team", role_label(task.team) if task.team else ""),
        ("Soort", source_label(task.source)),
        ("Opgeschreven door", task.created_by),
        ("Afgerond door", task.done_by),
        ("Toelichting", task.note),
    ]
    context = {"task": task, "facts": facts, "table": TASK, "moves": TASK.moves_from(task.state)}
    return render(request, "tasks/task.html", context)


class AddTask(FormPage):
    form_class = forms.NewTask
    done = "De taak staat op de lijst."

    def check(self) -> None:
        rules.check_can_add(self.request.user, self.region.pk)

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user, "tenant_id": self.region.pk}

    def title(self) -> str:
        return "Taak toevoegen"

    def save(self, form: Any) -> Task:
        values = dict(form.cleaned_data)
        owner = values.pop("owner")
        return handle.add_task(
            tenant_id=self.region.pk,
            by=self.request.user,
            owner_id=owner.pk if owner else None,
            **values,
        )

    def back(self) -> str:
        return reverse("my-tasks", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Mijn taken", self.back())]


class MoveTask(OfTasks, MovePage):
    table = TASK

    def roles(self) -> frozenset[str]:
        return frozenset(WHO)

    def verb(self, move: Any, form: Any) -> Any:
        reason, by = form.cleaned_data["reason"], self.request.user
        if move.name == "finish":
            return handle.finish_task(task=self.row, by=by, note=reason)
        verb = handle.drop_task if move.name == "drop" else handle.reopen_task
        return verb(task=self.row, by=by, reason=reason)


class HandOverTask(OfTasks, FormPage):
    form_class = forms.HandOver
    submit = "Overdragen"
    done = "De taak is overgedragen."

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user, "tenant_id": self.region.pk}

    def title(self) -> str:
        return "Taak overdragen"

    def save(self, form: Any) -> Any:
        return handle.hand_over(task=self.row, by=self.request.user, **form.cleaned_data)

    def back(self) -> str:
        if getattr(self, "saved", None) is not None:
            return reverse("my-tasks", args=[self.region.slug])
        return super().back()


class PostponeTask(OfTasks, FormPage):
    form_class = forms.Postpone
    submit = "Uitstellen"
    done = "De taak is uitgesteld."

    def prepare(self) -> None:
        super().prepare()
        rules.check_can_postpone(self.row)

    def title(self) -> str:
        return "Taak uitstellen"

    def save(self, form: Any) -> Any:
        return handle.postpone(task=self.row, by=self.request.user, **form.cleaned_data)


class HandOverAll(FormPage):
    """All open tasks of who leaves, in one act."""

    form_class = forms.HandOverAll
    submit = "Alles overdragen"

    def check(self) -> None:
        rules.check_can_hand_over_all(self.request.user, self.region.pk)

    def form_arguments(self) -> dict[str, Any]:
        start = {"old_owner": self.request.GET.get("van")}
        return {"user": self.request.user, "tenant_id": self.region.pk, "initial": start}

    def title(self) -> str:
        return "Alle taken van iemand overdragen"

    def extra(self) -> dict[str, Any]:
        return {"intro": "Voor wie vertrekt of lang weg is. Alle open taken gaan in één keer mee."}

    def save(self, form: Any) -> int:
        return handle.hand_over_all(
            tenant_id=self.region.pk, by=self.request.user, **form.cleaned_data
        )

    @property
    def done(self) -> str:  # type: ignore[override]
        return "1 taak overgedragen." if self.saved == 1 else f"{self.saved} taken overgedragen."

    def back(self) -> str:
        return reverse("team-tasks", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Taken van het team", self.back())]


class Reminders(FormPage):
    """How often one is mailed, and the address of one's calendar."""

    form_class = forms.RhythmForm
    template = "tasks/reminders.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"rhythm": remind.rhythm_of(self.request.user)}}

    def title(self) -> str:
        return "Herinneringen en agenda"

    def save(self, form: Any) -> Any:
        return remind.choose(user=self.request.user, rhythm=form.cleaned_data["rhythm"])

    def back(self) -> str:
        return reverse("task-reminders", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Mijn taken", reverse("my-tasks", args=[self.region.slug]))]

    def extra(self) -> dict[str, Any]:
        key = CalendarKey.objects.filter(user=self.request.user).first()
        address = self.request.session.pop("calendar_address", "")
        planning = f"{address.removesuffix('.ics')}/{self.region.slug}.ics"
        return {"key": key, "address": address, "planning_address": planning}


@require_POST
def renew_calendar(request: HttpRequest, region: Any) -> HttpResponse:
    """A new secret address, shown once; the old one ends."""
    request.session["calendar_address"] = calendar.renew(user=request.user)
    messages.success(request, "Hieronder staat uw nieuwe agenda-adres.")
    return redirect("task-reminders", region=region.slug)


@require_POST
def stop_calendar(request: HttpRequest, region: Any) -> HttpResponse:
    calendar.stop(user=request.user)
    messages.success(request, "Het agenda-adres werkt niet meer.")
    return redirect("task-reminders", region=region.slug)


@login_not_required
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself, for programs: the address is the key."""
    user = calendar.reader(secret)
    if user is None:
        raise Http404("onbekend agenda-adres")
    answer = HttpResponse(calendar.feed(user), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=900"
    return answer
