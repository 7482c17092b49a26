"""Forms of measures and scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from core.ui.forms import DutchDecimalField
from regions.models import Region

from ..domain.keeping_measures import PhaseGiven
from ..domain.scenarios import Chosen
from ..models import Measure, ProjectionRun, Scenario, ScenarioMeasure
from ..queries.kinds_of_care import category_choices, product_choices
from .budgets import municipalities_of, segment_choices

EFFECTS = ("effect_low", "effect_central", "effect_high", "replacement")
VOLUMES = ("volume_low", "volume_central", "volume_high")
PARTS = {"low": "laag", "central": "midden", "high": "hoog", "replacement": "andere zorg (%)"}


class StepsField(forms.CharField):
    """Steps of a phased introduction, one on a line: day | percentage | what begins."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Stappen",
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Alleen bij invoering in stappen; die komt in de plaats van de ingroei. Eén "
            "stap per regel: 2027-01-01 | 25 | eerste wijkteams. Het deel is wat er vanaf dan in "
            "totaal werkt, in procent.",
            **kwargs,
        )

    def clean(self, value: Any) -> list[PhaseGiven]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return [self._step(line) for line in lines]

    def _step(self, line: str) -> PhaseGiven:
        day, _, rest = line.partition("|")
        share, _, name = rest.partition("|")
        try:
            return PhaseGiven(
                date.fromisoformat(day.strip()),
                Decimal(share.strip().rstrip("%").replace(",", ".")),
                name.strip(),
            )
        except (ValueError, ArithmeticError):
            raise forms.ValidationError(
                f"Dit is geen stap: '{line}'. Schrijf bijvoorbeeld: 2027-01-01 | 25 | wat begint."
            ) from None


class MeasureForm(forms.ModelForm):
    steps = StepsField()

    class Meta:
        model = Measure
        fields = (
            "code", "name", "kind", "driver", "direction", "municipality", "segment", "category",
            "product", "target_segment", "target_category", "target_product", "starts_on",
            "delay_months", "ramp_months", *EFFECTS, "circa", *VOLUMES, "changes_agreed",
            "sureness", "order", "note", "source", "fictitious",
        )  # fmt: skip
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"] = forms.ModelChoiceField(
            queryset=municipalities_of(region), label="Gemeente", required=False,
            empty_label="de hele regio",
        )  # fmt: skip
        choices = {
            "segment": ("Segment", segment_choices(region)),
            "category": ("Categorie", category_choices(region, "alle categorieën")),
            "product": ("Product", product_choices(region, "alle producten")),
            "target_segment": ("Naar segment", _none(segment_choices(region))),
            "target_category": ("Naar categorie", category_choices(region, "geen")),
            "target_product": ("Naar product", product_choices(region, "geen")),
        }
        for name, (label, options) in choices.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=options, required=False)
        for name in EFFECTS:
            known = self.fields[name]
            self.fields[name] = DutchDecimalField(
                label=known.label, help_text=known.help_text, required=False, max_digits=6,
                decimal_places=2,
            )  # fmt: skip
        if self.instance.pk:
            self.initial["steps"] = "\n".join(
                f"{one.starts_on} | {one.share.normalize():f} | {one.name}".rstrip(" |")
                for one in self.instance.steps.all()
            )

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"region"}  # type: ignore[misc]


def _none(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "geen"), *choices[1:]]


class ScenarioForm(forms.ModelForm):
    """A draft: its projection, and per measure whether it takes part and under what assumption."""

    class Meta:
        model = Scenario
        fields = ("name", "projection", "note", "fictitious")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        runs = ProjectionRun.objects.filter(region=region, finished_at__isnull=False)
        self.fields["projection"] = forms.ModelChoiceField(
            queryset=runs.defer("inputs", "result"), label="Prognose", empty_label=None,
            help_text="De kosten zonder maatregelen. Een besparingsreeks en afgesproken "
            "maatregelen in de prognose tellen hier niet mee: wat u kiest, komt in de plaats.",
        )  # fmt: skip
        self.measures = list(Measure.objects.filter(region=region).select_related("municipality"))
        given = self._given()
        for measure in self.measures:
            row = given.get(measure.pk)
            self.fields[f"{measure.code}-mee"] = forms.BooleanField(
                label=f"{measure.name}: doet mee", required=False,
                initial=row is not None or (self.instance.pk is None and measure.is_known),
                help_text=_told(measure),
            )  # fmt: skip
            for part in self._parts(measure):
                self.fields[f"{measure.code}-{part}"] = DutchDecimalField(
                    label=f"{measure.name}: eigen aanname, {PARTS[part]}",
                    required=False, max_digits=6, decimal_places=2,
                    initial=getattr(row, _attribute(part), None),
                )  # fmt: skip

    def _given(self) -> dict[int, ScenarioMeasure]:
        if not self.instance.pk:
            return {}
        return {row.measure_id: row for row in self.instance.chosen.all()}

    def _parts(self, measure: Measure) -> Iterator[str]:
        yield from ("low", "central", "high")
        if measure.is_mix:
            yield "replacement"

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "region"}  # type: ignore[misc]

    def chosen(self) -> list[Chosen]:
        return [
            Chosen(
                measure,
                **{part: self._value(measure, part) for part in self._parts(measure)},
            )
            for measure in self.measures
            if self.cleaned_data.get(f"{measure.code}-mee")
        ]

    def _value(self, measure: Measure, part: str) -> Decimal | None:
        value: Decimal | None = self.cleaned_data.get(f"{measure.code}-{part}")
        return value


def _attribute(part: str) -> str:
    return part if part == "replacement" else f"effect_{part}"


def _told(measure: Measure) -> str:
    if measure.has_volume:
        return (
            f"{measure.get_driver_display().capitalize()}, {measure.where}: {measure.volume_low} "
            f"tot {measure.volume_high} {measure.volume_noun}, midden {measure.volume_central}."
        )
    if not measure.has_effect:
        return (
            f"{measure.get_driver_display().capitalize()}, {measure.where}. Het effect is nog niet "
            "bepaald: geef hieronder een eigen aanname, anders telt deze niet mee."
        )
    return (
        f"{measure.get_driver_display().capitalize()}, {measure.where}: "
        f"{measure.effect_low} tot {measure.effect_high}%, midden {measure.effect_central}%."
    ).replace(".00", "")


class CompareScenarios(forms.Form):
    """Which scenarios to lay beside each other."""

    een: forms.ModelChoiceField = forms.ModelChoiceField(label="Scenario", queryset=None)
    twee: forms.ModelChoiceField = forms.ModelChoiceField(label="naast", queryset=None)
    drie: forms.ModelChoiceField = forms.ModelChoiceField(
        label="en naast", queryset=None, required=False, empty_label="geen derde"
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = rows  # type: ignore[attr-defined]
