"""Measures over a segment of which the amounts are agreed: S1 costs 30.000 a year from 2026 on, S2
is declared at 12.000 a year in each of two municipalities."""

from datetime import date

import pytest
from django.urls import reverse

from core.formats import euro_short
from core.jobs.api import run as do_job
from finance.domain.projecting import start_projection
from finance.models import ProjectionRun, Settlement
from segments.models import Segment

from .lines import contract, provider
from .test_api import get
from .test_scenarios import (  # noqa: F401 -- the fixture
    TENTH,
    _no_second_factor,
    a_measure,
    computed,
    page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(spend):
    Segment.objects.filter(code="S1").update(funding_form="task_based")
    task = contract(
        provider(spend.region, "65650011"),
        start=date(2026, 1, 1), end=date(2028, 1, 1), funding_form="task_based",
    )  # fmt: skip
    Settlement.objects.create(
        region=spend.region, contract=task, segment="S1", year=2026, agreed=30_000
    )
    return spend


def projected(place, by):
    started = start_projection(
        region=place.region, scheme=place.scheme, by=by, paths=200, seed=5, until=date(2028, 1, 1)
    )
    do_job(started.job.pk)
    return ProjectionRun.objects.get(pk=started.pk)


def test_a_scenario_says_what_of_a_measure_falls_on_agreed_amounts(settled, client, controller):
    found = computed(
        projected(settled, controller), controller,
        a_measure(settled.region, controller, "prijs", **TENTH),
    )  # fmt: skip
    year = found.outcome.years.index(2027)
    assert found.outcome.together[year] == pytest.approx(-240_000, abs=10)
    html = page(client, controller, "finance-scenario", found.pk, jaar=2027).content.decode()
    assert f"zouden de maatregelen in 2027 {euro_short(3_000)} minder kosten geven" in html
    assert "Op afspraken" in html
    assert "-3.000,00" in html.replace("−", "-")
    one = page(client, controller, "finance-scenario", found.pk, jaar=2027, segment="S2")
    assert "die al zijn afgesproken. Die" not in one.content.decode()
    told = get(controller, f"scenarios/{found.pk}/uitkomst").json()
    (of_year,) = [one for one in told["maatregelen"] if one["jaar"] == 2027]
    assert of_year["opAfspraken"] == "-3000.00"


def test_a_measure_about_the_contract_itself_counts(settled, client, controller):
    client.force_login(controller)
    asked = {
        "code": "herzien", "name": "Nieuw bedrag", "kind": "measure", "driver": "price",
        "direction": "cheaper", "segment": "S1", "starts_on": "2026-01-01", "delay_months": 0,
        "ramp_months": 0, "effect_low": "-10", "effect_central": "-10", "effect_high": "-10",
        "changes_agreed": "on", "sureness": "agreed", "order": 1,
    }  # fmt: skip
    client.post(reverse("finance-measure-add", args=["haaglanden"]), asked)
    (row,) = settled.region.measures.all()
    told = page(client, controller, "finance-measure", row.pk).content.decode()
    assert "veranderen mee: de maatregel gaat over het contract zelf" in told
    assert get(controller, f"maatregelen/{row.pk}").json()["ookAfgesproken"] is True
    run = projected(settled, controller)
    found = computed(run, controller, row)
    year = found.outcome.years.index(2027)
    assert found.outcome.together[year] == pytest.approx(-300_000, abs=10)
    html = page(client, controller, "finance-scenario", found.pk, jaar=2027).content.decode()
    assert "Op afspraken</th>" not in html
    assert "Wat niet meetelt" not in page(client, controller, "projection", run.pk).content.decode()


def test_a_projection_says_what_of_agreed_measures_does_not_count(
    settled, client, controller, councillor
):
    a_measure(settled.region, controller, "prijs", **{**TENTH, "sureness": "agreed"})
    run = projected(settled, controller)
    for user in (controller, councillor):
        html = page(client, user, "projection", run.pk).content.decode().replace("−", "-")
        part = html[html.index("Maatregelen die op een afgesproken bedrag vallen") :]
        assert "-3.000" in part[: part.index("</table>")]
    rows = get(controller, f"prognoses/{run.pk}/bekend").json()
    (whole,) = [
        one for one in rows
        if (one["jaar"], one["gemeente"], one["segment"], one["soort"])
        == (2027, "*", "*", "Afgesproken maatregelen")
    ]  # fmt: skip
    assert (whole["erbij"], whole["opAfspraken"]) == ("-2400.00", "-3000.00")
    own = page(client, controller, "projection", run.pk, segment="S2").content.decode()
    assert "Wat niet meetelt" not in own
