"""Income, indications, volumes, shifts and settlements through the API, read and written."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Euros,
    Input,
    KeepView,
    KeyOf,
    MoveView,
    Number,
    Rows,
    Text,
    Whole,
    YesNo,
)
from procurement.queries.contracts import visible_to as contracts_visible_to
from providers.queries.providers import visible_to as providers_visible_to
from regions.api.choose import OfRegion, PlaceChoice, RegionChoice

from ..domain import steering
from ..enums import SETTLEMENT, SHIFT, IncomeStatus, SettlementState, ShiftState
from ..models import (
    BudgetShift,
    IncomeFromState,
    ProviderIndication,
    Settlement,
    ShiftRule,
    VolumeTarget,
)
from ..queries import steering as seen
from ..queries.visible import budgets_visible_to

KEY = "Sleutel binnen deze omgeving."
ALL = "Leeg: alle."


class OfYear(Input):
    regio = RegionChoice(source="region")
    jaar = serializers.IntegerField(source="year", min_value=2000, max_value=2100)
    toelichting = serializers.CharField(
        source="note", required=False, allow_blank=True, max_length=4000
    )
    bron = serializers.CharField(source="source", required=False, allow_blank=True, max_length=200)


class MoneyField(serializers.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **kwargs)


class Kept(KeepView):
    """A register whose rows belong to a region and are kept by the same two verbs."""

    places = ("region",)
    model: ClassVar[Any]

    def new_row(self, place: dict[str, Any]) -> Any:
        return self.model(region=place["region"])

    def keep(self, row: Any) -> Any:
        return steering.keep(row=row, by=self.request.user)

    def remove(self, row: Any) -> None:
        steering.remove(row=row, by=self.request.user)


class InYear(OfRegion):
    jaar = django_filters.NumberFilter(field_name="year", min_value=2000, max_value=2100)


class IncomeRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality__gm_code", allow_null=True, help_text=ALL)
    jaar = Whole(source="year")
    circulaire = Text(source="circular")
    datum = Day(source="dated", allow_null=True)
    bedrag = Euros(source="amount")
    indexering = Number(source="indexation", allow_null=True, help_text="In procent.")
    stand = Choice(IncomeStatus, source="status")
    circa = YesNo()
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Rijksinkomst"


class IncomeInput(OfYear):
    gemeente = PlaceChoice(source="municipality", required=False, allow_null=True)
    circulaire = serializers.CharField(source="circular", max_length=80)
    datum = Day(source="dated", required=False, allow_null=True)
    bedrag = MoneyField(source="amount", min_value=0)
    indexering = serializers.DecimalField(
        source="indexation", max_digits=5, decimal_places=2, required=False, allow_null=True
    )
    stand = Choice(IncomeStatus, source="status")
    circa = serializers.BooleanField(required=False)

    class Meta:
        ref_name = "RijksinkomstInvoer"


class IncomeView(Kept):
    about = "Wat het Rijk in een jaar geeft, per circulaire. De laatste circulaire telt."
    visible = staticmethod(seen.incomes_visible_to)
    serializer_class = IncomeRows
    filterset_class = InYear
    input_class = IncomeInput
    model = IncomeFromState


class IndicationRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    aanbieder = Whole(source="provider_id")
    agbCode = Text(source="provider__agb_code")
    segment = Text(allow_blank=True, help_text=ALL)
    jaar = Whole(source="year")
    bedrag = Euros(source="amount", help_text="Geen garantie en geen plafond.")
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Budgetindicatie"


class IndicationInput(OfYear):
    aanbieder = KeyOf(providers_visible_to, source="provider", help_text="Sleutel.")
    segment = serializers.CharField(required=False, allow_blank=True, max_length=20)
    bedrag = MoneyField(source="amount", min_value=0)

    class Meta:
        ref_name = "BudgetindicatieInvoer"


class IndicationView(Kept):
    about = "Waar een aanbieder in een jaar op mag rekenen. Alleen voor de regionale organisatie."
    visible = staticmethod(seen.indications_visible_to)
    serializer_class = IndicationRows
    filterset_class = InYear
    input_class = IndicationInput
    model = ProviderIndication


class VolumeRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality__gm_code")
    segment = Text(allow_blank=True, help_text=ALL)
    jaar = Whole(source="year")
    tenHoogste = Whole(source="most", help_text="Trajecten die in het jaar beginnen.")
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Volumeafspraak"


class VolumeInput(OfYear):
    gemeente = PlaceChoice(source="municipality")
    segment = serializers.CharField(required=False, allow_blank=True, max_length=20)
    tenHoogste = serializers.IntegerField(source="most", min_value=0, max_value=10**6)

    class Meta:
        ref_name = "VolumeafspraakInvoer"


class VolumeView(Kept):
    about = "Hoeveel trajecten een toegang in een jaar wil laten beginnen."
    visible = staticmethod(seen.volumes_visible_to)
    serializer_class = VolumeRows
    filterset_class = InYear
    input_class = VolumeInput
    model = VolumeTarget


class ShiftRuleRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    naam = Text(source="name")
    vanJaar = Whole(source="first_year")
    totEnMetJaar = Whole(source="last_year", allow_null=True)
    uitPerceel = Text(source="from_lot__code", allow_null=True, help_text=ALL)
    naarPerceel = Text(source="to_lot__code", allow_null=True, help_text=ALL)
    tenHoogste = Number(source="most_percent", help_text="Procent van het gegeven bedrag.")
    besluitDoor = Text(source="decided_by")
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Verschuivingsregel"


class ShiftRuleInput(Input):
    regio = RegionChoice(source="region")
    naam = serializers.CharField(source="name", max_length=120)
    vanJaar = serializers.IntegerField(source="first_year", min_value=2000, max_value=2100)
    totEnMetJaar = serializers.IntegerField(
        source="last_year", min_value=2000, max_value=2100, required=False, allow_null=True
    )
    tenHoogste = serializers.DecimalField(source="most_percent", max_digits=5, decimal_places=2)
    besluitDoor = serializers.CharField(source="decided_by", max_length=160)
    bron = serializers.CharField(source="source", required=False, allow_blank=True, max_length=200)

    class Meta:
        ref_name = "VerschuivingsregelInvoer"


class ShiftRuleView(Kept):
    about = "Hoeveel er tussen percelen mag worden verschoven, en wie dat besluit."
    visible = staticmethod(seen.shift_rules_visible_to)
    serializer_class = ShiftRuleRows
    filterset_class = OfRegion
    input_class = ShiftRuleInput
    model = ShiftRule


class ShiftRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    regel = Whole(source="rule_id")
    uitBegroting = Whole(source="from_budget_id")
    naarBegroting = Whole(source="to_budget_id")
    bedrag = Euros(source="amount")
    reden = Text(source="reason")
    stand = Choice(ShiftState, source="state")
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Verschuiving"


class ShiftInput(Input):
    regio = RegionChoice(source="region")
    regel = KeyOf(seen.shift_rules_visible_to, source="rule", help_text="Sleutel.")
    uitBegroting = KeyOf(budgets_visible_to, source="from_budget", help_text="Sleutel.")
    naarBegroting = KeyOf(budgets_visible_to, source="to_budget", help_text="Sleutel.")
    bedrag = MoneyField(source="amount", min_value=0)
    reden = serializers.CharField(source="reason", max_length=4000)

    class Meta:
        ref_name = "VerschuivingInvoer"


class ShiftFilters(OfRegion):
    jaar = django_filters.NumberFilter(field_name="from_budget__year")
    stand = ChoiceOf(ShiftState, field_name="state")


class Moving(MoveView):
    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        steering.move(row=row, move=move, by=self.request.user, reason=reason)


class ShiftView(Kept, Moving):
    about = "Verschuivingen tussen begrotingen."
    table = SHIFT
    visible = staticmethod(seen.shifts_visible_to)
    serializer_class = ShiftRows
    filterset_class = ShiftFilters
    input_class = ShiftInput
    model = BudgetShift


class SettlementRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    contract = Text(source="contract__number")
    segment = Text()
    jaar = Whole(source="year")
    afspraak = Euros(source="agreed")
    bandbreedte = Number(source="margin", help_text="In procent.")
    geleverd = Euros(source="delivered", allow_null=True)
    stand = Choice(SettlementState, source="state")
    toelichting = Text(source="note", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Afrekening"


class SettlementInput(Input):
    regio = RegionChoice(source="region")
    contract = KeyOf(contracts_visible_to, help_text="Sleutel.")
    segment = serializers.CharField(max_length=20)
    jaar = serializers.IntegerField(source="year", min_value=2000, max_value=2100)
    afspraak = MoneyField(source="agreed", min_value=0)
    bandbreedte = serializers.DecimalField(
        source="margin", max_digits=5, decimal_places=2, required=False
    )
    geleverd = MoneyField(source="delivered", min_value=0, required=False, allow_null=True)
    toelichting = serializers.CharField(
        source="note", required=False, allow_blank=True, max_length=4000
    )

    class Meta:
        ref_name = "AfrekeningInvoer"


class SettlementView(Kept, Moving):
    about = "Afrekening van taakgerichte contracten. Alleen voor de regionale organisatie."
    table = SETTLEMENT
    visible = staticmethod(seen.settlements_visible_to)
    serializer_class = SettlementRows
    filterset_class = InYear
    input_class = SettlementInput
    model = Settlement
