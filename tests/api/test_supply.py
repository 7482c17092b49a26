"""Stating waits, stops and places through the API."""

from datetime import timedelta

import pytest

from core import clock
from providers.models import WaitStatement

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(world):
    return api_of(world.user("provider"))


def of(world, **more):
    return {"regio": "noord", "aanbieder": world.made.provider.agb_code, **more}


def test_a_provider_states_a_wait_and_access_reads_it(world, provider):
    day = clock.today().isoformat()
    body = of(world, product="45A02", opgaveVan=day, wachttijd="onbekend")
    made = provider.post("wachttijden", body)
    assert made.status_code == 201, made.content
    known = {**body, "wachttijd": "bekend", "dagenTotGesprek": 14, "dagenTotHulp": 50}
    again = provider.post("wachttijden", known)
    assert again.status_code == 201, again.content
    assert WaitStatement.objects.filter(product_code="45A02").count() == 1
    access = api_of(world.user("access_team"))
    (row,) = access.get("wachttijden", product="45A02").json()["resultaten"]
    assert (row["dagenTotGesprek"], row["wachttijd"]) == (14, "bekend")
    is_problem(access.post("wachttijden", body), 403)


def test_an_unknown_wait_with_days_is_refused(world, provider):
    body = of(
        world, product="45A02", opgaveVan=clock.today().isoformat(), wachttijd="onbekend",
        dagenTotGesprek=3,
    )  # fmt: skip
    is_problem(provider.post("wachttijden", body), 400)


def test_a_stop_is_asked_two_weeks_ahead(world, provider):
    body = of(world, grond="te-weinig-personeel", toelichting="Vacatures")
    soon = (clock.today() + timedelta(days=3)).isoformat()
    is_problem(provider.post("clientenstops", {**body, "vanaf": soon}), 400)
    later = (clock.today() + timedelta(days=14)).isoformat()
    made = provider.post("clientenstops", {**body, "vanaf": later})
    assert (made.status_code, made.json()["stand"]) == (201, "aangevraagd")


def test_places_are_stated(world, provider):
    body = of(world, soort="crisis", opgaveVan=clock.today().isoformat(), plekken=6, vrij=2)
    assert provider.post("plekken", body).json()["vrij"] == 2
    is_problem(provider.post("plekken", {**body, "vrij": 7}), 400)
