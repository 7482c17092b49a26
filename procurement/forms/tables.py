"""Forms about development tables."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from core import clock
from core.ui.forms import DayField

ANY = ("", "alle")
OPEN, LATE, DONE = "open", "te-laat", "gedaan"


class NextMeetingForm(forms.Form):
    held_on = DayField(
        label="Datum",
        help_text="Alle leden doen mee. Elk vraagstuk zonder uitkomst komt op de agenda.",
    )
    location = forms.CharField(label="Plaats", max_length=120, required=False)
    purpose = forms.CharField(
        label="Doel", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )


class CommitmentFilter(forms.Form):
    tafel = forms.ChoiceField(label="Tafel", required=False)
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[ANY, (OPEN, "nog te doen"), (LATE, "te laat"), (DONE, "gedaan")],
    )

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = rows.order_by("table__name").values_list("table_id", "table__name").distinct()
        self.fields["tafel"].choices = [ANY, *((str(k), n) for k, n in tables)]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data if self.is_valid() else {}
        if table := asked.get("tafel"):
            rows = rows.filter(table_id=table)
        wanted = {
            OPEN: Q(done_on=None),
            LATE: Q(done_on=None, due_on__lt=clock.today()),
            DONE: Q(done_on__isnull=False),
        }
        return rows.filter(wanted.get(asked.get("stand", ""), Q()))
