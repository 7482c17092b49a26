"""The profiles buy what the region packs describe, so that nothing stays unplaced in the demo."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from simulation import load_profile
from simulation.profile import Product

PAIRS = [("alkmaar", "alkmaar-2023"), ("haaglanden", "haaglanden-2027")]


@pytest.mark.parametrize(("profile", "pack"), PAIRS)
def test_products_are_those_of_the_pack(profile: str, pack: str):
    described = {row["code"]: row for row in _pack(pack)["producten"]}
    for product in load_profile(profile).products:
        assert _told(product) == _described(described[product.code])


@pytest.mark.parametrize(("profile", "pack"), PAIRS)
def test_municipalities_are_those_of_the_pack(profile: str, pack: str):
    described = {row["code"] for row in _pack(pack)["gemeenten"]}
    assert {place.code for place in load_profile(profile).municipalities} <= described


def _told(product: Product) -> tuple[object, ...]:
    return product.category, product.unit, product.segment, product.stays, product.direction


def _described(row: dict[str, Any]) -> tuple[object, ...]:
    return (
        row["categorie"], row["eenheid"], row["segment"], _yes(row.get("verblijf")),
        row["gerichtheid"],
    )  # fmt: skip


def _yes(value: object) -> bool:
    return value in (True, "ja")


def _pack(name: str) -> dict[str, Any]:
    path = Path(settings.BASE_DIR) / "region_packs" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))
