"""Tokens with which programs use the API: seeing, making and withdrawing them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.ui import page_of
from core.ui.editing import FormPage
from core.ui.refusals import refusals_in

from ..domain import tokens as verbs
from ..forms import TokenForm
from ..queries.tokens import tokens_visible_to
from ..rules import check_can_give_token


def tokens(request: HttpRequest) -> HttpResponse:
    found = tokens_visible_to(request.user)
    return render(request, "regions/tokens.html", {"page": page_of(request, found)})


class MakeToken(FormPage):
    """Answers with the token itself: it is kept nowhere, so no other page could show it."""

    form_class = TokenForm
    submit = "Token maken"

    def check(self) -> None:
        check_can_give_token(self.request.user, self.request.user)

    def title(self) -> str:
        return "Token maken"

    def form_arguments(self) -> dict[str, Any]:
        return {"by": self.request.user}

    def back(self) -> str:
        return reverse("tokens")

    def way_back(self) -> list[tuple[str, str]]:
        return [("Mijn account", reverse("account")), ("Tokens", self.back())]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form: Any = self.form()
        text = ""
        if form.is_valid():
            with refusals_in(form):
                text = verbs.give(**form.cleaned_data, by=request.user)
        if not text:
            return self.page(form, status=422)
        context = {"text": text, "asked": form.cleaned_data}
        answer = render(request, "regions/token_made.html", context)
        answer["Cache-Control"] = "no-store"
        return answer


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(tokens_visible_to(request.user), pk=pk)
    verbs.withdraw(token=token, by=request.user)
    messages.success(request, f"Het token ‘{token.name}’ opent niets meer.")
    return redirect("tokens")
