"""Products and categories in a pack."""

from typing import Any

from core.packs import Node, save_or_complain
from regions.pack import filled

from .enums import Direction
from .models import CareCategory, Product, ProductPlacement, Segment, SegmentScheme

DIRECTIONS = {"herstel": Direction.RECOVERY, "ondersteuning": Direction.SUPPORT}


def read(pack: Node, head: Node, scheme: SegmentScheme, segments: dict[str, Segment]) -> None:
    for node in head.items("categorieen"):
        _read_category(node, scheme)
    for node in pack.items("producten"):
        _read_product(node, scheme, segments)


def _read_category(node: Node, scheme: SegmentScheme) -> None:
    node.only(
        "gerichtheid", "verblijf", "naam", "omschrijving", "aandeel_budget", "aandeel_clienten",
        "bron",
    )  # fmt: skip
    key = {
        "scheme": scheme,
        "direction": node.choice("gerichtheid", DIRECTIONS),
        "is_stay": node.flag("verblijf"),
    }
    category = CareCategory.objects.filter(**key).first() or CareCategory(**key)
    category.name = node.text("naam", max_length=120)
    category.description = node.text("omschrijving", "")
    category.budget_share = node.number("aandeel_budget", None)
    category.client_share = node.number("aandeel_clienten", None)
    category.source = node.text("bron", "")
    save_or_complain(category, node)


def _read_product(node: Node, scheme: SegmentScheme, segments: dict[str, Segment]) -> None:
    node.only(
        "code", "categorie", "naam", "landelijke_code", "hulpvorm", "eenheid", "normale_duur_dagen",
        "segment", "verblijf", "gerichtheid", "vanaf", "tot",
    )  # fmt: skip
    code = node.text("code", max_length=5)
    product = Product.objects.filter(region=scheme.region, code=code).first() or Product(
        region=scheme.region, code=code
    )
    product.category = node.text("categorie", max_length=2)
    product.name = node.text("naam", "", max_length=200)
    product.standard_code = node.text("landelijke_code", "", max_length=5)
    product.care_form = node.text("hulpvorm", "", max_length=2)
    product.unit = node.text("eenheid", "", max_length=2)
    product.normal_duration_days = node.integer("normale_duur_dagen", None)
    if not save_or_complain(product, node):
        return
    segment = node.text("segment", "")
    if segment and segment not in segments:
        node.problem(f"segment '{segment}' staat niet in de indeling")
    elif segment:
        _place(node, scheme, code, segments[segment])


def _place(node: Node, scheme: SegmentScheme, code: str, segment: Segment) -> None:
    """Where the product stands; without dates for as long as any report looks back."""
    start = node.day("vanaf", None) or scheme.valid_from
    row = ProductPlacement.objects.filter(
        scheme=scheme, product_code=code, valid_from=start
    ).first() or ProductPlacement(scheme=scheme, product_code=code, valid_from=start)
    row.valid_to = node.day("tot", None)
    row.segment = segment
    row.is_stay = node.flag("verblijf")
    row.direction = node.choice("gerichtheid", DIRECTIONS, "") or ""
    save_or_complain(row, node)


def write_categories(scheme: SegmentScheme) -> list[dict[str, Any]]:
    return [
        filled(
            {
                "gerichtheid": c.direction,
                "verblijf": c.is_stay,
                "naam": c.name,
                "omschrijving": c.description,
                "aandeel_budget": _plain(c.budget_share),
                "aandeel_clienten": _plain(c.client_share),
                "bron": c.source,
            }
        )
        for c in scheme.categories.all()
    ]


def _plain(value: Any) -> str | None:
    return None if value is None else str(value.normalize())


def write(scheme: SegmentScheme) -> list[dict[str, Any]]:
    products = {p.code: p for p in Product.objects.filter(region=scheme.region)}
    return [
        _write_placement(row, products[row.product_code], scheme)
        for row in scheme.placements.select_related("segment")
        if row.product_code in products
    ]


def _write_placement(
    row: ProductPlacement, product: Product, scheme: SegmentScheme
) -> dict[str, Any]:
    return filled(
        {
            "code": product.code,
            "categorie": product.category,
            "naam": product.name,
            "landelijke_code": product.standard_code,
            "hulpvorm": product.care_form,
            "eenheid": product.unit,
            "normale_duur_dagen": product.normal_duration_days,
            "segment": row.segment.code,
            "verblijf": row.is_stay,
            "gerichtheid": row.direction,
            "vanaf": None if row.valid_from == scheme.valid_from else row.valid_from.isoformat(),
            "tot": row.valid_to.isoformat() if row.valid_to else None,
        }
    )
