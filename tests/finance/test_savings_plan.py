import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from core.errors import DomainError, NotAllowed
from finance.domain.keeping_savings import keep_plan
from finance.domain.projection import project
from finance.domain.projection_inputs import PlannedSaving
from finance.domain.saving_split import split_saving
from finance.models import AllocationKey, ProjectionRun, SavingsPlan, SavingsSeries, SavingsYear
from finance.queries.savings import SavingsBook
from regions.models import YouthPopulation
from reports.demo.scenarios import AS_PLANNED, make_plan
from segments.models import Segment, SegmentParticipation, SegmentScheme

from .test_api import api, get
from .test_scenarios import TENTH, a_measure, a_scenario, computed, run  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db
LEVELS = {2027: "-11.3", 2028: "-14.8", 2029: "-21.5", 2030: "-24", 2031: "-25"}


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


@pytest.fixture
def series(place):
    made = SavingsSeries.objects.create(region=place.region, code="opgave", name="Opgave")
    for year, amount in LEVELS.items():
        SavingsYear.objects.create(series=made, year=year, amount=Decimal(amount))
    return made


def planned(series, by, shares=None, **names):
    return keep_plan(plan=SavingsPlan(series=series, **names), shares=shares, by=by)


def test_a_level_over_segments_and_municipalities_by_hand():
    # 100,01 over 2 : 1 is 66,67 and 33,34; the first over 1 : 1 gives the odd cent to the lowest.
    found = split_saving(
        cents=-10_001,
        segments={"S1": 2, "S2": 1, "S3": 5},
        places={"S1": {"0503": 1, "0518": 1}, "S2": {"0503": 0, "0518": 3}, "S3": {}},
    )
    assert found == {
        ("S1", "0503"): -3334, ("S1", "0518"): -3333, ("S2", "0503"): 0, ("S2", "0518"): -3334,
    }  # fmt: skip


def test_without_a_plan_it_goes_by_cost(spend, series):
    book = SavingsBook(series, None)
    assert book.task(2027) == Decimal("-11300000.00")
    assert book.task(2027, segment="S1") == Decimal("-5650000.00")
    assert book.task(2027, segment="S1", municipality="0503") == Decimal("-2825000.00")


def test_agreed_shares_and_a_key_divide_every_level_to_the_cent(spend, series, controller):
    key = AllocationKey.objects.create(
        region=spend.region, name="Vast", first_year=2027, weight_fixed=100
    )
    for place, share in ((spend.hague, 2), (spend.delft, 1)):
        key.fixed_shares.create(municipality=place, share=share)
    plan = planned(series, controller, {"S1": Decimal(55), "S2": Decimal(45)}, key=key)
    book = SavingsBook(series, plan)
    assert book.task(2028, segment="S1") == Decimal("-8140000.00")  # 55 % of 14,8 million
    assert book.task(2028, segment="S1", municipality="0503") == Decimal("-2713333.33")
    for year, amount in LEVELS.items():
        assert sum(book.parts[year].values()) == int(Decimal(amount) * 100_000_000)


def test_who_does_not_buy_a_segment_still_pays_its_whole_part_of_the_others(
    spend, series, controller
):
    """Den Haag with 300 youths buys only S1, Delft with 100 buys all: three quarters of S1."""
    s2 = Segment.objects.get(scheme=spend.scheme, code="S2")
    SegmentParticipation.objects.create(segment=s2, municipality=spend.hague, participation="none")
    for place, count in (("0518", 300), ("0503", 100)):
        YouthPopulation.objects.create(
            region=spend.region, municipality=place, counted_on=date(2024, 1, 1), count=count
        )
    key = AllocationKey.objects.create(
        region=spend.region, name="Naar jeugdigen", first_year=2027, weight_population=100
    )
    shares = {"S1": Decimal(50), "S2": Decimal(50)}
    book = SavingsBook(series, planned(series, controller, shares, key=key))
    assert book.task(2027, segment="S1", municipality="0518") == Decimal("-4237500.00")
    assert book.task(2027, segment="S1", municipality="0503") == Decimal("-1412500.00")
    assert book.task(2027, segment="S2", municipality="0518") == 0
    assert book.task(2027, segment="S2", municipality="0503") == Decimal("-5650000.00")


def test_what_measures_plan_and_what_is_uncovered(run, series, controller):  # noqa: F811
    measure = a_measure(run.region, controller, segment="S1", **TENTH)
    plan = planned(series, controller, scenario=computed(run, controller, measure))
    found = SavingsBook(series, plan).followed(2027, segment="S1")
    # A tenth of 24.000 a year against 5.650.000 asked.
    assert found.planned == Decimal("-2400.00")
    assert found.uncovered == Decimal("-5647600.00")
    assert SavingsBook(series, plan).planned(2027, segment="S2") == 0
    assert found.realised is None


