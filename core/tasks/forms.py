from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from core import clock
from core.ui.forms import DayField

from .enums import Rhythm, TaskState
from .models import Task
from .queries import colleagues_of
from .registry import deadline_sources

TERMS = (
    ("", "alle"),
    ("overdue", "te laat"),
    ("week", "binnen 7 dagen"),
    ("month", "binnen 30 dagen"),
)


class TaskFilter(forms.Form):
    zoek = forms.CharField(label="Taak of onderwerp", required=False)
    stand = forms.ChoiceField(label="Stand", required=False, choices=TaskState.choices)
    termijn = forms.ChoiceField(label="Termijn", required=False, choices=TERMS)
    herkomst = forms.ChoiceField(label="Soort", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stand: Any = self.fields["stand"]
        stand.choices = [("", "open"), *TaskState.choices[1:], ("all", "alle")]
        sources: Any = self.fields["herkomst"]
        labels = [(source.code, source.label) for source in deadline_sources()]
        sources.choices = [("", "alle"), ("explicit", "Eigen taak"), *labels]


class TeamFilter(TaskFilter):
    wie = forms.ChoiceField(label="Van wie", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["wie"]
        who.choices = [("", "iedereen"), ("nobody", "nog niemand"), *people]


class OwnerField(forms.ModelChoiceField):
    """Somebody who works here, of those whom the user may know."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def offer(self, user: Any, tenant_id: int) -> None:
        self.queryset = colleagues_of(user, tenant_id)


class NewTask(forms.ModelForm):
    due = DayField(label="Uiterlijk op")
    owner = OwnerField(label="Wie doet het", required=False, empty_label="ikzelf")

    class Meta:
        model = Task
        fields = ("title", "about", "due", "owner", "note")

    def __init__(self, *args: Any, user: Any, tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(user, tenant_id)  # type: ignore[attr-defined]

    def clean_due(self) -> Any:
        if self.cleaned_data["due"] < clock.today():
            raise forms.ValidationError("Kies vandaag of een latere dag.")
        return self.cleaned_data["due"]


class HandOver(forms.Form):
    owner = OwnerField(label="Aan wie")
    note = forms.CharField(
        label="Toelichting", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, user: Any, tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(user, tenant_id)  # type: ignore[attr-defined]


class Postpone(forms.Form):
    due = DayField(label="Nieuwe dag")
    reason = forms.CharField(label="Reden", max_length=2000, widget=forms.Textarea({"rows": 3}))


class HandOverAll(forms.Form):
    old_owner = OwnerField(label="Van wie")
    new_owner = OwnerField(label="Aan wie")

    def __init__(self, *args: Any, user: Any, tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_owner"].offer(user, tenant_id)  # type: ignore[attr-defined]
        owners = Task.objects.filter(tenant_id=tenant_id, state=TaskState.OPEN).values("owner")
        old: Any = self.fields["old_owner"]
        old.queryset = get_user_model().objects.filter(pk__in=owners).order_by("name", "pk")


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(label="E-mail over uw taken", choices=Rhythm.choices)
