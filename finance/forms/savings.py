"""The form of how a saving is divided and followed."""

from decimal import Decimal
from typing import Any

from django import forms

from core.ui.forms import DutchDecimalField
from regions.models import Region
from segments.models import Segment
from segments.queries.framework import scheme_to_show

from ..enums import KeyState
from ..models import AllocationKey, ProjectionRun, SavingsPlan, Scenario


class PlanForm(forms.ModelForm):
    """With a field for the agreed share of every segment."""

    class Meta:
        model = SavingsPlan
        fields = ("key", "scenario", "counterfactual", "note", "source", "fictitious")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = AllocationKey.objects.filter(region=region).exclude(state=KeyState.WITHDRAWN)
        scenarios = Scenario.objects.filter(region=region, result__isnull=False)
        runs = ProjectionRun.objects.filter(region=region, finished_at__isnull=False)
        choices = {
            "key": keys,
            "scenario": scenarios.defer("inputs", "result"),
            "counterfactual": runs.defer("inputs", "result"),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        given = {}
        if self.instance.pk:
            given = {row.segment: row.share for row in self.instance.shares.all()}
        self.segments = _segments(region)
        for code, name in self.segments:
            self.fields[f"deel-{code}"] = DutchDecimalField(
                label=f"Deel van {name}", required=False, max_digits=9, decimal_places=4,
                min_value=0, initial=given.get(code),
                help_text="Leeg bij alle segmenten: naar kosten.",
            )  # fmt: skip

    def shares(self) -> dict[str, Decimal | None]:
        return {code: self.cleaned_data.get(f"deel-{code}") for code, _ in self.segments}


def _segments(region: Region) -> list[tuple[str, str]]:
    """Those of the scheme by which the saving is divided, as its page shows them."""
    rows = Segment.objects.filter(scheme=scheme_to_show(region)).order_by("order", "code")
    return [(code, f"{code} {name}") for code, name in rows.values_list("code", "name")]
