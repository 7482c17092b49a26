"""Forms of rounds: asking, and one pair of fields per question for who delivers."""

from collections.abc import Mapping
from typing import Any

from django import forms

from core import clock
from core.periods import HalfYear
from core.ui.forms import DayField, DutchDecimalField
from providers.models import Provider
from regions.models import Region

from ..domain.rounds.answering import Given
from ..models import ProviderDelivery, RoundQuestion
from ..queries.rounds import (
    Before,
    is_share,
    may_be_asked,
    providers_asked_before,
    questions_of,
)


def _half_years() -> list[tuple[str, str]]:
    last = HalfYear.of(clock.today()).previous()
    return [(half.label, half.title) for half in (last, last.previous())]


class RoundForm(forms.Form):
    half_year = forms.ChoiceField(label="Over")
    due_on = DayField(label="Aanleveren uiterlijk op")
    minutes = forms.IntegerField(
        label="Minuten per vraag",
        min_value=1,
        max_value=999,
        initial=20,
        help_text="Een schatting. Daarmee ziet u wat u van aanbieders vraagt.",
    )
    questions = forms.MultipleChoiceField(
        label="Indicatoren",
        widget=forms.CheckboxSelectMultiple,
        help_text="Wat al met het berichtenverkeer binnenkomt, staat hier niet bij.",
    )
    providers = forms.ModelMultipleChoiceField(
        label="Aanbieders",
        queryset=Provider.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Elke aanbieder krijgt alleen de vragen die bij zijn contract en hulp passen. U "
        "ziet het daarna, voordat de ronde opengaat.",
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.pairs = {f"{d.pk}-{s.pk if s else ''}": (d, s) for d, s in may_be_asked(region)}
        fields["half_year"].choices = _half_years()
        fields["questions"].choices = [
            (key, f"{definition} ({segment})" if segment else str(definition))
            for key, (definition, segment) in self.pairs.items()
        ]
        fields["providers"].queryset = Provider.objects.filter(region=region).order_by("name")
        fields["providers"].initial = providers_asked_before(region)

    @property
    def asked(self) -> dict[str, Any]:
        """What the verb takes."""
        data = self.cleaned_data
        return {
            "half_year": HalfYear.parse(data["half_year"]),
            "due_on": data["due_on"],
            "minutes": data["minutes"],
            "questions": [self.pairs[key] for key in data["questions"]],
            "providers": list(data["providers"]),
        }


class QuestionsForm(forms.Form):
    """Which questions of a round one provider is asked."""

    questions = forms.ModelMultipleChoiceField(
        label="Vragen", queryset=RoundQuestion.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Haal alles weg om deze aanbieder niets te vragen.",
    )  # fmt: skip

    def __init__(self, *args: Any, delivery: ProviderDelivery, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["questions"]
        field.queryset = delivery.round.questions.select_related("indicator", "segment")
        field.initial = questions_of(delivery)


class AnswersForm(forms.Form):
    """Numerator, denominator and explanation per question, beside what was delivered before."""

    def __init__(
        self,
        *args: Any,
        delivery: ProviderDelivery,
        earlier: Mapping[int, Before],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {question.pk: question for question in questions_of(delivery)}
        known = {answer.question_id: answer for answer in delivery.answers.all()}
        for pk, question in self.questions.items():
            self._add(question, known.get(pk), earlier.get(pk))

    def _add(self, question: Any, answer: Any, earlier: Before | None) -> None:
        then = f"Vorig halfjaar: {earlier.text}." if earlier else ""
        known = question.indicator
        self.fields[f"teller-{question.pk}"] = DutchDecimalField(
            label=f"{question}: {'teller' if is_share(known) else 'aantal'}",
            max_digits=10, decimal_places=2, min_value=0, help_text=known.definition or then,
            initial=answer.numerator if answer else None,
        )  # fmt: skip
        if is_share(known):
            self.fields[f"noemer-{question.pk}"] = DutchDecimalField(
                label=f"{question}: noemer", max_digits=10, decimal_places=2, min_value=0,
                help_text=then, initial=answer.denominator if answer else None,
            )  # fmt: skip
        self.fields[f"toelichting-{question.pk}"] = forms.CharField(
            label=f"{question}: toelichting", required=False, max_length=500,
            help_text="Nodig als het cijfer veel verschilt van het vorige halfjaar. Noem geen "
            "personen.",
            initial=answer.explanation if answer else "",
        )  # fmt: skip

    @property
    def given(self) -> list[Given]:
        data = self.cleaned_data
        return [
            Given(
                question,
                data[f"teller-{pk}"],
                data.get(f"noemer-{pk}"),
                data[f"toelichting-{pk}"],
            )
            for pk, question in self.questions.items()
        ]
