"""What an edition says, for programs: its stored content with Dutch names."""

import dataclasses
from datetime import date
from typing import get_args, get_type_hints

import pytest

from core.plain import to_plain
from reports.api.content import NAMES, WORDS, in_dutch
from reports.domain.content import EditionContent, Statement
from reports.domain.points import HIDDEN, Figure, Kind, Point
from reports.models import Edition

from .conftest import api_of


def names_of(kind, seen):
    """Every field name in a dataclass and in what it is made of."""
    for inner in (kind, *get_args(kind)):
        if dataclasses.is_dataclass(inner) and inner not in seen:
            seen.add(inner)
            for name, hint in get_type_hints(inner).items():
                yield name
                yield from names_of(hint, seen)
        elif inner is not kind:
            yield from names_of(inner, seen)


def test_every_part_of_an_edition_has_a_dutch_name_and_no_two_in_one_part_share_it():
    seen = set()
    assert set(names_of(EditionContent, seen)) == set(NAMES)
    for kind in seen:
        dutch = [NAMES[f.name] for f in dataclasses.fields(kind)]
        assert len(dutch) == len(set(dutch)), kind
    assert set(WORDS["kind"]) == set(Kind)


@pytest.mark.django_db
def test_the_content_is_what_was_stored_hidden_values_included(world):
    figure = Figure("clients", "Jeugdigen", Kind.COUNT, -1, Point(120.0, 120.0), HIDDEN, Point())
    stored = to_plain(
        {
            "known_on": date(2025, 9, 1),
            "summary": (Statement("Meer jeugdigen.", "note"),),
            "key_figures": (figure,),
        }
    )
    last = Edition.objects.get(pk=world.keys["editie"]["pk"])
    pk = Edition.objects.create(
        region=last.region, kind=last.kind, half_year=last.half_year, scheme=last.scheme, version=2,
        known_on=last.known_on, cutoff_run=1, code_version="1", content=stored, checksum="e" * 64,
        state="published",
    ).pk  # fmt: skip
    api = api_of(world.user("council_member"))
    answer = api.get(f"edities/{pk}/inhoud")
    body = answer.json()
    assert body["bekendOp"] == "2025-09-01"
    assert body["samenvatting"] == [{"tekst": "Meer jeugdigen.", "toon": "let-op"}]
    shown = body["kerncijfers"][0]
    assert (shown["soort"], shown["gunstig"], shown["nu"]["waarde"]) == ("aantal", "lager", 120)
    assert (shown["vorigHalfjaar"]["waarde"], shown["vorigHalfjaar"]["afgeschermd"]) == (None, True)
    again = api.get(f"edities/{pk}/inhoud", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_a_name_that_was_forgotten_is_a_fault_and_not_an_english_field():
    with pytest.raises(KeyError):
        in_dutch({"unheard_of": 1})
