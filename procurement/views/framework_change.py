"""Saying that a framework changes, so that everything bound to it is looked at again."""

from datetime import timedelta
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core import clock
from core.ui.editing import FormPage
from core.ui.forms import DayField

from ..domain.framework_change import announce_change
from ..queries import plans as seen
from ..rules.policy import check_can_edit_policy

USUAL = timedelta(days=28)


class ChangeForm(forms.Form):
    what = forms.CharField(
        label="Wat verandert er",
        widget=forms.Textarea({"rows": 4}),
        help_text="Staat als toelichting bij elke taak.",
    )
    due = DayField(label="Uiterlijk nagekeken op")


class AnnounceChange(FormPage):
    """A task per plan, goal and choice that hangs on the framework."""

    form_class = ChangeForm
    submit = "Taken maken"

    def prepare(self) -> None:
        rows = seen.frameworks_visible_to(self.request.user).filter(region=self.region)
        self.framework = get_object_or_404(rows, pk=self.kwargs["pk"])

    def check(self) -> None:
        check_can_edit_policy(self.request.user, self.region)

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"due": clock.today() + USUAL}}

    def save(self, form: Any) -> Any:
        found = form.cleaned_data
        return announce_change(
            framework=self.framework, what=found["what"], due=found["due"], by=self.request.user
        )

    @property
    def done(self) -> str:  # type: ignore[override]
        return f"{len(self.saved)} taken gemaakt voor het team."

    def title(self) -> str:
        return f"Wijziging van {self.framework}"

    def back(self) -> str:
        return reverse("framework", args=[self.region.slug, self.kwargs["pk"]])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Kaders", reverse("frameworks", args=[self.region.slug])),
                (str(self.framework), self.back())]  # fmt: skip
