"""Forms of allocation keys."""

from decimal import Decimal
from typing import Any

from django import forms

from core.ui.forms import DutchDecimalField, EuroField
from regions.models import Municipality, Region
from regions.queries.membership import municipalities_of

from ..models import AllocationKey
from .budgets import segment_choices


class KeyForm(forms.ModelForm):
    """A key with a field for the fixed share of every municipality that is in the region now."""

    class Meta:
        model = AllocationKey
        fields = (
            "name", "segment", "first_year", "last_year", "weight_population", "weight_use",
            "weight_fixed", "use_years", "change_limit", "equalised", "deposit", "threshold",
            "note", "source", "fictitious",
        )  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment"] = forms.ChoiceField(
            choices=segment_choices(region), label="Segment", required=False
        )
        self.places = list(municipalities_of(region).order_by("name"))
        given = {}
        if self.instance.pk:
            given = {row.municipality_id: row.share for row in self.instance.fixed_shares.all()}
        for place in self.places:
            self.fields[f"aandeel-{place.gm_code}"] = DutchDecimalField(
                label=f"Vast aandeel {place.name}",
                required=False,
                max_digits=9,
                decimal_places=4,
                min_value=0,
                initial=given.get(place.pk),
            )

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "region"}  # type: ignore[misc]

    def fixed(self) -> dict[Municipality, Decimal | None]:
        return {place: self.cleaned_data.get(f"aandeel-{place.gm_code}") for place in self.places}


class CompareForm(forms.Form):
    """Which amount of which year to divide."""

    jaar = forms.IntegerField(label="Jaar", required=False, min_value=2015, max_value=2100)
    bedrag = EuroField(
        label="Bedrag in euro",
        required=False,
        min_value=0,
        help_text="Leeg: wat het laatste hele jaar kostte.",
    )
