"""A region pack: everything or nothing, twice the same as once, and out again as it went in."""

from decimal import Decimal

import pytest
from django.conf import settings

from core.packs import PackError, load_pack
from procurement.models import (
    PolicyDocument,
    SchemePhase,
)
from regions.models import Region
from segments.enums import Participation, TargetKind
from segments.models import CareCategory, Segment, SegmentGoal, SegmentParticipation, Target

from .in_and_out import assert_comes_out_as_it_went_in

pytestmark = pytest.mark.django_db

SMALL = """
pakket: 1
regio: {code: proef, naam: Proefregio}
gemeenten:
  - {code: "9001", naam: Aadorp, vanaf: 2020-01-01}
indicatoren:
  - {code: outflow, naam: Uitstroom}
indeling:
  code: proef-2024
  naam: Proef
  vanaf: 2024-01-01
  segmenten:
    - code: S1
      naam: Verblijf
      doelen:
        - {nummer: "1", tekst: Meer uitstroom, indicatoren: [outflow]}
"""


FILES = ("alkmaar-2023.yaml", "haaglanden-2027.yaml")


def test_alkmaar_has_two_contract_phases_of_three_and_five_years(packs):
    scheme = packs["alkmaar-2023.yaml"]["scheme"]
    phases = SchemePhase.objects.filter(scheme=scheme, kind="term")
    days = [(p.end_date - p.start_date).days for p in phases]
    assert days == [1096, 1826]


def test_alkmaar_shares_of_budget_and_clients_add_up_to_one(packs):
    scheme = packs["alkmaar-2023.yaml"]["scheme"]
    categories = CareCategory.objects.filter(scheme=scheme)
    assert sum(c.budget_share for c in categories) == Decimal(1)
    assert sum(c.client_share for c in categories) == Decimal(1)


def test_alkmaar_target_is_circa_thirty_percent_fewer_clients_in_2030(packs):
    scheme = packs["alkmaar-2023.yaml"]["scheme"]
    target = Target.objects.get(scheme=scheme, indicator__code="clients", segment__code="HA")
    assert (target.kind, target.value, target.target_year, target.circa, target.is_relative) == (
        TargetKind.NUMBER, Decimal("-0.3"), 2030, True, True,
    )  # fmt: skip


def test_haaglanden_has_nineteen_goals_over_five_segments(packs):
    scheme = packs["haaglanden-2027.yaml"]["scheme"]
    goals = SegmentGoal.objects.filter(segment__scheme=scheme, parent=None)
    assert [goals.filter(segment__code=f"S{n}").count() for n in range(1, 6)] == [6, 5, 2, 1, 5]


def test_den_haag_takes_part_in_three_segments_one_of_them_in_part(packs):
    scheme = packs["haaglanden-2027.yaml"]["scheme"]
    rows = SegmentParticipation.objects.filter(segment__scheme=scheme, municipality__gm_code="0518")
    assert {row.segment.code: row.participation for row in rows} == {
        "S3": Participation.PARTIAL,
        "S4": Participation.NONE,
        "S5": Participation.NONE,
    }


@pytest.mark.parametrize("file", FILES)
def test_a_pack_comes_out_as_it_went_in(packs, file):
    assert_comes_out_as_it_went_in(packs[file])


def test_loading_twice_adds_nothing():
    load_pack(text=SMALL)
    load_pack(text=SMALL)
    assert Segment.objects.filter(scheme__region__slug="proef").count() == 1
    assert SegmentGoal.objects.filter(segment__scheme__region__slug="proef").count() == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "place", "reason"),
    [
        ("vanaf: 2024-01-01", "vanaf: 1 januari", 11, "indeling.vanaf", "geen datum"),
        ('"9001"', '"90"', 5, "gemeenten[1]", "vier cijfers"),
        ("[outflow]", "[outflo]", 16, "doelen[1].indicatoren[1]", "staat niet bij 'indicatoren'"),
        ("naam: Verblijf", "titel: Verblijf", 14, "titel", "onbekend veld"),
        (", indicatoren: [outflow]", "", 16, "doelen[1]", "geen_cijfer"),
    ],
)
def test_a_mistake_names_file_line_place_and_reason_and_loads_nothing(
    old, new, line, place, reason
):
    with pytest.raises(PackError) as caught:
        load_pack(text=SMALL.replace(old, new), file="proef.yaml")
    assert any(
        p.file == "proef.yaml" and p.line == line and p.place.endswith(place) and reason in p.reason
        for p in caught.value.problems
    ), caught.value.problems
    assert not Region.objects.filter(slug="proef").exists()


def test_text_that_is_no_yaml_is_refused_with_its_line():
    with pytest.raises(PackError, match="regel 2"):
        load_pack(text="pakket: 1\nregio: [", file="kapot.yaml")


def test_the_acquisition_strategy_of_alkmaar_is_confidential(packs):
    plan = PolicyDocument.objects.get(kind="acquisition")
    assert plan.confidentiality == "confidential"


def test_a_pack_undoes_no_state_that_was_reached_since(packs):
    PolicyDocument.objects.filter(kind="acquisition").update(state="expired")
    load_pack(path=settings.REGION_PACKS_DIR / "alkmaar-2023.yaml")
    assert PolicyDocument.objects.get(kind="acquisition").state == "expired"