def test_what_came_of_it_beside_what_would_have_been(run, series, controller):  # noqa: F811
    before = ProjectionRun.objects.get(pk=run.pk)
    inputs = run.stored_inputs
    # The counterfactual looked ahead from June 2024; the one from June 2025 knows all of 2024.
    early = replace(
        inputs,
        as_of=inputs.as_of - 12,
        cells=tuple(
            replace(c, movements=tuple(m for m in c.movements if m.known <= inputs.as_of - 12))
            for c in inputs.cells
        ),
        savings=(PlannedSaving(2024, -100_000),),
    )
    result = project(early)
    before.pk, before.as_of = None, date(2024, 6, 30)
    before.inputs, before.result = early.as_json(), result.as_json()
    before.save()
    plan = planned(series, controller, counterfactual=before)
    found = SavingsBook(series, plan).realised(2024)
    # 48.000 in both: the planned saving of 1.000 is no part of what would have been.
    assert found.cost == Decimal("48000.00")
    assert found.without == pytest.approx(Decimal(48_000), abs=Decimal(1))
    assert not found.is_clear
    # Each of two municipalities is half of it; the saving was divided by cost.
    of_delft = SavingsBook(series, plan).realised(2024, municipality="0503")
    assert of_delft.cost == Decimal("24000.00")
    assert of_delft.without == pytest.approx(Decimal(24_000), abs=Decimal(1))
    assert SavingsBook(series, plan).realised(2025) is None


def test_a_plan_holds_only_what_is_ready_and_of_this_region(
    run, series, controller, councillor  # noqa: F811
):  # fmt: skip
    with pytest.raises(DomainError, match="nog niet doorgerekend"):
        planned(series, controller, scenario=a_scenario(run, controller))
    with pytest.raises(NotAllowed):
        planned(series, councillor)


def test_the_page_shows_the_series_divided(client, spend, series, controller, councillor):
    client.force_login(controller)
    client.post(
        reverse("finance-saving-plan", args=["haaglanden", series.pk]),
        {"deel-S1": "3", "deel-S2": "1"},
    )
    client.force_login(councillor)
    page = reverse("finance-saving", args=["haaglanden", series.pk])
    html = client.get(page, {"jaar": 2027}).content.decode().replace("−", "-")
    assert "-8.475.000,00" in html
    assert "-11.300.000,00" in html
    file = client.get(reverse("finance-saving-csv", args=["haaglanden", series.pk]))
    lines = file.getvalue().decode("utf-8-sig").splitlines()
    assert "2027;S1;0503;-4237500,00" in lines
    assert len(lines) == 1 + len(LEVELS) * 2 * Segment.objects.count()
    answer = client.get(reverse("finance-saving-xlsx", args=["haaglanden", series.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    headers, *rows, total = book["Verdeling"].iter_rows(values_only=True)
    at = headers.index("2027")
    assert sum(row[at] for row in rows) == -11_300_000
    assert total[at].startswith("=SUBTOTAL(109,")
    assert next(book["Gevolgd"].iter_rows(min_row=2, values_only=True))[:2] == (2027, -11_300_000)


def test_only_segments_of_the_shown_division_are_asked_for(client, spend, series, controller):
    SegmentScheme.objects.update(valid_to=date(2090, 1, 1))
    later = SegmentScheme.objects.create(
        region=spend.region, code="later", name="Later", valid_from=date(2090, 1, 1)
    )
    Segment.objects.create(scheme=later, code="P1", name="Lokaal")
    client.force_login(controller)
    html = client.get(reverse("finance-saving-plan", args=["haaglanden", series.pk]))
    assert "deel-S1" in html.content.decode()
    assert "deel-P1" not in html.content.decode()


def test_a_program_divides_and_reads_what_came_of_it(spend, series, controller, councillor):
    path = f"besparingsreeksen/{series.pk}/verdeling"
    body = {"segmenten": [{"segment": "S1", "aandeel": "1"}]}
    assert api(councillor).put(f"/api/v1/{path}", body, format="json").status_code == 403
    answer = api(controller).put(f"/api/v1/{path}", body, format="json")
    assert answer.status_code == 200, answer.json()
    found = get(controller, path).json()
    parts = [one for one in found["delen"] if one["jaar"] == 2027 and one["segment"] == "S1"]
    assert [one["opgave"] for one in parts] == ["-5650000.00", "-5650000.00"]
    assert found["voortgang"][0]["opgave"] == "-11300000.00"
    assert found["voortgang"][0]["nietGedekt"] is None


def test_the_demonstration_lays_the_saving_beside_the_scenario(
    run,  # noqa: F811
    series,
    controller,
    client,
):
    run.savings = series
    run.save()
    measure = a_measure(run.region, controller, segment="S1", **TENTH)
    scenario = computed(run, controller, measure, name=AS_PLANNED)
    key = AllocationKey.objects.create(
        region=run.region, name="Naar gebruik", first_year=2027, weight_use=100, change_limit=5
    )
    plan = make_plan(run, by=controller)
    assert (plan.scenario_id, plan.key_id, plan.fictitious) == (scenario.pk, key.pk, True)
    assert make_plan(run, by=controller) is None
    client.force_login(controller)
    html = client.get(reverse("finance-saving", args=["haaglanden", series.pk])).content.decode()
    assert "Gepland volgens het scenario" in html
    assert plan.note in html
