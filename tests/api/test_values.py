"""Figures as tidy rows, and rows of single clients."""

from datetime import date

import pytest
import structlog

from core.api.paging import encoded
from core.audit import looks
from core.audit.models import Look
from monitoring.models import FigureSet, IndicatorValue

from .conftest import api_of
from .test_rules_of_the_land import is_problem
from .world import add_care

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures(world):
    """Beside the region's 120 clients: 4 in a municipality and 30 at a provider."""
    own = FigureSet.objects.get(pk=world.keys["cijferset"]["pk"])
    place, other = (m.gm_code for m in world.made.municipalities)
    cells = [
        {"municipality": place, "numerator": 4, "value": 4, "cases": 4},
        {"municipality": other, "numerator": 116, "value": 116, "cases": 116},
        {"provider": world.made.provider.agb_code, "numerator": 30, "value": 30, "cases": 30},
    ]
    for cell in cells:
        IndicatorValue.objects.create(figure_set=own, code="clients", **cell)
    return own


def cells(api, **query):
    rows = api.get("indicatorwaarden", code="clients", **query).json()["resultaten"]
    return {
        (row["gemeente"], row["aanbieder"]): (row["teller"], row["afgeschermd"]) for row in rows
    }


def test_staff_get_every_cell(staff, world, figures):
    place, other = (m.gm_code for m in world.made.municipalities)
    assert cells(staff) == {
        ("", ""): ("120", False),
        (place, ""): ("4", False),
        (other, ""): ("116", False),
        ("", world.made.provider.agb_code): ("30", False),
    }


def test_a_provider_gets_no_small_count_and_nothing_that_gives_it_away(world, figures):
    """4 is too few; 116 would give it away by subtraction from 120."""
    place, other = (m.gm_code for m in world.made.municipalities)
    found = cells(api_of(world.user("provider")))
    assert found[place, ""] == (None, True)
    assert (found["", ""][1], found[other, ""][1]) in {(True, False), (False, True), (True, True)}
    assert found["", world.made.provider.agb_code] == ("30", False)


def test_a_municipality_gets_its_own_small_count(world, figures):
    place = world.made.municipalities[0].gm_code
    assert cells(api_of(world.user("executive")), gemeente=place) == {(place, ""): ("4", False)}


