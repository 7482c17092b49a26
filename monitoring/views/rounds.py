"""Pages of rounds: what is asked, how far everybody is, and a provider's own delivery."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.states import Move
from core.states.api import steps_of
from core.states.pages import MovePage
from core.ui.editing import FormPage, RemovePage
from regions.models import Region
from regions.queries.access import access_of

from ..domain.rounds.answering import check_is_open, deliver, move_delivery
from ..domain.rounds.asking import choose_questions, open_round, prepare_round, withdraw_round
from ..enums.rounds import ASKING, DELIVERY, RoundState
from ..forms.rounds import AnswersForm, QuestionsForm, RoundForm
from ..models import DeliveryRound, ProviderDelivery
from ..queries.applying import Ties, ties_of
from ..queries.rounds import (
    before,
    burden_of,
    deliveries_visible_to,
    is_late,
    may_be_asked,
    questions_of,
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
    context = {
        "delivery": row,
        "late": is_late(row),
        "table": DELIVERY,
        "roles": roles_for(request.user, row),
        "may_answer": is_its_provider(request.user, row)
        and row.round.is_open
        and bool(DELIVERY.moves_from(row.state, {"provider"})),
        "may_choose": can_ask(request.user, region) and not row.round.is_open,
        "returned": steps_of(row, DELIVERY).last() if row.state == RoundState.RETURNED else None,
        "lines": [
            {"question": q, "answer": answers.get(q.pk), "before": earlier.get(q.pk)}
            for q in questions_of(row)
        ],
    }
    return render(request, "monitoring/delivery.html", context)


def one_round(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Who is asked what and why, before and after it was opened."""
    check_can_follow_rounds(request.user, region)
    asked = get_object_or_404(rounds_visible_to(request.user), pk=pk, region=region)
    deliveries = deliveries_visible_to(request.user).filter(round=asked)
    ties = ties_of(region, asked.period)
    context = {
        "round": asked,
        "burden": burden_of(asked),
        "may_ask": can_ask(request.user, region),
        "lines": [_asked_line(row, ties) for row in deliveries],
        "table": ASKING,
        "roles": access_of(request.user).roles_in(region.pk),
    }
    return render(request, "monitoring/round.html", context)


def _asked_line(row: ProviderDelivery, ties: Ties) -> dict[str, Any]:
    questions = [
        (q, ties.reason(row.provider, q.indicator, q.segment_id)) for q in questions_of(row)
    ]
    return {"row": row, "late": is_late(row), "questions": questions}


class AskRound(FormPage):
    form_class = RoundForm
    submit = "Bekijk wie wat gevraagd wordt"
    done = "De ronde is aangekondigd. Kijk na wie wat gevraagd wordt en stel haar dan open."

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
        return prepare_round(region=self.region, by=self.request.user, **form.asked)

    def back(self) -> str:
        made = getattr(self, "saved", None)
        if made is not None:
            return reverse("round", args=[self.region.slug, made.pk])
        return reverse("rounds", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Aanleverrondes", reverse("rounds", args=[self.region.slug]))]


class OfRound:
    request: Any
    region: Any
    kwargs: dict[str, Any]

    def check(self) -> None:
        check_can_ask(self.request.user, self.region)

    def rows(self) -> QuerySet[DeliveryRound]:
        return rounds_visible_to(self.request.user).filter(region=self.region)

    def way_back(self) -> list[tuple[str, str]]:
        return [("Aanleverrondes", reverse("rounds", args=[self.region.slug]))]


class OpenRound(OfRound, MovePage):
    table = ASKING

    def prepare(self) -> None:
        self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])
        _ = self.move

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)

    def verb(self, move: Move, form: Any) -> Any:
        return open_round(asked=self.row, by=self.request.user)

    def back(self) -> str:
        return reverse("round", args=[self.region.slug, self.row.pk])


class WithdrawRound(OfRound, RemovePage):
    noun = "aangekondigde ronde"

    def remove(self) -> None:
        withdraw_round(asked=self.row, by=self.request.user)

    def back(self) -> str:
        return reverse("rounds", args=[self.region.slug])


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


class ChooseQuestions(OfDelivery, FormPage):
    """Other questions for one provider, while the round is announced."""

    form_class = QuestionsForm
    done = "Aangepast."

    def check(self) -> None:
        check_can_ask(self.request.user, self.region)

    def title(self) -> str:
        return f"Wat vraagt u aan {self.row.provider}?"

    def form_arguments(self) -> dict[str, Any]:
        return {"delivery": self.row}

    def save(self, form: Any) -> Any:
        choose_questions(
            delivery=self.row, questions=list(form.cleaned_data["questions"]), by=self.request.user
        )

    def back(self) -> str:
        return reverse("round", args=[self.region.slug, self.row.round_id])


class Answer(OfDelivery, FormPage):
    """The provider hands in its figures."""

    form_class = AnswersForm
    submit = "Aanleveren"
    done = "De cijfers zijn aangeleverd. De regio kijkt ze na."

    def prepare(self) -> None:
        super().prepare()
        check_can_answer(self.request.user, self.row)
        check_is_open(self.row)
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
