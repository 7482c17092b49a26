"""The guide for access teams: what it says of a provider, to whom, and why."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from monitoring.models import Measure
from monitoring.queries.guide import guide
from procurement.models import ContractProduct
from providers.domain import supply
from providers.models import WaitStatement
from segments.models import ProductPlacement
from tests.factories import ContractFactory, ProviderFactory
from tests.monitoring.cases.build import a_case

from .build import HALF, a_session, a_set, a_share, judge_provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def guided(made):
    """The provider reached 90 of 100 goals, seven others each 55 of 100, in segment S1."""
    figures = a_set(made, HALF)
    segment = made.segments[0].code
    a_share(figures, "goal_attainment", 90, 100, segment=segment, provider=made.provider.agb_code)
    for _ in range(7):
        other = ProviderFactory(region=made.region)
        a_share(figures, "goal_attainment", 55, 100, segment=segment, provider=other.agb_code)
    return made


def state_wait(made, intake=10, treatment=30):
    supply.state_supply(
        statement=WaitStatement(
            provider=made.provider, product_code="45A01", known="known", intake_days=intake,
            treatment_days=treatment,
        ),
        by=made.users["contract_manager"],
    )  # fmt: skip


def judged(made, verdict="on_course"):
    session = a_session(made, "judging")
    judge_provider(session, made.provider, made.users["policy_officer"], verdict)
    a_session(made, "concluded")


def line_of(made, role="contract_manager"):
    lines = guide(made.users[role], made.region)
    return next(line for line in lines if line.provider == made.provider)


def test_a_provider_that_does_well_gets_more(guided):
    state_wait(guided)
    judged(guided)
    line = line_of(guided)
    assert line.product_code == "45A01"
    assert line.advice.referral == "more"
    assert "doelrealisatie" in line.advice.reasons[0]
    outcome = next(one for one in line.outcomes if one.indicator.code == "goal_attainment")
    # Wilson, 90 of 100, by hand: 82.6% to 94.5%.
    assert (round(outcome.low, 3), round(outcome.high, 3)) == (0.826, 0.945)
    assert outcome.place == "beter dan het segment"


def test_an_open_case_or_a_long_wait_keeps_it_as_agreed(guided):
    judged(guided)
    assert line_of(guided).advice.reasons == ("de wachttijd is niet bekend",)
    state_wait(guided, intake=40)
    assert line_of(guided).advice.reasons == ("de wacht is langer dan de norm",)
    state_wait(guided)
    a_case(guided)
    assert line_of(guided).advice.reasons == ("er loopt een zaak over verbetering",)


def test_a_measure_for_another_product_says_nothing_of_this_one(guided):
    state_wait(guided)
    judged(guided)
    case = a_case(guided)
    measure = Measure.objects.create(
        case=case, kind="no_referrals", product_code="99A99", reason="Onveilig."
    )
    assert line_of(guided).advice.referral == "as_agreed"
    measure.product_code = "45A01"
    measure.save()
    assert line_of(guided).advice.referral == "none"


def test_access_reads_intervals_on_a_raster_and_nothing_of_few_cases(guided):
    access = line_of(guided, "access_team")
    outcome = access.outcomes[0]
    assert (round(outcome.low, 2), round(outcome.high, 2)) == (0.80, 0.95)
    guided.provider.agb_code = "22999999"
    guided.provider.save()
    a_share(
        a_set(guided, HALF), "goal_attainment", 11, 20, segment="S1", provider="22999999"
    )  # fmt: skip
    assert line_of(guided, "access_team").outcomes == ()
    assert line_of(guided, "access_team").too_small
    assert len(line_of(guided).outcomes) == 1


def test_the_page_and_the_file_say_the_same(guided):
    state_wait(guided)
    judged(guided)
    client = Client()
    client.force_login(guided.users["access_team"])
    url = reverse("guide", args=[guided.region.slug])
    page = client.get(url).content.decode()
    assert "meer doorverwijzen" in page
    assert "tussen 80,0% en 95,0%" in page
    answer = client.get(url, {"bestand": "csv", "product": "45A01"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["advies"] for row in rows] == ["meer doorverwijzen"]
    assert rows[0]["wachtdagenEersteGesprek"] == "10"
    client.force_login(guided.users["provider"])
    assert client.get(url).status_code == 403


def test_many_lines_begin_with_the_products_and_are_found_without_accents(guided):
    state_wait(guided)
    for number in range(26):
        other = ProviderFactory(region=guided.region, name=f"Één thuis {number}")
        contract = ContractFactory(region=guided.region, provider=other, status="active")
        ContractProduct.objects.create(
            contract=contract, product=guided.product, valid_from=contract.start_date
        )
    client = Client()
    client.force_login(guided.users["access_team"])
    url = reverse("guide", args=[guided.region.slug])
    first = client.get(url)
    [product] = first.context["products"]
    assert (product.code, product.providers, product.unknown) == ("45A01", 27, 26)
    assert 'href="?product=45A01"' in first.content.decode()
    found = {
        words: len(client.get(url, {"zoek": words}).context["page"].paginator.object_list)
        for words in ("een THUIS", "thuis 12", "45a01 thuis 25", "niets")
    }
    assert found == {"een THUIS": 26, "thuis 12": 1, "45a01 thuis 25": 1, "niets": 0}
    assert len(client.get(url, {"wacht": "on"}).context["page"].object_list) == 1


def test_figures_of_another_division_are_not_used(guided):
    ProductPlacement.objects.filter(scheme=guided.scheme).delete()
    assert line_of(guided).outcomes == ()
