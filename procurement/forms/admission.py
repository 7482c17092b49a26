"""Forms of admission."""

from typing import Any

from django import forms

from core.states import Move
from core.states.pages import ReasonForm
from core.ui.forms import DayField, LastDayField, choose_the_only
from providers.models import Provider
from providers.queries import providers
from segments.models import Product, Segment
from segments.queries.framework import schemes_visible_to

from ..enums.admission import AdmissionState, RequirementKind
from ..models import Admission, AdmissionObjection, EligibilityRequirement, Evidence, OpenHouse
from ..models.admission import HIGHEST

NO_CLIENTS = "Zet hier niets over cliënten."


class ApplyForm(forms.Form):
    provider = forms.ModelChoiceField(Provider.objects.none(), label="Aanbieder")
    product = forms.ModelChoiceField(
        Product.objects.none(),
        label="Product",
        help_text="Kan alleen als de toelating voor dit product open is.",
    )
    plan = forms.CharField(
        label="Plan van aanpak",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"Mag later, maar hoort erbij voor u indient. {NO_CLIENTS}",
    )

    def __init__(self, *args: Any, region: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = providers.visible_to(user).filter(region=region)
        self.fields["provider"].queryset = seen  # type: ignore[attr-defined]
        self.fields["product"].queryset = region.products.all()  # type: ignore[attr-defined]
        choose_the_only(self, "provider")


class PlanForm(forms.ModelForm):
    valid_to = LastDayField(
        label="Geldig tot en met", required=False, help_text="Leeg: zolang er niets verandert."
    )

    class Meta:
        model = Admission
        fields = ("plan", "valid_to")
        widgets = {"plan": forms.Textarea(attrs={"rows": 10})}
        help_texts = {"plan": NO_CLIENTS}


class AnswerForm(forms.ModelForm):
    class Meta:
        model = Evidence
        fields = ("endorsed", "statement", "document")
        widgets = {"statement": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "statement": NO_CLIENTS,
            "document": "Uit de documenten in het dossier van de aanbieder.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = self.instance.admission.provider.documents.filter(shared=True).exclude(
            document=None
        )
        if asked := self.instance.requirement.evidence:
            papers = papers.filter(kind=asked)
            asked_name = self.instance.requirement.get_evidence_display()
            self.fields[
                "document"
            ].help_text = f"Een {asked_name} uit het dossier van de aanbieder."
        self.fields["document"].queryset = papers  # type: ignore[attr-defined]
        if self.instance.requirement.kind == RequirementKind.KNOCK_OUT:
            self.fields["endorsed"].label = "Wij onderschrijven dit"


class JudgeForm(forms.Form):
    score = forms.IntegerField(
        label=f"Score (0 tot en met {HIGHEST})", min_value=0, max_value=HIGHEST
    )
    motivation = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, least: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].help_text = f"Voldoende is {least} of hoger."


class AdmissionMoveForm(ReasonForm):
    """A supplement and conditions have a term; an admission may have an end."""

    due = DayField(label="Uiterlijk", required=False)
    valid_to = LastDayField(
        label="Toegelaten tot en met", required=False, help_text="Leeg: zonder einde."
    )

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, move=move, **kwargs)
        labels = {
            "ask-supplement": "Wat ontbreekt er?",
            "admit-conditionally": "Voorwaarden",
        }
        self.fields["reason"].label = labels.get(move.name, self.fields["reason"].label)
        if move.name not in labels:
            del self.fields["due"]
        elif move.name == "admit-conditionally":
            self.fields["due"].required = True
        else:
            self.fields["due"].help_text = "Leeg: over veertien dagen."
        if not move.name.startswith("admit"):
            del self.fields["valid_to"]


class ObjectionForm(forms.ModelForm):
    received_on = DayField(label="Ontvangen op")

    class Meta:
        model = AdmissionObjection
        fields = ("received_on", "grounds")
        widgets = {"grounds": forms.Textarea(attrs={"rows": 5})}


class OpenHouseForm(forms.ModelForm):
    valid_from = DayField(label="Eerste dag")
    valid_to = LastDayField(label="Laatste dag", required=False, help_text="Leeg: loopt door.")

    class Meta:
        model = OpenHouse
        fields = ("segment", "state", "missing", "reason", "valid_from", "valid_to", "source")
        widgets = {"missing": forms.CheckboxSelectMultiple, "reason": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.instance.region
        self.fields["segment"].queryset = segments_in(user, region)  # type: ignore[attr-defined]
        self.fields["segment"].empty_label = "alle segmenten"  # type: ignore[attr-defined]
        self.fields["missing"].queryset = region.products.all()  # type: ignore[attr-defined]


class RequirementForm(forms.ModelForm):
    valid_from = DayField(label="Eerste dag")
    valid_to = LastDayField(label="Laatste dag", required=False, help_text="Leeg: loopt door.")

    class Meta:
        model = EligibilityRequirement
        fields = (
            "code", "kind", "text", "segment", "product", "evidence", "least_score",
            "valid_from", "valid_to", "source",
        )  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "segment": "Leeg: voor alle segmenten.",
            "evidence": "Leeg: een verklaring is genoeg.",
            "least_score": f"Van 0 tot en met {HIGHEST}.",
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.instance.region
        self.fields["segment"].queryset = segments_in(user, region)  # type: ignore[attr-defined]
        self.fields["product"].queryset = region.products.all()  # type: ignore[attr-defined]


class AdmissionFilter(forms.Form):
    zoek = forms.CharField(label="Aanbieder of product", required=False)
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *AdmissionState.choices]
    )


def segments_in(user: Any, region: Any) -> Any:
    schemes = schemes_visible_to(user).filter(region=region)
    return Segment.objects.filter(scheme__in=schemes).select_related("scheme")
