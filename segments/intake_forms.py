"""Segments and products as tables: what a region writes down about what it buys."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from core.intake.cells import choice, code, day, text, whole, yes_no
from core.intake.modelrows import Ledger, Row, RowRefused, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm
from regions.intake_forms import may_deliver_setup

from .enums import Direction
from .models import Product, ProductPlacement, Segment, SegmentScheme

_SEGMENTS = TableForm(
    "segment",
    (
        TableColumn(
            "indeling", "scheme", text(40), required=False, help="code; leeg: de enige indeling"
        ),
        TableColumn("segment", "code", text(20, example="S5")),
        TableColumn("naam", "name", text(160, example="Veelvoorkomende jeugdhulp")),
        TableColumn(
            "norm_dagen",
            "norm_days",
            whole(0, 3660, example="42"),
            required=False,
            help="norm voor de wachttijd in dagen; leeg: geen norm",
        ),
    ),
    file_name="segmenten",
)

_PRODUCTS = TableForm(
    "product",
    (
        TableColumn("productcode", "code", text(5, example="45A48")),
        TableColumn("productcategorie", "category", code(2, example="45"), help="JZ020"),
        TableColumn("segment", "segment", text(20, example="S5"), required=False),
        TableColumn("verblijf", "is_stay", yes_no(), required=False),
        TableColumn(
            "richting",
            "direction",
            choice({value: value for value in Direction.values}),
            required=False,
        ),
        TableColumn("omschrijving", "name", text(200), required=False),
        TableColumn("landelijke_code", "standard_code", text(5), required=False),
        TableColumn("hulpvorm", "care_form", code(2, example="02"), required=False, help="CBS"),
        TableColumn("eenheid", "unit", code(2, example="01"), required=False, help="WJ756"),
        TableColumn("geldig_van", "valid_from", day(example="2025-01-01")),
        TableColumn(
            "geldig_tot", "last_day", day(), required=False, help="laatste dag; leeg: geen einde"
        ),
    ),
    in_order=(("geldig_van", "geldig_tot"),),
    file_name="producten",
)


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
    given = ("name", "standard_code", "care_form", "unit")
    ledger.put(
        Product,
        key={"region_id": region_id, "code": row["code"]},
        values={
            "category": row["category"],
            **{name: row[name] for name in given if row[name] is not None},
        },
    )
    if row["segment"] is None:
        return
    valid_to = row["last_day"] + timedelta(days=1) if row["last_day"] else None
    places = _segments_in_force(region_id, row["segment"], row["valid_from"], valid_to)
    if not places:
        raise RowRefused(
            "segment-onbekend",
            "segment",
            "Geen segmentindeling van die periode kent dit segment.",
            "Controleer de code van het segment en de periode.",
        )
    for segment in places:
        _place(ledger, segment, row, valid_to)


def _segments_in_force(
    region_id: int, code: str, valid_from: date, valid_to: date | None
) -> QuerySet[Segment]:
    found = Segment.objects.filter(
        Q(scheme__valid_to__isnull=True) | Q(scheme__valid_to__gt=valid_from),
        scheme__region_id=region_id,
        code=code,
    )
    return found.filter(scheme__valid_from__lt=valid_to) if valid_to else found


def _place(ledger: Ledger, segment: Segment, row: Row, valid_to: date | None) -> None:
    key: dict[str, Any] = {"scheme": segment.scheme, "product_code": row["code"]}
    earlier = ProductPlacement.objects.filter(
        **key, valid_from__lt=row["valid_from"], valid_to__isnull=True
    ).first()
    if earlier:  # an open place ends where the next one begins
        ledger.change(earlier, valid_to=row["valid_from"])
    ledger.put(
        ProductPlacement,
        key={**key, "valid_from": row["valid_from"]},
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
