"""Pages of rounds: what is asked, how far everybody is, and a provider's own delivery."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage
from regions.models import Region

from ..domain.rounds.answering import deliver, move_delivery
from ..domain.rounds.asking import ask_round
from ..enums.rounds import DELIVERY
from ..forms.rounds import AnswersForm, RoundForm
from ..models import ProviderDelivery
from ..queries.rounds import (
    before,
    burden_of,
    deliveries_visible_to,
    is_late,
    may_be_asked,
    rounds_visible_to,
)
from ..rules.rounds import (
    can_ask,
    check_can_answer,
    check_can_ask,
    check_can_follow_rounds,
    is_its_provider,
    roles_for,
)


def round_list(request: HttpRequest, region: Region) -> HttpResponse:
    """All rounds with how far they are; a provider sees its own part."""
    check_can_follow_rounds(request.user, region)
    deliveries = deliveries_visible_to(request.user).filter(round__region=region)
    rounds = [
        {
            "round": one,
            "burden": burden_of(one),
            "deliveries": [_line(row) for row in deliveries.filter(round=one)],
        }
        for one in rounds_visible_to(request.user).filter(region=region)
    ]
    context = {"rounds": rounds, "may_ask": can_ask(request.user, region)}
    return render(request, "monitoring/rounds.html", context)


def _line(row: ProviderDelivery) -> dict[str, Any]:
    return {"row": row, "late": is_late(row)}


def one_delivery(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """What a provider delivered, beside the half-year before, with its steps."""
    check_can_follow_rounds(request.user, region)
    row = get_object_or_404(deliveries_visible_to(request.user), pk=pk, round__region=region)
    earlier = before(row)
    answers = {answer.question_id: answer for answer in row.answers.all()}
    questions = row.round.questions.select_related("indicator", "segment")
    context = {
        "delivery": row,
        "late": is_late(row),
        "table": DELIVERY,
        "roles": roles_for(request.user, row),
        "may_answer": is_its_provider(request.user, row)
        and bool(DELIVERY.moves_from(row.state, {"provider"})),
        "lines": [
            {"question": q, "answer": answers.get(q.pk), "before": earlier.get(q.pk)}
            for q in questions
        ],
    }
    return render(request, "monitoring/delivery.html", context)


class AskRound(FormPage):
    form_class = RoundForm
    submit = "Vraag de cijfers op"
    done = "De aanbieders zijn gevraagd. Zij zien het bij hun taken."

    def check(self) -> None:
        check_can_ask(self.request.user, self.region)

    def title(self) -> str:
        return "Cijfers opvragen"

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region}

    def extra(self) -> dict[str, Any]:
        if may_be_asked(self.region):
            return {}
        return {
            "note": "Er is niets om te vragen: alle indicatoren komen met het berichtenverkeer "
            "binnen. Voeg bij de segmenten een eigen indicator toe."
        }

    def save(self, form: Any) -> Any:
        return ask_round(region=self.region, by=self.request.user, **form.asked)

    def back(self) -> str:
        return reverse("rounds", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Aanleverrondes", self.back())]


class OfDelivery:
    request: Any
    region: Any
    kwargs: dict[str, Any]

    def check(self) -> None:
        check_can_follow_rounds(self.request.user, self.region)

    def rows(self) -> QuerySet[ProviderDelivery]:
        return deliveries_visible_to(self.request.user).filter(round__region=self.region)

    def prepare(self) -> None:
        self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("delivery", args=[self.region.slug, self.row.pk])

    def way_back(self) -> list[tuple[str, str]]:
        rounds = reverse("rounds", args=[self.region.slug])
        return [("Aanleverrondes", rounds), (str(self.row.provider), self.back())]


class Answer(OfDelivery, FormPage):
    """The provider hands in its figures."""

    form_class = AnswersForm
    submit = "Aanleveren"
    done = "De cijfers zijn aangeleverd. De regio kijkt ze na."

    def prepare(self) -> None:
        super().prepare()
        check_can_answer(self.request.user, self.row)
        DELIVERY.check(self.row.state, "deliver", roles_for(self.request.user, self.row))

    def title(self) -> str:
        return str(self.row.round)

    def form_arguments(self) -> dict[str, Any]:
        return {"delivery": self.row, "earlier": before(self.row)}

    def save(self, form: Any) -> Any:
        return deliver(delivery=self.row, given=form.given, by=self.request.user)


class MoveDelivery(OfDelivery, MovePage):
    table = DELIVERY

    def prepare(self) -> None:
        super().prepare()
        _ = self.move

    def roles(self) -> frozenset[str]:
        return roles_for(self.request.user, self.row)

    def verb(self, move: Move, form: Any) -> Any:
        return move_delivery(
            delivery=self.row, move=move.name, by=self.request.user,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
