"""What follows from the line of decisions: regional order, effect of a change, agenda."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.api.rest import ApiView, Day, Euros, Input, Number, Rows, Text, Texts, Whole, YesNo
from core.calendar.api import Level, Placed, entries, sources
from core.periods import add_months
from core.ui import Place
from regions.api.choose import RegionChoice

from ..enums.policy import PlanKind
from ..queries import orders
from ..queries.line import Line, Node

AHEAD = 12


class OrderCellShape(Rows):
    gemeente = Text()
    bedrag = Euros(allow_null=True, help_text="Leeg: niet opgegeven, dus niet nul.")
    aandeel = Number(allow_null=True, help_text="Deel van het totaal van de gemeente (0-1).")
    verschil = Number(allow_null=True, help_text="Met het aandeel in de regio (0-1).")
    wijktAf = YesNo(help_text="Meer dan vijf procentpunten.")

    class Meta:
        ref_name = "RegionaleOpdrachtVakje"


class OrderLotShape(Rows):
    perceel = Text()
    totaal = Euros()
    aandeel = Number(allow_null=True)
    ontbreekt = Texts(help_text="Gemeenten die voor dit perceel niets opgaven.")
    gemeenten = OrderCellShape(many=True)

    class Meta:
        ref_name = "RegionaleOpdrachtPerceel"


class OrderShape(Rows):
    plannen = Texts(help_text="De lokale plannen die zijn opgeteld.")
    totaal = Euros()
    percelen = OrderLotShape(many=True)

    class Meta:
        ref_name = "RegionaleOpdracht"


class OrderMixin:
    """Adds `GET .../{id}/regionale-opdracht` to plans."""

    object: Any

    @extend_schema(responses=OrderShape, filters=False, summary="De regionale opdracht")
    @action(detail=True, url_path="regionale-opdracht", url_name="order", pagination_class=None)
    def order(self, request: Request, pk: int) -> Response:
        """De lokale plannen onder dit plan, opgeteld per perceel, met de verschillen."""
        plan = self.object()
        if plan.kind == PlanKind.LOCAL:
            raise Http404
        found = orders.of_framework(plan, request.user)
        order = found.order
        return Response(
            {
                "plannen": [str(one) for one in found.plans],
                "totaal": str(order.total if order else "0.00"),
                "percelen": [_lot(row) for row in order.rows] if order else [],
            }
        )


def _lot(row: Any) -> dict[str, Any]:
    return {
        "perceel": row.lot,
        "totaal": str(row.total),
        "aandeel": _share(row.share),
        "ontbreekt": list(row.missing),
        "gemeenten": [
            {
                "gemeente": cell.municipality,
                "bedrag": None if cell.amount is None else str(cell.amount),
                "aandeel": _share(cell.share),
                "verschil": _share(cell.difference),
                "wijktAf": cell.is_notable,
            }
            for cell in row.cells
        ],
    }


def _share(value: Any) -> str | None:
    return None if value is None else f"{value:.4f}"


class EffectShape(Rows):
    soort = Text(help_text="section, goal, choice, clause of framework.")
    id = Whole()
    naam = Text()
    diepte = Whole(help_text="1: hangt er zelf aan; 2: hangt aan wat eraan hangt.")

    class Meta:
        ref_name = "GevolgVanWijziging"


class EffectMixin:
    """Adds `GET .../{id}/gevolgen` to frameworks."""

    object: Any

    @extend_schema(responses=EffectShape(many=True), filters=False, summary="Wat verandert er mee")
    @action(detail=True, url_path="gevolgen", url_name="effects", pagination_class=None)
    def effects(self, request: Request, pk: int) -> Response:
        """Wat u ziet van alles dat aan dit kader hangt, van boven naar beneden, elk een keer."""
        framework = self.object()
        found: dict[tuple[str, int], dict[str, Any]] = {}
        for node, depth in _with_depth(Line.of(framework.region, request.user).below(framework)):
            row = {"soort": node.kind, "id": node.thing.pk, "naam": str(node.thing)}
            found.setdefault((node.kind, node.thing.pk), {**row, "diepte": depth})
        return Response([*found.values()])


def _with_depth(nodes: tuple[Node, ...], depth: int = 1) -> list[tuple[Node, int]]:
    found = []
    for node in nodes:
        found += [(node, depth), *_with_depth(node.more, depth + 1)]
    return found


class AgendaInput(Input):
    regio = RegionChoice()
    vanaf = serializers.DateField(required=False, help_text="Zonder keuze: vandaag.")
    tot = serializers.DateField(
        required=False, help_text="Tot en met; zonder keuze een jaar na de eerste dag."
    )
    niveau = serializers.ChoiceField([level.value for level in Level], required=False)
    soort = serializers.CharField(required=False, max_length=40, help_text="Code van de bron.")

    class Meta:
        ref_name = "AgendaVraag"

    def validate_soort(self, value: str) -> str:
        if value not in {source.code for source in sources()}:
            raise serializers.ValidationError("Deze bron is er niet.")
        return value


class AgendaShape(Rows):
    soort = Text(help_text="Code van de bron, zoals meetings of decisions.")
    bron = Text(help_text="De bron in woorden.")
    dag = Day()
    totEnMet = Day(allow_null=True)
    eerstGepland = Day(allow_null=True)
    niveau = Text()
    titel = Text()
    over = Text(allow_blank=True)
    klaar = YesNo()
    adres = Text(allow_blank=True, help_text="De pagina waar dit staat.")

    class Meta:
        ref_name = "AgendaRegel"


class AgendaView(ApiView):
    """Alles wat u op de agenda van een regio ziet: lokaal, regionaal en landelijk."""

    @extend_schema(
        parameters=[AgendaInput], responses=AgendaShape(many=True), filters=False,
        summary="De agenda",
    )  # fmt: skip
    def list(self, request: Request) -> Response:
        asked = AgendaInput(data=request.query_params, context={"request": request})
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        start = wanted.get("vanaf") or clock.today()
        last = wanted.get("tot") or add_months(start, AHEAD)
        codes = (wanted["soort"],) if "soort" in wanted else ()
        place = Place(request.user, wanted["regio"])
        found = entries(place, start, last, codes=codes, level=wanted.get("niveau", ""))
        return Response([_on_agenda(one) for one in found])


def _on_agenda(one: Placed) -> dict[str, Any]:
    entry = one.entry
    return {
        "soort": one.source.code,
        "bron": one.source.label,
        "dag": entry.day,
        "totEnMet": entry.last,
        "eerstGepland": entry.first_day,
        "niveau": entry.level.value,
        "titel": entry.title,
        "over": entry.about,
        "klaar": entry.done,
        "adres": entry.url,
    }
