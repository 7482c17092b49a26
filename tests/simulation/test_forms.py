"""The forms beside the messages, and the lines as CSV."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from simulation import load_profile, write_lines
from simulation.people import passes_eleven_test
from tests.simulation.conftest import UNTIL, Written, text

CRISIS_SINCE, DAYCARE_SINCE = "2025-01-01", "2025-07-01"


def test_task_based_care_sends_no_lines_but_instalments(bollenstreek: Written):
    late = [
        line
        for message in bollenstreek.of_kind("323")
        for line in message.iter("{*}Prestatie")
        if text(line, "ProductCode") == "46A01"
        and text(line, "ProductPeriode", "Begindatum") > "2025-08-01"
    ]
    paid = _rows(bollenstreek, "termijnen/*.csv")
    assert late == []
    assert {row["segment"] for row in paid} == {"3", "5"}
    assert min(row["begindatum"] for row in paid) >= CRISIS_SINCE
    assert all(row["bedrag"].endswith("00,00") for row in paid)


def test_deliveries_come_after_the_half_year_and_only_for_task_based_segments(
    bollenstreek: Written,
):
    rows = _rows(bollenstreek, "aanleveringen/*.csv")
    others = [row for row in rows if row["indicator"] != "crisis_within_24h"]
    assert {row["segment"] for row in others} == {"3", "5"}
    assert max(row["halfjaar"] for row in rows) == "2025-H2"
    assert all(int(row["teller"]) <= int(row["noemer"]) for row in rows)


def test_outcomes_are_partial_and_belong_to_stopped_trajectories(alkmaar: Written):
    rows = _rows(alkmaar, "uitkomsten/*.csv")
    stops = alkmaar.summary.messages["307"]
    answered = {(row["gemeente"], row["toewijzingnummer"]) for row in rows}
    assert 0.2 * stops < len(answered) < 0.8 * stops
    assert {row["informant"] for row in rows} == {"jeugdige", "ouder"}
    assert {row["zonder_hulp"] for row in rows} == {"", "01", "02", "03", "04"}
    assert all(row["datum"] <= UNTIL.isoformat() for row in rows)


def test_a_measurement_and_a_place_stand_once(alkmaar: Written):
    key = ("gemeente", "aanbieder", "toewijzingnummer", "bsn")
    outcomes = [
        tuple(row[name] for name in (*key, "datum", "informant"))
        for row in _rows(alkmaar, "uitkomsten/*.csv")
    ]
    places = [tuple(row[name] for name in key) for row in _rows(alkmaar, "verblijfplaatsen/*.csv")]
    assert len(set(outcomes)) == len(outcomes)
    assert len(set(places)) == len(places) > 0


def test_setup_names_every_product_and_provider_of_the_messages(alkmaar: Written):
    products = {row["productcode"] for row in _rows(alkmaar, "inrichting/producten.csv")}
    providers = {row["agb"] for row in _rows(alkmaar, "inrichting/aanbieders.csv")}
    allocations = alkmaar.of_kind("301")
    assert {c.text for m in allocations for c in m.iter("{*}Code")} <= products
    assert {text(m, "Header", "Ontvanger") for m in allocations} <= providers


def test_budgets_cover_every_year_in_thousands_of_euros(alkmaar: Written):
    rows = _rows(alkmaar, "inrichting/begrotingen.csv")
    assert {row["jaar"] for row in rows} == {"2023", "2024", "2025", "2026"}
    assert all(int(row["bedrag"]) % 1000 == 0 < int(row["bedrag"]) for row in rows)


def test_lines_as_csv_with_known_faults(tmp_path: Path):
    found = write_lines(
        load_profile("haaglanden"), seed=2, until=UNTIL, lines=3_000, out=tmp_path, faults=0.02
    )
    rows = found.path.read_text().splitlines()
    assert len(rows) == 3_001
    assert sum(found.faults.values()) == len(found.spoiled) == pytest.approx(60, abs=30)
    sound = [row.split(";") for number, row in enumerate(rows, 1) if number not in found.spoiled]
    assert all(passes_eleven_test(row[3]) and row[9] <= row[10] for row in sound[1:])


def test_lines_without_faults_have_none(tmp_path: Path):
    profile = load_profile("haaglanden")
    found = write_lines(profile, seed=2, until=UNTIL, lines=500, out=tmp_path)
    assert (found.faults, found.spoiled) == ({}, ())


def test_command_writes_and_tells(tmp_path: Path):
    said = StringIO()
    call_command(
        "simulate", "bollenstreek", str(tmp_path), "--lines", "300", "--until", "2024-12-31",
        stdout=said,
    )  # fmt: skip
    assert "JW323" in said.getvalue()
    assert len(list((tmp_path / "berichten").glob("*.zip"))) == 12


def test_command_writes_lines(tmp_path: Path):
    said = StringIO()
    call_command(
        "simulate", "bollenstreek", str(tmp_path), "--form", "lines", "--lines", "300",
        "--faults", "0.5", "--until", "2025-12-31", stdout=said,
    )  # fmt: skip
    assert said.getvalue().startswith("300 lines")


def test_command_refuses_a_day_before_the_region_began(tmp_path: Path):
    with pytest.raises(CommandError, match="begins on"):
        call_command("simulate", "alkmaar", str(tmp_path), "--until", date(2022, 1, 1).isoformat())


def _rows(found: Written, pattern: str) -> list[dict[str, str]]:
    return [
        row
        for path in sorted(found.out.glob(pattern))
        for row in csv.DictReader(path.open(encoding="utf-8", newline=""), delimiter=";")
    ]
