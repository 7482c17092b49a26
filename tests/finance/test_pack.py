from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from core.packs import PackError, export_pack, load_pack
from finance.enums import BudgetKind, Rounding
from finance.models import Budget, ExpectedTurn, IndexRule, Measure, SavingsSeries
from finance.queries.budgets import compared_with_index
from regions.models import Region

pytestmark = pytest.mark.django_db

PACKS = Path(settings.BASE_DIR) / "region_packs"
SMALL = """
pakket: 1
regio: {code: proef, naam: Proefregio}
gemeenten:
  - {code: "0518", naam: Den Haag, vanaf: 2015-01-01}
"""


def loaded(name):
    return load_pack(path=PACKS / f"{name}.yaml").context


def kept():
    return (
        list(Budget.objects.order_by("year", "amount").values("year", "amount", "scope", "source")),
        list(SavingsSeries.objects.values("code", "name", "unit", "note", "source")),
        list(IndexRule.objects.order_by("year").values("year", "percentage", "certainty")),
    )


def written_out_and_read_back(context):
    """What a pack is after it was written out, removed and loaded from its own text."""
    text = export_pack(region=context["region"], scheme=context["scheme"])
    for model in (Budget, SavingsSeries, IndexRule):
        model.objects.all().delete()
    load_pack(text=text)
    return kept()


def test_the_amounts_of_noordwijk_are_kept_as_given():
    context = loaded("duin-en-bollenstreek-2021")
    region = context["region"]
    rows = Budget.objects.filter(region=region).order_by("year")
    assert [row.amount for row in rows] == [6_167_100, 6_290_454, 6_416_261]
    assert {row.municipality.name for row in rows} == {"Noordwijk"}
    found = compared_with_index(Budget.objects.all(), IndexRule.objects.filter(region=region))
    assert [found[row.pk].difference for row in rows[1:]] == [Decimal("12.00"), Decimal("-2.08")]
    before = kept()
    assert written_out_and_read_back(context) == before


def test_the_rounded_budgets_of_2015_say_so_also_when_loaded_twice():
    rows = Budget.objects.filter(region=loaded("haaglanden-2016")["region"])
    assert {(row.kind, row.amount, row.circa, row.rounding) for row in rows} == {
        (BudgetKind.CARE_IN_KIND, 198_000_000, False, Rounding.MILLIONS),
        (BudgetKind.PERSONAL_BUDGET, 24_000_000, False, Rounding.MILLIONS),
    }
    assert {row.shown for row in rows} == {"€ 198 miljoen", "€ 24 miljoen"}
    assert {row.about for row in rows} == {"Zorgbudget", "Persoonsgebonden budget"}
    before = (kept(), list(rows.order_by("pk").values_list("pk", flat=True)))
    loaded("haaglanden-2016")
    assert (kept(), list(rows.order_by("pk").values_list("pk", flat=True))) == before


def test_the_savings_of_haaglanden_are_a_level_per_year():
    context = loaded("haaglanden-2027")
    series = SavingsSeries.objects.get(region=context["region"])
    assert [(year.year, year.in_euros) for year in series.years.all()] == [
        (2027, Decimal("-11300000.00")),
        (2028, Decimal("-14800000.00")),
        (2029, Decimal("-21500000.00")),
        (2030, Decimal("-24000000.00")),
        (2031, Decimal("-25000000.00")),
        (2032, Decimal("-25000000.00")),
        (2033, Decimal("-25000000.00")),
    ]
    assert sum(year.amount for year in series.years.all()) == Decimal("-146.6")
    assert series.status == "proposed"  # 003:L597: a proposal not to begin in full at once
    before = kept()
    assert written_out_and_read_back(context) == before


def test_the_strategy_of_alkmaar_says_about_how_much_and_when_cost_turns():
    context = loaded("alkmaar-2023")
    measures = Measure.objects.filter(region=context["region"])
    assert dict(measures.values_list("code", "direction")) == {
        "minder-clienten": "cheaper",
        "minder-verblijf": "cheaper",
        "minder-daghulp": "cheaper",
        "korter-verblijf": "cheaper",
        "zwaar-naar-licht": "cheaper",
        "ambulantisering": "dearer",  # 002:L1205: the only line that costs money
    }
    known = measures.exclude(effect_central__isnull=True).get()
    assert (known.code, known.effect_central, known.circa) == ("minder-clienten", -30, True)
    turn = ExpectedTurn.objects.get(region=context["region"])
    assert (turn.year, turn.source) == (2025, "002:L42-43, L1163-1170")
    text = export_pack(region=context["region"], scheme=context["scheme"])
    ExpectedTurn.objects.all().delete()
    Measure.objects.all().delete()
    load_pack(text=text)
    assert ExpectedTurn.objects.get().note == turn.note
    assert Measure.objects.get(code="minder-clienten").circa


def test_a_programme_without_saving_names_what_works_after_three_years():
    context = loaded("duin-en-bollenstreek-2021")
    rows = Measure.objects.filter(region=context["region"])
    assert {(row.delay_months, row.direction, row.is_known) for row in rows} == {
        (36, "cheaper", False)
    }
    assert not SavingsSeries.objects.filter(region=context["region"]).exists()


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("begrotingen:\n  - {jaar: 2025, bedrag: veel}", "'veel' is geen getal"),
        ("begrotingen:\n  - {jaar: 2025, bedrag: -1}", "niet lager dan nul"),
        ("begrotingen:\n  - {jaar: 2025, bedrag: 1, gemeente: '0001'}", "gemeente 0001"),
        ("begrotingen:\n  - {jaar: 2025, bedrag: 1, segment: S9}", "segment 'S9'"),
        ("begrotingen:\n  - {jaar: 2025, bedrag: 1, kleur: rood}", "onbekend veld 'kleur'"),
        ("besparingen:\n  - {code: a, naam: A, soort: stapeling}", "'stapeling' kan hier niet"),
        ("indexering:\n  - {jaar: 2025, percentage: 80}", "tussen -20 en 50"),
    ],
)
def test_a_mistake_gives_its_reason_and_loads_nothing(part, reason):
    with pytest.raises(PackError) as refusal:
        load_pack(text=SMALL + part, file="proef.yaml")
    assert reason in str(refusal.value)
    assert "proef.yaml, regel" in str(refusal.value)
    assert not Region.objects.exists()
