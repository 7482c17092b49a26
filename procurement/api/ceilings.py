"""Signals about ceilings for programs."""

from typing import Any

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Euros,
    Filters,
    Input,
    KeepView,
    KeyOf,
    MoveInput,
    MoveView,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
)
from regions.api.choose import region_filter

from ..domain import ceilings as domain
from ..enums import ceilings as enums
from ..models import CeilingLetter, CeilingSignal
from ..queries import ceilings as queries


class LetterRows(Rows):
    soort = Choice(enums.CeilingLetterKind, source="kind")
    verzondenOp = Day(source="sent_on")

    class Meta:
        ref_name = "BriefOverPlafond"


class SignalRows(Rows):
    id = Whole()
    regio = Text(source="cap__contract__region__slug")
    plafond = Whole(source="cap_id")
    contract = Text(source="cap__contract__number")
    agbCode = Text(source="cap__contract__provider__agb_code")
    jaar = Whole(source="cap__year")
    bedrag = Euros(source="cap__amount")
    gebruikt = Euros(source="used", help_text="Zonder crisishulp, op `standVan`.")
    gebruiktBijSignaal = Euros(source="used_then")
    verwacht = Euros(source="expected", allow_null=True, help_text="In het hele jaar.")
    bereiktOp = Day(source="reached_on", allow_null=True)
    standVan = Day(source="figures_on")
    gemeldDoor = Choice(enums.SignalSource, source="source")
    gesignaleerdOp = Day(source="signalled_on")
    toelichting = Text(source="note", allow_blank=True)
    gesprekOp = Day(source="talk_on", allow_null=True)
    verslag = Text(source="talk_report", allow_blank=True)
    besluit = Choice(enums.CeilingAnswer, source="answer", allow_null=True)
    motivering = Text(source="answer_text", allow_blank=True)
    beslotenOp = Day(source="decided_on", allow_null=True)
    stand = Choice(enums.CeilingState, source="state")
    brieven = many(LetterRows, model=CeilingLetter, by="signal_id", order=("sent_on", "pk"))
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Plafondsignaal"


class SignalInput(Input):
    plafond = KeyOf(queries.caps_visible_to, noun="plafond", source="cap")
    gebruikt = serializers.DecimalField(source="used", max_digits=14, decimal_places=2, min_value=0)
    toelichting = serializers.CharField(
        source="note", required=False, allow_blank=True, max_length=4000
    )

    class Meta:
        ref_name = "PlafondsignaalInvoer"


class SignalMoveInput(MoveInput):
    """A talk has a day and a report, a decision says what it is."""

    gesprekOp = Day(source="talk_on", required=False, allow_null=True)
    verslag = serializers.CharField(
        source="talk_report", required=False, allow_blank=True, max_length=20_000
    )
    besluit = Choice(enums.CeilingAnswer, source="answer", required=False)

    class Meta:
        ref_name = "StapVanPlafondsignaal"


class SignalFilters(Filters):
    regio = region_filter("cap__contract__region__slug")
    contract = django_filters.CharFilter(field_name="cap__contract__number")
    jaar = django_filters.NumberFilter(field_name="cap__year")
    stand = ChoiceOf(enums.CeilingState, field_name="state")


class SignalView(KeepView, MoveView):
    about = (
        "Signalen dat een budgetplafond bijna is gebruikt (contractstandaard, artikel 1.5). Een "
        "aanbieder meldt zelf met `plafond` en `gebruikt`; uit declaraties komt een signaal "
        "vanzelf. De stap `uitnodigen-voor-gesprek` vraagt `gesprekOp`, `gesprek-is-gevoerd` "
        "ook `verslag`, `besluiten` vraagt `besluit`."
    )
    table = enums.CEILING_SIGNAL
    visible = staticmethod(queries.signals_visible_to)
    serializer_class = SignalRows
    filterset_class = SignalFilters
    input_class = SignalInput
    input_of_move = SignalMoveInput
    places = ("cap",)
    http_method_names = ("get", "head", "options", "post")

    def new_row(self, place: dict[str, Any]) -> CeilingSignal:
        return CeilingSignal(cap=place["cap"])

    def keep(self, row: Any) -> Any:
        return domain.report(cap=row.cap, used=row.used, note=row.note, by=self.request.user)

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        domain.move_signal(signal=row, move=move, by=self.request.user, reason=reason, **more)


VIEWS = (("plafondsignalen", SignalView, "plafondsignaal"),)
