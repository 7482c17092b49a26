"""Indicators as the application computes them, in words."""

from typing import Any

from core.api.rest import ListView, Rows, Text, Texts, YesNo

from ..enums import Cell, Guard, Kind
from ..indicators import INDICATORS, Indicator
from ..presenters import FEEDS
from .views import FAVOURABLE

COMPUTED = {
    Kind.COUNT: "De waarde is de teller; een noemer ernaast zegt over hoeveel het gaat.",
    Kind.SHARE: "Teller gedeeld door noemer, met een interval van 95 %.",
    Kind.MONEY_SHARE: "Teller gedeeld door noemer, beide in euro.",
    Kind.MEAN: "Teller gedeeld door noemer.",
    Kind.RATE: "Teller gedeeld door noemer, keer 100.",
    Kind.PERCENTILE: "Een percentiel van de waarden; de noemer is hun aantal.",
    Kind.MONEY: "De waarde is de teller, in euro.",
    Kind.INDEX: "Een index die niet optelt over delen.",
}
GUARDED = {
    Guard.CASES: "Kleine aantallen jeugdigen zijn afgeschermd.",
    Guard.SHARE: "Afgeschermd als teller, noemer of hun verschil een klein aantal is.",
    Guard.STATISTIC: "Afgeschermd als het over weinig jeugdigen gaat.",
    Guard.SPEND: "Afgeschermd als het over weinig jeugdigen of aanbieders gaat.",
    Guard.OPEN: "Niet afgeschermd: gaat niet over jeugdigen.",
}


class DefinitionRows(Rows):
    code = Text()
    naam = Text()
    definitie = Text(help_text="Wat de teller en de noemer tellen, en wat niet meetelt.")
    thema = Text()
    rekenwijze = Text()
    eenheid = Text()
    gunstig = Text(help_text="`hoger`, `lager` of `geen` van beide.")
    metInterval = YesNo()
    cellen = Texts(help_text="Waarvoor de indicator wordt berekend.")
    bron = Text(help_text="Waar de gegevens vandaan komen.")
    afscherming = Text()
    variantVan = Text(allow_null=True, help_text="Code van de indicator die deze verbijzondert.")

    class Meta:
        ref_name = "Indicatordefinitie"

    @classmethod
    def read(cls, queryset: Any) -> list[dict[str, Any]]:
        return [in_words(indicator) for indicator in queryset]


def in_words(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "naam": indicator.name,
        "definitie": indicator.definition,
        "thema": indicator.theme.heading,
        "rekenwijze": COMPUTED[indicator.kind],
        "eenheid": indicator.unit.name,
        "gunstig": FAVOURABLE[indicator.polarity.value],
        "metInterval": indicator.has_interval,
        "cellen": [cell.title for cell in Cell if cell in indicator.cells],
        "bron": FEEDS[indicator.feed],
        "afscherming": GUARDED[indicator.suppression],
        "variantVan": indicator.variant_of or None,
    }


def all_indicators(user: Any) -> list[Indicator]:
    """The same for everyone: definitions hold no figures."""
    return list(INDICATORS)


class DefinitionView(ListView):
    about = (
        "De indicatoren die de toepassing berekent, in woorden. Welke een regio gebruikt, staat "
        "bij `indicatoren`."
    )
    visible = staticmethod(all_indicators)
    serializer_class = DefinitionRows
    filter_backends = ()
    filterset_class = None
