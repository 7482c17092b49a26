"""Changes of many contracts: the rounds, one round with old and new, and its steps."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.states import Move
from core.states.pages import MovePage
from core.ui import page_of
from regions.models import Region
from regions.queries.access import access_of

from ..domain import changing
from ..models import ChangeRound
from ..queries.contracts import readable_region_ids
from ..rules.contracts import check_can_manage_contracts, check_can_read_indexation
from ..states import CHANGE_ROUND
from .editing import OfContracts


def rounds_visible_to(user: Any) -> QuerySet[ChangeRound]:
    return ChangeRound.objects.filter(region__in=readable_region_ids(user))


def round_list(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_read_indexation(request.user, region)
    rows = rounds_visible_to(request.user).filter(region=region).select_related("made_by")
    found = {"page": page_of(request, rows)}
    return render(request, "procurement/change_rounds.html", found)


def round_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One round: what each contract says and will say, before anything changes."""
    check_can_read_indexation(request.user, region)
    run = get_object_or_404(rounds_visible_to(request.user), pk=pk, region=region)
    lines = run.lines.select_related("contract__provider")
    context = {
        "run": run,
        "page": page_of(request, lines),
        "count": lines.filter(skipped="").count(),
        "skipped": lines.exclude(skipped="").count(),
        "table": CHANGE_ROUND,
        "roles": access_of(request.user).roles_in(region.pk),
    }
    return render(request, "procurement/change_round.html", context)


class MoveRound(OfContracts, MovePage):
    """Applies a round in a job, and undoes, confirms or drops it at once."""

    table = CHANGE_ROUND

    def check(self) -> None:
        check_can_manage_contracts(self.request.user, self.region)

    def prepare(self) -> None:
        rows = rounds_visible_to(self.request.user).filter(region=self.region)
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)

    def verb(self, move: Move, form: Any) -> Any:
        by, reason = self.request.user, form.cleaned_data["reason"]
        if move.name == "apply":
            return changing.start_changing(run=self.row, by=by)
        if move.name == "undo":
            return changing.undo_changes(run=self.row, by=by, reason=reason)
        return changing.move(run=self.row, name=move.name, by=by, reason=reason)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, **kwargs)
        if self.kwargs["move"] == "apply" and answer.status_code == 302:
            messages.info(request, "De wijziging wordt toegepast. Ververs de pagina zo.")
            return redirect(self.back())
        return answer

    def back(self) -> str:
        return self.url("change-round", self.row.pk)

    def way_back(self) -> list[tuple[str, str]]:
        rounds = ("Gezamenlijke wijzigingen", self.url("change-rounds"))
        return [*super().way_back(), rounds, (str(self.row), self.back())]
