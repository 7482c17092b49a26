"""The form of a change of many contracts."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from core import clock
from core.ui.forms import DayField
from regions.models import Region
from segments.models import Product

from ..enums.contracts import BulkKind, ClauseKind
from .transition import staff_of

# Which fields a kind of change needs.
NEEDS = {
    BulkKind.END_DATE: ("last_day",),
    BulkKind.MANAGER: ("manager",),
    BulkKind.CLAUSE: ("title", "text"),
    BulkKind.ADD_PRODUCT: ("product",),
    BulkKind.END_PRODUCT: ("product",),
}


class ChangeForm(forms.Form):
    """What all chosen contracts get."""

    kind = forms.ChoiceField(label="Wat verandert", choices=BulkKind.choices)
    effective_from = DayField(
        label="Gaat in op",
        required=False,
        help_text="Leeg: vandaag. Een product gaat eruit per deze dag.",
    )
    last_day = DayField(label="Nieuwe laatste dag", required=False)
    manager = forms.ModelChoiceField(
        get_user_model().objects.none(), label="Nieuwe contractmanager", required=False
    )
    product = forms.ModelChoiceField(Product.objects.none(), label="Product", required=False)
    clause_kind = forms.ChoiceField(
        label="Soort clausule", choices=ClauseKind.choices, initial=ClauseKind.OTHER
    )
    title = forms.CharField(label="Titel van de clausule", max_length=160, required=False)
    text = forms.CharField(
        label="Tekst van de clausule",
        widget=forms.Textarea({"rows": 4}),
        max_length=20_000,
        required=False,
    )
    reason = forms.CharField(label="Waarom", widget=forms.Textarea({"rows": 3}), max_length=4000)

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = staff_of(region)  # type: ignore[attr-defined]
        self.fields["product"].queryset = Product.objects.filter(region=region)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in NEEDS.get(found.get("kind", ""), ()):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, "Vul dit in bij deze wijziging.")
        return found

    def given(self) -> dict[str, Any]:
        """What `domain.changing.prepare_changes` asks, but for the contracts."""
        return given_of(self.cleaned_data)


def given_of(asked: dict[str, Any]) -> dict[str, Any]:
    match asked["kind"]:
        case BulkKind.END_DATE:
            values: dict[str, Any] = {"last_day": asked["last_day"].isoformat()}
        case BulkKind.MANAGER:
            values = {"manager": asked["manager"].pk, "name": str(asked["manager"])}
        case BulkKind.CLAUSE:
            values = {
                "kind": asked["clause_kind"], "title": asked["title"], "text": asked["text"]
            }  # fmt: skip
        case _:
            values = {"product": asked["product"].pk, "name": str(asked["product"])}
    return {
        "kind": asked["kind"],
        "values": values,
        "reason": asked["reason"],
        "effective_from": asked.get("effective_from") or clock.today(),
    }
