"""Asking for the editions of a half-year."""

from typing import Any

from django import forms

from core import clock
from core.periods import HalfYear
from regions.models import Region
from segments.models import SegmentScheme

from .enums import EditionKind

YEARS_BACK = 4


def half_years(today_half: HalfYear) -> list[tuple[str, str]]:
    """The half-year that runs and those before it, newest first."""
    back = (today_half.shift(-step) for step in range(YEARS_BACK * 2))
    return [(half.label, half.title) for half in back]


class EditionsForm(forms.Form):
    """Which half-year, and which division into segments."""

    half_year = forms.ChoiceField(
        label="Halfjaar",
        help_text="Kies meestal het laatste halfjaar dat helemaal voorbij is.",
    )
    scheme = forms.ModelChoiceField(
        label="Indeling in segmenten",
        queryset=SegmentScheme.objects.none(),
        required=False,
        empty_label="de indeling die aan het eind van het halfjaar geldt",
        help_text="Met een indeling die later ingaat maakt u een nulmeting.",
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = HalfYear.of(clock.today())
        self.fields["half_year"].choices = half_years(now)  # type: ignore[attr-defined]
        self.fields["half_year"].initial = now.previous().label
        self.fields["scheme"].queryset = SegmentScheme.objects.filter(  # type: ignore[attr-defined]
            region=region
        ).order_by("-valid_from")

    def clean_half_year(self) -> HalfYear:
        return HalfYear.parse(self.cleaned_data["half_year"])


class EditionFilter(forms.Form):
    """Which editions to list."""

    half_year = forms.ChoiceField(label="Halfjaar", required=False)
    kind = forms.ChoiceField(label="Soort", required=False)
    old = forms.BooleanField(label="Ook eerdere versies", required=False)

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        halves = sorted(set(rows.values_list("half_year", flat=True)), reverse=True)
        kinds = set(rows.values_list("kind", flat=True))
        self.fields["half_year"].choices = [  # type: ignore[attr-defined]
            ("", "alle"),
            *((label, HalfYear.parse(label).title) for label in halves),
        ]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", "alle"),
            *((value, label) for value, label in EditionKind.choices if value in kinds),
        ]

    def narrow(self, rows: Any) -> Any:
        """The rows that fit; an unknown choice narrows nothing."""
        if not self.is_valid():
            return rows
        asked = self.cleaned_data
        for name in ("half_year", "kind"):
            if asked[name]:
                rows = rows.filter(**{name: asked[name]})
        return rows
