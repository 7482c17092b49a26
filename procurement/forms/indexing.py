"""Forms about indexation and what tariffs are made of."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from core import clock
from core.ui.forms import DayField, DutchDecimalField
from regions.models import Region

from ..domain.yearly_amounts import usual_codes, yearly_amounts
from ..enums.contracts import ContractStatus
from ..models import Contract, CostComponents, IndexationRule, IndexationRun, IndexFigure
from .parts import dutch_field

IndexFigureForm = forms.modelform_factory(
    IndexFigure,
    fields=("series", "year", "stage", "percentage", "published_on", "source"),
    formfield_callback=dutch_field,
)
ComponentsForm = forms.modelform_factory(
    CostComponents, fields=(*CostComponents.PARTS, "source"), formfield_callback=dutch_field
)


class _RuleForm(forms.ModelForm):
    """The rule of the region, or of one contract."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contracts = Contract.objects.filter(region=self.instance.region)
        self.fields["contract"].queryset = contracts  # type: ignore[attr-defined]


IndexRuleForm = forms.modelform_factory(
    IndexationRule,
    form=_RuleForm,
    fields=(
        "contract",
        "kind",
        "flat_percentage",
        "labour_share",
        "material_share",
        "labour_series",
        "material_series",
        "corrects",
        "exempt_care_forms",
        "valid_from",
        "valid_to",
        "source",
    ),
    formfield_callback=dutch_field,
)


class RunForm(forms.Form):
    """What a round of indexation takes in."""

    year = forms.IntegerField(label="Jaar", min_value=2016, max_value=2100)
    effective_from = DayField(
        label="Gaat in op", required=False, help_text="Leeg: 1 januari van dat jaar."
    )
    extra_points = DutchDecimalField(
        label="Extra procentpunten", required=False, max_digits=5, decimal_places=3,
        help_text="Een correctie die de regio zelf vaststelt, bijvoorbeeld 0,10.",
    )  # fmt: skip
    with_region = forms.BooleanField(
        label="Tarieven van de regio en van percelen", required=False, initial=True
    )
    amounts = forms.MultipleChoiceField(
        label="Ook bedragen per jaar",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Met de regel van het contract. Plafonds en jaarbedragen alleen op 1 januari.",
    )
    contracts = forms.ModelMultipleChoiceField(
        Contract.objects.none(),
        label="Contracten met eigen tarieven of bedragen",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = clock.today().year + 1
        self.fields["amounts"].choices = [  # type: ignore[attr-defined]
            (kind.code, kind.label.capitalize()) for kind in yearly_amounts()
        ]
        self.fields["amounts"].initial = usual_codes()
        contracts = with_amounts(region)
        self.fields["contracts"].queryset = contracts  # type: ignore[attr-defined]
        self.fields["contracts"].initial = list(contracts)

    def given(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["extra_points"] = values["extra_points"] or Decimal(0)
        return values


def with_amounts(region: Region) -> QuerySet[Contract]:
    """Running contracts with something of their own to index."""
    own = Q(tariffs__isnull=False)
    for kind in yearly_amounts():
        own |= Q(pk__in=kind.owners(region.pk))
    return Contract.objects.filter(own, region=region, status__in=ContractStatus.LIVE).distinct()


def given_before(run: IndexationRun | None) -> dict[str, Any]:
    """What a round took in, to begin another with; nothing without one."""
    if run is None:
        return {}
    contracts = set(run.lines.values_list("contract", flat=True))
    contracts |= set(run.amounts.values_list("contract", flat=True))
    return {
        "year": run.year,
        "effective_from": run.effective_from,
        "extra_points": run.extra_points or None,
        "with_region": None in contracts,
        "amounts": list(run.amounts.order_by().values_list("kind", flat=True).distinct()),
        "contracts": [pk for pk in contracts if pk],
    }
