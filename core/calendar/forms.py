from datetime import date
from typing import Any

from django import forms

from core import clock
from core.periods import add_months
from core.ui.forms import DayField

from .registry import Level, sources

# What one sees without asking: a quarter back and a year and a half ahead.
BACK, AHEAD = 3, 18


class CalendarFilter(forms.Form):
    niveau = forms.ChoiceField(
        label="Niveau", required=False, choices=[("", "alle"), *((x, x) for x in Level)]
    )
    soort = forms.ChoiceField(label="Soort", required=False)
    vanaf = DayField(label="Vanaf", required=False)
    tot = DayField(label="Tot en met", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["soort"]
        kind.choices = [("", "alle"), *((s.code, s.label) for s in sources())]

    def asked(self) -> tuple[date, date, str, tuple[str, ...]]:
        """First and last day, level and sources; what was not filled in well counts as empty."""
        self.is_valid()
        found = self.cleaned_data
        start = found.get("vanaf") or add_months(clock.today(), -BACK)
        last = found.get("tot") or add_months(max(start, clock.today()), AHEAD)
        kind = found.get("soort")
        return start, last, found.get("niveau") or "", (kind,) if kind else ()
