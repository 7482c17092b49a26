import pytest
from django.urls import reverse

from care.models import SpendMovement
from core.errors import NotAllowed
from core.periods import add_months
from finance.domain.looking_back import start_look_back
from finance.domain.projecting import start_projection
from finance.models import IndexRule

from .conftest import START, done, movement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


@pytest.fixture
def run(spend, controller):
    started = start_projection(
        region=spend.region, scheme=spend.scheme, by=controller, paths=100, seed=5
    )
    return done(started, 100)


def look_back(run, by, *of):
    return done(start_look_back(projection=run, by=by), *of)


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=["haaglanden", *args]), query)


def test_a_look_back_is_made_once_and_says_how_it_went(client, run, controller):
    made = look_back(run, controller)
    assert start_look_back(projection=run, by=controller).pk == made.pk
    html = page(client, controller, "projection-look-back", run.pk).content.decode()
    # Steady amounts, of which 40 % comes a month later: foreseen exactly in 12 months of 2024.
    assert "12 keer vooruitgekeken naar 1 jaar" in html
    assert "12 van de 12" in html
    assert "48.000" in html


def test_looks_from_the_past_know_no_index_of_later(run, spend, controller):
    for year, rise in ((2023, 2), (2024, 10)):
        IndexRule.objects.create(
            region=spend.region, year=year, percentage=rise, certainty="stated"
        )
    found = look_back(run, controller, "with an index").back_test.of()
    rivals = {one.origin % 12: one.rivals[0] for one in found}
    # Of 2023 48.000 euro was known in December but for the last 40 % of December itself.
    assert rivals[11] == round((4_800_000 - 160_000) * 1.02)
    assert rivals[0] == round(4_800_000 * 1.10)


def test_who_may_not_project_may_not_look_back(run, councillor):
    with pytest.raises(NotAllowed):
        start_look_back(projection=run, by=councillor)


def test_a_councillor_sees_the_region_and_the_own_municipality_in_the_file(
    client, run, controller, councillor
):
    look_back(run, controller)
    file = page(client, councillor, "projection-look-back-csv", run.pk)
    lines = file.getvalue().decode("utf-8-sig").splitlines()
    assert {tuple(line.split(";")[1:3]) for line in lines[1:]} == {("*", "*"), ("0503", "*")}
    assert page(client, councillor, "projection-triangle", run.pk, "S1").status_code == 403


def test_the_triangle_shows_how_a_segment_came_in(client, run, controller):
    html = page(client, controller, "projection-triangle", run.pk, "S1").content.decode()
    assert "60,0%" in html
    assert "Gekozen manier van aanvullen" in html
    assert page(client, controller, "projection-triangle", run.pk, "S9").status_code == 404


def test_a_provider_that_declared_every_month_has_a_triangle_of_its_own(client, run, controller):
    """A declares 2000 a month, 60 % at once; B beside it, for a year only."""
    SpendMovement.objects.bulk_create(
        movement(run.region, month, month, 10_000, provider="65650099")
        for month in (add_months(START, 18 + number) for number in range(12))
    )
    shown = page(client, controller, "projection-triangle", run.pk, "S1", aanbieder="65650011")
    rows = {one.agb: one for one in shown.context["page"].providers}
    assert set(rows) == {"", "65650011"}
    own = rows["65650011"]
    assert (own.after_one, own.known, own.to_come, own.error) == (1, 23_200, 800, 0)
    assert rows[""].known == 24_400
    html = shown.content.decode()
    assert "Hoe de maanden van 65650011 binnenkwamen" in html
    assert "23.200" in html


def test_another_region_finds_nothing(client, run, outsider, controller):
    look_back(run, controller)
    assert page(client, outsider, "projection-look-back", run.pk).status_code == 404
