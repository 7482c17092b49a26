"""What the pages about figures tell whom."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitoring.domain.change import Reading, change
from monitoring.domain.statistics import Party, difference
from monitoring.indicators import get
from monitoring.queries.figures import figures_for, newest_set
from monitoring.queries.providers import compare_providers
from monitoring.queries.reading import Where, readings
from monitoring.queries.why import why
from providers.models import Provider
from regions.enums import OrganisationKind, Role
from regions.models import Municipality, Region
from tests.factories import user_with

from .build import H1, figures, organisation, trajectory


@pytest.fixture
def filled(region: Region) -> Region:
    """21 trajectories end in Delft and 5 in Zoetermeer, at two providers; 4 + 1 drop out."""
    for number in range(26):
        delft = number < 21
        trajectory(
            region,
            number,
            "2024-09-01",
            "2025-03-01",
            "32" if number in (0, 1, 2, 3, 25) else "31",
            municipality="0503" if delft else "0637",
            provider="65650011" if number % 2 else "65650022",
        )
    figures(region)
    return region


def reader(role: str, region: Region, gm_code: str = "") -> Client:
    municipality = Municipality.objects.get(gm_code=gm_code) if gm_code else None
    client = Client()
    client.force_login(user_with(role, region, municipality=municipality))
    return client


def text_of(client: Client, region: Region, path: str) -> str:
    answer = client.get(f"/regio/{region.slug}/indicatoren/{path}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_staff_see_small_numbers_and_councils_do_not(filled: Region) -> None:
    shown = figures_for(filled, H1)
    assert shown is not None
    zoetermeer, codes = Where("0637"), ["outflow"]
    staff = user_with(Role.CONTROLLER, filled)
    assert readings(staff, shown.now, zoetermeer, codes)["outflow"].value == 5
    delft = Municipality.objects.get(gm_code="0503")
    council = user_with(Role.COUNCIL_MEMBER, filled, municipality=delft)
    hidden = readings(council, shown.now, zoetermeer, codes)["outflow"]
    assert hidden.is_hidden
    assert hidden.numerator is None


def test_the_overview_says_what_the_cell_and_half_year_are(filled: Region) -> None:
    page = text_of(reader(Role.CONTROLLER, filled), filled, "?gemeente=0503")
    assert "Gemeente 0503, eerste halfjaar 2025" in page
    assert "19,0%" in page  # 4 of 21


def test_a_figure_with_variants_asks_the_database_no_more(filled: Region) -> None:
    council = reader(Role.COUNCIL_MEMBER, filled, "0503")

    def asked(code: str) -> int:
        text_of(council, filled, f"{code}/")
        with CaptureQueriesContext(connection) as queries:
            text_of(council, filled, f"{code}/")
        return len(queries)

    assert asked("inflow") == asked("clients") < 30


def test_a_combination_that_is_not_computed_is_said_in_the_form(filled: Region) -> None:
    query = "?gemeente=0503&categorie=herstel-verblijf"
    assert "wordt niet berekend" in text_of(reader(Role.CONTROLLER, filled), filled, query)


def test_councils_cannot_choose_a_provider(filled: Region) -> None:
    page = text_of(reader(Role.COUNCIL_MEMBER, filled, "0503"), filled, "?aanbieder=65650011")
    assert 'name="aanbieder"' not in page
    assert "65650011" not in text_of(
        reader(Role.COUNCIL_MEMBER, filled, "0503"), filled, "outflow/waarom/"
    )


def test_comparison_of_providers_is_for_staff(filled: Region) -> None:
    path = f"/regio/{filled.slug}/indicatoren/dropout_rate/aanbieders/"
    assert reader(Role.CONTRACT_MANAGER, filled).get(path).status_code == 200
    assert reader(Role.COUNCIL_MEMBER, filled, "0503").get(path).status_code == 403


def test_unknown_code_is_not_found(filled: Region) -> None:
    client = reader(Role.CONTROLLER, filled)
    assert client.get(f"/regio/{filled.slug}/indicatoren/onzin/").status_code == 404


def test_files_carry_the_mark_where_the_page_does(filled: Region) -> None:
    path = f"/regio/{filled.slug}/indicatoren/cijfers.csv?gemeente=0637"

    def outflow(client: Client) -> list[str]:
        lines = b"".join(client.get(path).streaming_content).decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(lines), delimiter=";")
        return [r["waarde"] for r in rows if r["code"] == "outflow" and r["segment"] == "*"]

    assert outflow(reader(Role.CONTROLLER, filled)) == ["5"]
    assert outflow(reader(Role.COUNCIL_MEMBER, filled, "0503")) == ["afgeschermd"]


def test_why_splits_a_figure_into_parts_that_add_up(filled: Region) -> None:
    figure_set = newest_set(filled, H1)
    assert figure_set is not None
    found = why(user_with(Role.CONTROLLER, filled), figure_set, get("dropout_rate"), Where())
    assert (found.reading.numerator, found.reading.denominator) == (5, 26)
    by_place = next(split for split in found.splits if split.dimension == "municipality")
    assert by_place.adds_up
    assert [(w.municipality, r.numerator) for w, r in by_place.parts] == [("0503", 4), ("0637", 1)]


def test_providers_stand_in_the_order_of_their_names(filled: Region) -> None:
    for code, name in (("65650011", "Zonnebloem"), ("65650022", "Akker")):
        Provider.objects.create(
            region=filled,
            agb_code=code,
            name=name,
            organisation=organisation(name, OrganisationKind.PROVIDER),
        )
    figure_set = newest_set(filled, H1)
    assert figure_set is not None
    found = compare_providers(figure_set, get("dropout_rate"), "B", "Uitval")
    assert found is not None
    assert [row.name for row in found.rows] == ["Akker", "Zonnebloem"]
    assert sum(row.numerator for row in found.rows) == 5


def test_newcombes_difference_of_56_in_70_and_48_in_80() -> None:
    # Newcombe (1998), table II, method 10: 56/70 - 48/80 gives 0.0524 to 0.3339.
    interval = difference(Party("", 56, 70), Party("", 48, 80))
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_a_change_that_the_interval_does_not_bear_is_not_claimed() -> None:
    before, after = Reading(0.2, 20, 100), Reading(0.25, 25, 100)
    said = change(get("dropout_rate"), after, before)
    assert said is not None
    assert said.words == "geen duidelijk verschil"


def test_a_clear_change_has_size_direction_and_judgement() -> None:
    said = change(get("dropout_rate"), Reading(0.4, 400, 1000), Reading(0.2, 200, 1000))
    assert said is not None
    assert (said.words, said.tone) == ("20,0 procentpunt hoger", "attention")


def test_counts_are_compared_in_percents_and_not_judged() -> None:
    said = change(get("clients"), Reading(110, 110), Reading(100, 100))
    assert said is not None
    assert (said.words, said.tone) == ("10,0% hoger", "neutral")


def test_nothing_is_said_beside_a_hidden_figure() -> None:
    assert change(get("clients"), Reading(110, 110), Reading()) is None
