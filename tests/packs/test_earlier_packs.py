"""The packs of what was before: Haaglanden in 2016, and the region that Voorschoten went to."""

from datetime import date

import pytest
import yaml
from django.conf import settings

from core.packs import load_pack
from procurement.models import Consultation, ConsultationRemark, CouncilQuestion, PolicyDocument
from regions.models import RegionMembership

from . import test_packs
from .in_and_out import assert_comes_out_as_it_went_in

pytestmark = pytest.mark.django_db
FILES = ("duin-en-bollenstreek-2021.yaml", "haaglanden-2016.yaml")


def test_every_pack_is_tried():
    there = sorted(path.name for path in settings.REGION_PACKS_DIR.glob("*.yaml"))
    assert sorted((*FILES, *test_packs.FILES)) == there


def test_packs_of_one_region_say_the_same_of_what_both_name():
    """Else each load writes over the other, and the history fills with changes nobody made."""
    told: dict[tuple[str, str, str], object] = {}
    named_by = {"bestuursorganen": "naam", "kaders": "titel", "ketenpartners": "naam",
                "inkooporganisaties": "naam", "indicatoren": "code"}  # fmt: skip
    for path in settings.REGION_PACKS_DIR.glob("*.yaml"):
        pack = yaml.safe_load(path.read_text())
        for part, key in named_by.items():
            for row in pack.get(part, []):
                place = (pack["regio"]["code"], part, row[key])
                assert told.setdefault(place, row) == row, (path.name, place)


@pytest.mark.parametrize("file", FILES)
def test_a_pack_comes_out_as_it_went_in(packs, file):
    assert_comes_out_as_it_went_in(packs[file])


def test_voorschoten_leaves_haaglanden_when_holland_rijnland_begins(packs):
    rows = RegionMembership.objects.filter(municipality__gm_code="0626").order_by("valid_from")
    assert [(m.region.slug, m.valid_from, m.valid_to) for m in rows] == [
        ("haaglanden", date(2014, 1, 1), date(2019, 1, 1)),
        ("holland-rijnland", date(2019, 1, 1), None),
    ]


def test_the_response_notes_of_document_004_are_there_row_by_row(packs):
    notes = Consultation.objects.filter(plan__region__slug="holland-rijnland").order_by("-pk")
    assert sorted(note.remarks.count() for note in notes) == [6, 78]
    assert not ConsultationRemark.objects.filter(disposition="").exists()
    organisations = ConsultationRemark.objects.values("partner").distinct().count()
    assert organisations == 14  # thirteen organisations and the advisory council


def test_every_remark_of_the_councils_of_2015_has_its_theme_and_source(packs):
    rows = CouncilQuestion.objects.filter(region__slug="haaglanden")
    assert rows.count() == 83
    assert rows.values("theme").distinct().count() == 6
    assert not rows.exclude(source__startswith="001:L").exists()
    assert rows.filter(municipality__name="Westland", text__contains="7.00-9.00").count() == 1


def test_a_question_alone_in_another_pack_is_the_same_question(packs):
    """The export of 2027 holds the one question of 2015 that names no meeting."""
    question = CouncilQuestion.objects.get(meeting=None)
    load_pack(
        text=f"""
pakket: 1
regio: {{code: haaglanden, naam: Haaglanden}}
raadsvragen:
  - {{thema: "{question.theme}", soort: vraag, tekst: "{question.text}"}}
"""
    )
    assert CouncilQuestion.objects.count() == 83


def test_ten_local_plans_of_haaglanden_make_one_order(packs):
    plans = PolicyDocument.objects.filter(region__slug="haaglanden", kind="local")
    assert plans.count() == 10
    assert all(plan.fictitious for plan in plans)
