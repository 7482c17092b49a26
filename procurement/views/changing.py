"""Changes of many contracts: the rounds, one round with old and new, and its steps."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.ui import page_of
from regions.models import Region

from ..domain import changing
from ..models import ChangeRound
from ..queries.rounds import change_rounds_visible_to
from ..rules.contracts import check_can_read_indexation
from ..states import CHANGE_ROUND
from .rounds import MoveRound, shown


def round_list(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_read_indexation(request.user, region)
    rows = change_rounds_visible_to(request.user).filter(region=region)
    found = {"page": page_of(request, rows.select_related("made_by"))}
    return render(request, "procurement/change_rounds.html", found)


def round_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One round: what each contract says and will say, before anything changes."""
    check_can_read_indexation(request.user, region)
    rows = change_rounds_visible_to(request.user)
    run = get_object_or_404(rows, pk=pk, region=region)
    return render(request, "procurement/change_round.html", shown(request, run, CHANGE_ROUND))


class MoveChangeRound(MoveRound):
    table = CHANGE_ROUND
    route = "change-round"
    starting = "De wijziging wordt toegepast."
    start = staticmethod(changing.start_changing)
    undo = staticmethod(changing.undo_changes)
    move_on = staticmethod(changing.move)

    def rounds(self) -> QuerySet[ChangeRound]:
        return change_rounds_visible_to(self.request.user)

    def way_back(self) -> list[tuple[str, str]]:
        rounds = ("Gezamenlijke wijzigingen", self.url("change-rounds"))
        return [*super().way_back(), rounds, (str(self.row), self.back())]
