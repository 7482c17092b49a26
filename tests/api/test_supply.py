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


def test_a_crisis_and_a_placement_are_reported_by_access_for_its_own_municipality(world):
    access = api_of(world.user("access_team"))
    own, other = (one.gm_code for one in world.made.municipalities[:2])
    begun = clock.now() - timedelta(hours=30)
    body = {"regio": "noord", "gemeente": own, "gemeldOp": begun.isoformat()}
    made = access.post("crisismeldingen", body)
    assert (made.status_code, made.json()["teLaat"]) == (201, True)
    helped = {
        "hulpBegonnenOp": (begun + timedelta(hours=5)).isoformat(),
        "aanbieder": world.made.provider.pk,
    }
    url = f"/api/v1/crisismeldingen/{made.json()['id']}"
    assert access.client.patch(url, helped, format="json").json()["teLaat"] is False
    outside = {
        "regio": "noord", "gemeente": own, "geplaatstOp": clock.today().isoformat(),
        "waar": "Instelling elders", "waarom": "geen-plek-in-de-regio", "aantalJeugdigen": 1,
    }  # fmt: skip
    assert access.post("plaatsingen-buiten-de-regio", outside).status_code == 201
    for path, row in (("crisismeldingen", body), ("plaatsingen-buiten-de-regio", outside)):
        assert access.post(path, {**row, "gemeente": other}).status_code == 403
        assert api_of(world.user("provider")).post(path, row).status_code == 403