def csv_lines_of(api):
    answer = api.get("indicatorwaarden", headers={"Accept": "text/csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


def test_values_come_as_csv_with_the_same_hidden(staff, world, figures):
    place = world.made.municipalities[0].gm_code
    header, *lines = csv_lines_of(staff)
    assert header.startswith("code;regio;halfjaar;gemeente;segment;categorie;aanbieder;teller")
    assert f"clients;noord;2025-H1;{place};*;*;*;4,0000;;4,0;;" in lines
    hidden = next(
        line for line in csv_lines_of(api_of(world.user("provider"))) if f";{place};" in line
    )
    assert "4,0" not in hidden


def test_only_the_newest_set_of_a_half_year_is_given(staff, figures):
    newer = FigureSet.objects.create(
        region=figures.region, half_year="2025-H1", scheme=figures.scheme,
        scheme_on=figures.scheme_on, known_on=figures.known_on, cutoff_run=2, code_version="1",
        checksum="e" * 64,
    )  # fmt: skip
    IndicatorValue.objects.create(figure_set=newer, code="clients", numerator=121, value=121)
    assert cells(staff) == {("", ""): ("121", False)}


def test_clients_are_numbered_anew_in_every_answer_and_no_pseudonym_leaves(staff, world):
    one, two = b"\x0a" * 16, b"\x0b" * 16
    add_care(world, client=two, seq=2)
    add_care(world, client=one, seq=3)
    add_care(world, client=two, seq=4, number=2)
    answer = staff.get("declaratieregels", regio="noord")
    assert [row["jeugdige"] for row in answer.json()["resultaten"]] == [1, 2, 3, 2]
    assert one.hex() not in answer.content.decode()
    assert answer.json()["resultaten"][0]["bedrag"] == "92.40"


def test_every_look_at_rows_of_clients_is_logged_without_what_was_seen(staff, world, monkeypatch):
    with structlog.testing.capture_logs() as logged:
        monkeypatch.setattr(looks, "log", structlog.get_logger())
        staff.get("trajecten", regio="noord")
    found = [entry for entry in logged if entry["event"] == "client_rows_seen"]
    assert [(e["user_id"], e["what"], e["region"], e["rows"]) for e in found] == [
        (world.user("contract_manager").pk, "traject", "noord", 1)
    ]


def test_a_look_is_kept_with_who_when_and_why_for_whoever_answers_for_it(staff, world):
    staff.client.get(
        "/api/v1/trajecten?regio=noord&gemeente=0361", headers={"X-Reden": "controle declaratie"}
    )
    look = Look.objects.get(what="traject")
    refused = staff.get("trajecten", regio="noord", headers={"X-Reden": ""})
    assert is_problem(refused, 400)["fouten"][0]["veld"] == "X-Reden"
    assert (look.user, look.what) == (world.user("contract_manager"), "traject")
    assert (look.narrowed, look.reason) == ("gemeente=0361", "controle declaratie")
    admin = api_of(world.user("regional_admin"))
    told = admin.get("inzagen", wat="traject", regio="noord").json()["resultaten"]
    assert [(row["account"], row["rijen"], row["gezochtOp"], row["waarom"]) for row in told] == [
        (look.user.email, 0, "gemeente=0361", "controle declaratie")
    ]
    assert admin.get("inzagen", vanaf="2999-01-01").json()["resultaten"] == []
    assert staff.get("inzagen").status_code == 403


def test_a_cursor_walks_everything_once_also_when_rows_come_in_between(staff, world):
    for number in range(2, 8):
        add_care(world, client=bytes([number]) * 16, seq=number)
    seen, address = [], "/api/v1/declaratieregels?regio=noord&paginaGrootte=3"
    while address:
        body = staff.client.get(address).json()
        seen += [row["referentie"] for row in body["resultaten"]]
        address = body["volgende"]
        if len(seen) == 3:
            add_care(world, client=b"z" * 16, seq=0)
            add_care(world, client=b"y" * 16, seq=8)
    assert seen == [f"r{number}" for number in range(1, 9)]


def test_beyond_the_last_place_there_is_nothing(staff):
    last = encoded((2**63 - 1,) * 3)
    answer = staff.get("declaratieregels", regio="noord", cursor=last).json()
    assert answer == {"volgende": None, "resultaten": []}


@pytest.mark.parametrize(
    "cursor", ["x", "MQ", "WzFd", "W10", "é", "W1sxXSwyLDNd", "a" * 5000, "\0"]
)
def test_a_cursor_of_ones_own_making_is_refused(staff, cursor):
    is_problem(staff.get("declaratieregels", regio="noord", cursor=cursor), 400)


def test_a_list_of_care_names_its_region(staff):
    body = is_problem(staff.get("toewijzingen"), 400)
    assert body["fouten"][0]["veld"] == "regio"


def test_a_period_is_written_with_its_last_day_and_money_with_two_decimals(staff, world):
    contract = staff.get(f"contracten/{world.made.contract.pk}").json()
    assert (contract["vanaf"], contract["totEnMet"]) == ("2023-01-01", "2030-12-31")
    assert contract["plafonds"] == [{"jaar": 2025, "bedrag": "100000.00"}]
    assert contract["fasen"][0]["totEnMet"] == "2025-12-31"
    assert contract["segmenten"] == ["S1"]
    assert contract["stand"] == "lopend"


def test_a_page_beyond_the_last_is_not_there_and_sizes_are_bounded(staff, world):
    is_problem(staff.get("segmenten", pagina=2), 404)
    for size in ("0", "201", "x", "-1", "1e2", "²", "99999999999"):
        is_problem(staff.get("segmenten", paginaGrootte=size), 400)
    first = staff.get("segmenten", paginaGrootte=1).json()
    assert (first["aantal"], len(first["resultaten"]), first["vorige"]) == (2, 1, None)
    second = staff.client.get(first["volgende"]).json()
    assert (second["volgende"], second["resultaten"][0]["code"]) == (None, "S2")


def test_an_edition_comes_as_pdf(staff, world):
    path = f"edities/{world.keys['editie']['pk']}/pdf"
    answer = staff.get(path, headers={"Accept": "application/pdf"})
    assert (answer["Content-Type"], b"".join(answer.streaming_content)[:5]) == (
        "application/pdf",
        b"%PDF-",
    )
    is_problem(staff.get(path, headers={"Accept": "application/json"}), 406)


def test_a_contract_brings_its_relations_as_its_own_fields_are_written(staff, world):
    """Phase 1 to and including 31-12-2025; 92.40 and 100000 euros with two decimals."""
    contract = world.made.contract
    contract.phases.all().delete()
    contract.phases.create(
        number=1, name='De "eerste"', start_date=date(2023, 1, 1), end_date=date(2026, 1, 1)
    )
    row = staff.get(f"contracten/{contract.pk}").json()
    assert row["fasen"] == [
        {
            "nummer": 1,
            "naam": 'De "eerste"',
            "soort": "looptijd",
            "vanaf": "2023-01-01",
            "totEnMet": "2025-12-31",
            "opgaven": [],
        }
    ]
    assert row["plafonds"] == [{"jaar": 2025, "bedrag": "100000.00"}]
    assert row["segmenten"] == sorted(s.code for s in contract.segments.all())
    assert row["producten"][0]["totEnMet"] is None


def test_looks_at_outcomes_and_places_of_stay_are_logged(staff, world, monkeypatch):
    with structlog.testing.capture_logs() as logs:
        monkeypatch.setattr(looks, "log", structlog.get_logger())
        outcomes = staff.get("uitkomstmetingen", regio="noord").json()["resultaten"]
        staff.get("verblijfplaatsen", regio="noord")
        staff.get("termijnen", regio="noord")
    assert [(one["jeugdige"], one["informant"], one["rapportcijfer"]) for one in outcomes] == [
        (1, "ouder", 7)
    ]
    assert [(e["what"], e["rows"]) for e in logs if e["event"] == "client_rows_seen"] == [
        ("uitkomstmeting", 1),
        ("verblijfplaats", 1),
    ]


def test_instalments_deliveries_and_messages_are_rows_of_a_run(staff):
    instalment = staff.get("termijnen", regio="noord", aanlevering=1).json()["resultaten"][0]
    assert (instalment["bedrag"], instalment["totEnMet"]) == ("1250.50", "2025-01-31")
    delivery = staff.get("indicatoraanleveringen", regio="noord").json()["resultaten"][0]
    assert (delivery["teller"], delivery["noemer"]) == ("8", "10")
    message = staff.get("berichten", regio="noord", stand="verwerkt").json()["resultaten"][0]
    assert (message["code"], message["aangeboden"]) == ("301", 1)
    assert staff.get("berichten", regio="noord", aanlevering=2).json()["resultaten"] == []


def test_definitions_tell_how_a_value_is_made(staff):
    found = staff.get("indicatordefinities", paginaGrootte=200).json()
    by_code = {row["code"]: row for row in found["resultaten"]}
    assert found["aantal"] == len(by_code)
    assert all(row["definitie"] and row["rekenwijze"] and row["bron"] for row in by_code.values())
    assert by_code["clients"]["thema"] == "Omvang en stroom"
