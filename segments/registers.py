"""The registers of products and where they stand in a scheme, of its goals and its targets."""

from typing import Any

from core.ui.registers import Field, Register, last_day


def _followed_by(goal: Any) -> str:
    return ", ".join(link.indicator.name for link in goal.indicators.all())


PRODUCTS = Register(
    code="products",
    title="Producten",
    sorting={"code": "code", "naam": "name", "categorie": "category"},
    default="code",
    fields=(
        Field("Code", "code"),
        Field("Naam", "name", width=40),
        Field("Categorie", "category"),
        Field("Landelijke code", "standard_code"),
        Field("Normale duur", "normal_duration_days", "In dagen.", decimals=0),
    ),
)
PLACEMENTS = Register(
    code="placements",
    title="Producten in segmenten",
    sorting={"code": "product_code", "segment": "segment__order"},
    default="code",
    fields=(
        Field("Product", "product_code"),
        Field("Segment", "segment.code"),
        Field("Naam van het segment", "segment.name", width=40),
        Field("Geldig vanaf", "valid_from"),
        Field("Laatste dag", last_day("valid_to"), "Leeg: tot nader bericht."),
    ),
)
GOALS = Register(
    code="goals",
    title="Doelen van segmenten",
    sorting={"segment": "segment__order", "doel": "text"},
    default="segment",
    fields=(
        Field("Segment", "segment.code"),
        Field("Naam van het segment", "segment.name", width=40),
        Field("Nummer", "number"),
        Field("Doel", "text", width=80),
        Field("Hoort bij doel", "parent.number", "Leeg: een hoofddoel."),
        Field("Cijfers", _followed_by, "Waarmee de regio dit doel volgt.", width=60),
        Field("Geen cijfer, want", "no_figure_reason", width=40),
        Field("Bron", "source"),
    ),
)
TARGETS = Register(
    code="targets",
    title="Streefwaarden",
    sorting={"cijfer": "indicator__name", "segment": "segment__order", "jaar": "target_year"},
    default="cijfer",
    fields=(
        Field("Indicator", "indicator.name", width=40),
        Field("Segment", "segment.code", "Leeg: de hele regio."),
        Field("Categorie", "category"),
        Field("Soort", "get_kind_display"),
        Field("Waarde", "value", "Aandelen als 0,12.", decimals=2),
        Field("Ten opzichte van het basisjaar", "is_relative"),
        Field("Richting", "get_direction_display"),
        Field("Basisjaar", "base_year"),
        Field("Doeljaar", "target_year"),
        Field("In woorden", "text", width=60),
        Field("Aanname", "is_assumption"),
        Field("Bron", "source", width=30),
    ),
)
