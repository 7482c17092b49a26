"""Questions of councils, and what a reader looks up."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.ui import page_of
from core.ui.editing import FormPage
from regions.models import Region

from .. import forms
from ..domain.asking import answer, ask
from ..domain.outline import contents
from ..models import ReaderQuestion
from ..queries.texts import written
from ..queries.visible import questions_visible_to
from ..rules import check_can_answer_comments, check_can_ask, check_can_see_questions
from .writing import OfEdition


def questions(request: HttpRequest, region: Region) -> HttpResponse:
    """All questions with their answers; what waits for an answer comes first."""
    check_can_see_questions(request.user, region)
    visible = questions_visible_to(request.user).filter(edition__region=region)
    rows: QuerySet[ReaderQuestion] = visible.order_by(F("answered_at").asc(nulls_first=True), "-at")
    return render(request, "reports/questions.html", {"page": page_of(request, rows, 30)})


class AskQuestion(OfEdition):
    """A council member asks about a part of a published edition."""

    form_class = forms.QuestionForm
    submit = "Vraag stellen"
    done = "Uw vraag is gesteld. U krijgt een e-mail zodra het antwoord er is."

    def check_edition(self) -> None:
        check_can_ask(self.request.user, self.edition)

    def title(self) -> str:
        return "Een vraag stellen"

    def way_back(self) -> list[tuple[str, str]]:
        return super().way_back()[:2]

    def back(self) -> str:
        return f"{self.url('edition')}#vragen"

    def form_arguments(self) -> dict[str, Any]:
        return {
            "chapters": contents(written(self.edition).content),
            "initial": {"chapter": self.request.GET.get("over", "")},
        }

    def save(self, form: Any) -> Any:
        return ask(edition=self.edition, by=self.request.user, **form.cleaned_data)


class AnswerQuestion(FormPage):
    """Answer a council's question; the asker gets a mail, the whole council reads it."""

    form_class = forms.QuestionAnswerForm
    submit = "Antwoord geven"
    done = "Het antwoord staat bij de rapportage; de vraagsteller krijgt een e-mail."
    row: ReaderQuestion

    def check(self) -> None:
        visible = questions_visible_to(self.request.user)
        self.row = get_object_or_404(visible, edition__region=self.region, pk=self.kwargs["pk"])
        check_can_answer_comments(self.request.user, self.row.edition)

    def title(self) -> str:
        return "Vraag beantwoorden"

    def back(self) -> str:
        return reverse("questions", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Vragen van de raad", self.back())]

    def form_arguments(self) -> dict[str, Any]:
        return {"about": self.row.text}

    def save(self, form: Any) -> Any:
        return answer(question=self.row, text=form.cleaned_data["text"], by=self.request.user)
