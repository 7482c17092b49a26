"""What the pages of every round have alike: its lines with old and new, and its steps."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from core.jobs.api import Job
from core.states import Move, StateTable
from core.states.models import Step
from core.states.pages import MovePage
from core.ui import page_of
from regions.queries.access import access_of

from ..rules.contracts import check_can_manage_contracts
from .editing import OfContracts


def shown(request: HttpRequest, run: Any, table: StateTable) -> dict[str, Any]:
    """What the page of one round tells."""
    lines = run.lines.select_related("contract__provider")
    return {
        "run": run,
        "page": page_of(request, lines),
        "count": lines.filter(skipped="").count(),
        "changes": run.changes,
        "skipped": lines.exclude(skipped="").count(),
        "table": table,
        "roles": access_of(request.user).roles_in(run.region_id),
    }


class MoveRound(OfContracts, MovePage):
    """Applies a round in a job, and undoes, confirms or drops it at once."""

    route: ClassVar[str]
    starting: ClassVar[str]
    start: ClassVar[Callable[..., Job]]
    undo: ClassVar[Callable[..., Step]]
    move_on: ClassVar[Callable[..., Step]]

    def check(self) -> None:
        check_can_manage_contracts(self.request.user, self.region)

    def rounds(self) -> QuerySet[Any]:
        raise NotImplementedError

    def prepare(self) -> None:
        rows = self.rounds().filter(region=self.region)
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)

    def verb(self, move: Move, form: Any) -> Any:
        told = {"run": self.row, "by": self.request.user}
        if move.name == "apply":
            return self.start(**told)
        told["reason"] = form.cleaned_data["reason"]
        if move.name == "undo":
            return self.undo(**told)
        return self.move_on(**told, name=move.name)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, **kwargs)
        if self.kwargs["move"] == "apply" and answer.status_code == 302:
            messages.info(request, f"{self.starting} Ververs de pagina zo.")
            return redirect(self.back())
        return answer

    def back(self) -> str:
        return self.url(self.route, self.row.pk)
