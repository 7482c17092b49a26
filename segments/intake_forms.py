"""Segments and products as tables: what a region writes down about what it buys."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from core import clock
from core.intake.cells import choice, code, loose_day, padded_code, text, whole, yes_no
from core.intake.modelrows import Ledger, Row, RowRefused, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm
from regions.intake_forms import may_deliver_setup

from .enums import Direction
from .intake_cells import UNIT
from .models import Product, ProductPlacement, Segment, SegmentScheme

_SEGMENTS = TableForm(
    "segment",
    (
        TableColumn(
            "indeling", "scheme", text(40), required=False, help="code; leeg: de enige indeling",
            also=("segmentindeling", "kader", "framework"),
        ),
        TableColumn(
            "segment", "code", text(20, example="S5"),
            also=("segmentcode", "code", "segment nr.", "segmentnummer", "nummer"),
        ),
        TableColumn(
            "naam", "name", text(160, example="Veelvoorkomende jeugdhulp"),
            also=("segmentnaam", "naam segment", "omschrijving", "titel"),
        ),
        TableColumn(
            "norm_dagen", "norm_days", whole(0, 3660, example="42"), required=False,
            help="norm voor de wachttijd in dagen; leeg: geen norm",
            also=("wachttijdnorm", "norm", "norm wachttijd", "norm (dagen)", "max. wachttijd"),
        ),
    ),
    file_name="segmenten",
    others_ignored=True,
)  # fmt: skip

_DIRECTIONS = {value: value for value in Direction.values} | {
    label: value for value, label in Direction.choices
}
_PRODUCTS = TableForm(
    "product",
    (
        TableColumn(
            "productcode", "code", text(5, example="45A48"), also=("code", "product", "prod.code")
        ),
        TableColumn(
            "productcategorie", "category", code(2, example="45"), required=False,
            help="JZ020; leeg: de eerste twee cijfers van de productcode",
            also=("categorie", "productcat.", "cat."),
        ),
        TableColumn(
            "segment", "segment", text(160, example="S5"), required=False,
            help="code of naam", also=("segmentcode", "naam segment"),
        ),
        TableColumn(
            "verblijf", "is_stay", yes_no(), required=False,
            also=("met verblijf", "verblijf (ja/nee)"),
        ),
        TableColumn(
            "richting", "direction", choice(_DIRECTIONS), required=False,
            also=("gerichtheid", "gericht op"),
        ),
        TableColumn(
            "omschrijving", "name", text(200), required=False,
            also=("naam", "productnaam", "naam product", "productomschrijving", "titel"),
        ),
        TableColumn(
            "landelijke_code", "standard_code", text(5), required=False,
            also=("standaardcode", "code landelijk", "i-standaard"),
        ),
        TableColumn(
            "hulpvorm", "care_form", padded_code(2, least=1, example="02"), required=False,
            help="CBS", also=("hulpvorm cbs", "cbs-code"),
        ),
        TableColumn(
            "eenheid", "unit", UNIT, required=False, help="WJ756",
            also=("per", "declaratie-eenheid", "tarief per"),
        ),
        TableColumn(
            "normale_duur", "normal_duration_days", whole(1, 3660, example="270"), required=False,
            help="in dagen", also=("normale duur (dagen)", "duur", "trajectduur", "duur in dagen"),
        ),
        TableColumn(
            "geldig_van", "valid_from", loose_day(example="2025-01-01"), required=False,
            help="leeg: zolang de indeling geldt",
            also=("begindatum", "ingangsdatum", "vanaf", "per datum", "geldig vanaf"),
        ),
        TableColumn(
            "geldig_tot", "last_day", loose_day(), required=False,
            help="laatste dag; leeg: geen einde",
            also=("einddatum", "t/m", "tot en met", "geldig t/m", "geldig tot en met"),
        ),
    ),
    in_order=(("geldig_van", "geldig_tot"),),
    file_name="producten",
    others_ignored=True,
)  # fmt: skip


def _put_segment(ledger: Ledger, region_id: int, row: Row) -> None:
    schemes = SegmentScheme.objects.filter(region_id=region_id)
    if row["scheme"]:
        schemes = schemes.filter(code=row["scheme"])
    found = list(schemes[:2])
    if len(found) != 1:
        raise RowRefused(
            "indeling-onbekend",
            "indeling",
            "Het is niet duidelijk bij welke segmentindeling deze rij hoort.",
            "Vul de code in van een indeling die de regio kent.",
        )
    ledger.put(
        Segment,
        key={"scheme": found[0], "code": row["code"]},
        values={"name": row["name"], "wait_norm_days": row["norm_days"]},
    )


def _put_product(ledger: Ledger, region_id: int, row: Row) -> None:
    """The product, and its place in every scheme of that period that has the segment."""
    given = ("name", "standard_code", "care_form", "unit", "normal_duration_days")
    ledger.put(
        Product,
        key={"region_id": region_id, "code": row["code"]},
        values={
            "category": row["category"] or _category_of(row["code"]),
            **{name: row[name] for name in given if row[name] is not None},
        },
    )
    if row["segment"] is None:
        return
    valid_to = row["last_day"] + timedelta(days=1) if row["last_day"] else None
    begin = row["valid_from"] or clock.today()
    places = _segments_in_force(region_id, row["segment"], begin, valid_to)
    if not places:
        raise RowRefused(
            "segment-onbekend",
            "segment",
            "Geen segmentindeling van die periode kent dit segment.",
            "Controleer de code van het segment en de periode.",
        )
    for segment in places:
        _place(ledger, segment, row, valid_to)


def _category_of(product_code: str) -> str:
    if not product_code[:2].isdigit():
        raise RowRefused(
            "categorie-ontbreekt",
            "productcategorie",
            "De productcode begint niet met de twee cijfers van een productcategorie.",
            "Vul de productcategorie in.",
        )
    return product_code[:2]


def _segments_in_force(
    region_id: int, named: str, valid_from: date, valid_to: date | None
) -> QuerySet[Segment]:
    found = Segment.objects.filter(
        Q(scheme__valid_to__isnull=True) | Q(scheme__valid_to__gt=valid_from),
        Q(code__iexact=named) | Q(name__iexact=named),
        scheme__region_id=region_id,
    )
    found = found.select_related("scheme")
    return found.filter(scheme__valid_from__lt=valid_to) if valid_to else found


def _place(ledger: Ledger, segment: Segment, row: Row, valid_to: date | None) -> None:
    key: dict[str, Any] = {"scheme": segment.scheme, "product_code": row["code"]}
    open_place = ProductPlacement.objects.filter(**key, valid_to__isnull=True).first()
    begin = row["valid_from"] or (open_place or segment.scheme).valid_from
    if open_place and open_place.valid_from < begin:  # it ends where the next one begins
        ledger.change(open_place, valid_to=begin)
    ledger.put(
        ProductPlacement,
        key={**key, "valid_from": begin},
        values={
            "segment": segment,
            "is_stay": bool(row["is_stay"]),
            "direction": row["direction"] or "",
            "valid_to": valid_to,
        },
    )


def register() -> None:
    register_form(
        model_rows_form(
            code="segmenten",
            title="Segmenten",
            description="De segmenten van een indeling, met hun norm voor de wachttijd.",
            table=_SEGMENTS,
            put_row=_put_segment,
            may_use=may_deliver_setup,
        )
    )
    register_form(
        model_rows_form(
            code="producten",
            title="Producten",
            description="Productcodes van de regio en hun plaats in de segmentindeling.",
            table=_PRODUCTS,
            put_row=_put_product,
            may_use=may_deliver_setup,
        )
    )
