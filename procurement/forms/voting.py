"""Forms of votes."""

from typing import Any

from django import forms

from core import clock
from core.ui.forms import DayField, LastDayField
from providers.models import Provider
from regions.models import Region
from segments.models import Product

from ..enums.contracts import ContractStatus
from ..enums.voting import BallotState, EndingKind, VoteChoice
from ..models import Ballot, CollegeVote, Contract, VotingRule


class BallotForm(forms.ModelForm):
    """A proposal; what it is about stands fixed by the row."""

    last_day = DayField(
        label="Laatste dag in het aanbod",
        help_text="Op die dag eindigt het contract, of verlaat het product het contract.",
    )
    vote_before = DayField(
        label="Stemmen uiterlijk op",
        required=False,
        help_text="Leeg: zoals de stemregel zegt. Een stem die dan ontbreekt, telt niet als voor.",
    )

    class Meta:
        model = Ballot
        fields = ("ending", "contracts", "last_day", "vote_before", "motivation")
        widgets = {
            "contracts": forms.CheckboxSelectMultiple,
            "motivation": forms.Textarea({"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ballot: Ballot = self.instance
        running = Contract.objects.filter(region=ballot.region, status__in=ContractStatus.LIVE)
        if ballot.provider_id:
            running = running.filter(provider=ballot.provider)
        if ballot.product_id:
            running = running.filter(products__product=ballot.product).distinct()
        self.fields["contracts"].queryset = running  # type: ignore[attr-defined]
        self.fields["contracts"].required = True
        if ballot.product_id:
            del self.fields["ending"]
        else:
            kinds = (EndingKind.NOTICE, EndingKind.DISSOLVE)
            self.fields["ending"].choices = [(k.value, k.label) for k in kinds]  # type: ignore[attr-defined]


class SubjectForm(forms.Form):
    """What a new proposal is about."""

    aanbieder = forms.ModelChoiceField(
        Provider.objects.none(),
        label="Aanbieder",
        required=False,
        help_text="Leeg bij een product: dan gaat het bij alle aanbieders uit het contract.",
    )
    product = forms.ModelChoiceField(
        Product.objects.none(),
        label="Product",
        required=False,
        help_text="Leeg: de aanbieder zelf gaat uit het aanbod.",
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = Contract.objects.filter(region=region, status__in=ContractStatus.LIVE)
        providers = Provider.objects.filter(region=region, pk__in=running.values("provider"))
        products = Product.objects.filter(region=region)
        self.fields["aanbieder"].queryset = providers  # type: ignore[attr-defined]
        self.fields["product"].queryset = products.filter(  # type: ignore[attr-defined]
            pk__in=running.values("products__product")
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("aanbieder") and not found.get("product"):
            raise forms.ValidationError("Kies een aanbieder, een product, of allebei.")
        return found


class VoteForm(forms.ModelForm):
    choice = forms.ChoiceField(
        label="Stem",
        choices=[*VoteChoice.choices, ("", "nog niet gestemd")],
        required=False,
    )
    decided_on = DayField(label="Besluit van het college op", required=False)

    class Meta:
        model = CollegeVote
        fields = ("choice", "decided_on", "reason", "source")
        widgets = {"reason": forms.Textarea({"rows": 3})}
        help_texts = {"source": "Waar dit besluit staat, bijvoorbeeld de besluitenlijst."}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("choice"):
            found["decided_on"] = None
        elif "decided_on" in found and not found["decided_on"]:
            found["decided_on"] = clock.today()
        return found


class RuleForm(forms.ModelForm):
    valid_from = DayField(label="Vanaf")
    valid_to = LastDayField(label="Tot en met", required=False)

    class Meta:
        model = VotingRule
        fields = (
            "subject", "electorate", "majority", "term_days", "valid_from", "valid_to", "source",
        )  # fmt: skip


class BallotFilter(forms.Form):
    zoek = forms.CharField(label="Aanbieder, product of woorden", required=False)
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *BallotState.choices]
    )
