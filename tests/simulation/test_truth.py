"""What the messages say in the end is what really was."""

import csv
from collections import Counter

from lxml import etree

from tests.simulation.conftest import Written, text

LONG_AGO = ("2023-H1", "2023-H2", "2024-H1", "2024-H2")


def test_starts_in_the_messages_are_the_starts_that_were(alkmaar: Written):
    stated: dict[tuple[str, str], list[str]] = {}
    for message in alkmaar.of_kind("305"):
        for start in message.iter("{*}StartProduct"):
            _state(stated.setdefault(_key(message, start), []), start, "Begindatum")
    told = Counter(_half(min(days)) for days in stated.values() if days)
    true = _true(alkmaar, "inflow")
    assert {half: told[half] for half in LONG_AGO} == {half: true[half] for half in LONG_AGO}


def test_dropouts_in_the_messages_are_those_that_were_but_for_stops_never_told(alkmaar: Written):
    stated: dict[tuple[str, str], list[str]] = {}
    for message in alkmaar.of_kind("307"):
        for stop in message.iter("{*}StopProduct"):
            if text(stop, "RedenBeeindiging") != "20":
                days = stated.setdefault(_key(message, stop), [])
                _state(days, stop, "Einddatum", "RedenBeeindiging")
    ends = [days[-1] for days in stated.values() if days]
    told = Counter(_half(end) for end in ends if end.endswith(("32", "33", "34")))
    true = _true(alkmaar, "dropout")
    for half in LONG_AGO:
        assert 0.85 * true[half] <= told[half] <= true[half]


def test_money_in_the_messages_of_old_months_is_what_care_cost(alkmaar: Written):
    """Lines by month of care, refused ones out and the last of a key counting; two years old."""
    lines: dict[tuple[str, ...], int] = {}
    for name, body in alkmaar.messages():
        message = etree.fromstring(body) if name.endswith(("323.xml", "325.xml")) else None
        if message is not None and name.endswith("323.xml"):
            for line in message.iter("{*}Prestatie"):
                lines[_line_key(line)] = _amount(line)
        elif message is not None:
            for line in message.iter("{*}Prestatie"):
                lines.pop(_line_key(line), None)
    told = Counter[str]()
    for key, cents in lines.items():
        told[key[-1][:7]] += cents
    true = _spend(alkmaar)
    months = [month for month in true if month < "2023-12"]
    assert len(months) == 11
    assert sum(told[month] for month in months) == sum(true[month] for month in months)


def _state(days: list[str], record: etree._Element, *names: str) -> None:
    """Status 2 replaces what was stated last, 3 takes it back, 1 states."""
    status = text(record, "StatusAanlevering")
    if status in "23" and days:
        days.pop()
    if status in "12":
        days.append(" ".join(text(record, name) for name in names))


def _key(message: etree._Element, record: etree._Element) -> tuple[str, str]:
    return text(message, "Header", "Ontvanger"), text(record, "ToewijzingNummer")


def _half(day: str) -> str:
    return f"{day[:4]}-H{1 if day[5:7] <= '06' else 2}"


def _line_key(line: etree._Element) -> tuple[str, ...]:
    reference = text(line, "ProductReferentie", "ReferentieNummer")
    return text(line, "ToewijzingNummer"), reference, text(line, "ProductPeriode", "Begindatum")


def _amount(line: etree._Element) -> int:
    cents = int(text(line, "IngediendBedrag", "Bedrag"))
    return -cents if text(line, "IngediendBedrag", "DebetCredit") == "C" else cents


def _true(found: Written, what: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in _rows(found, "counts.csv"):
        if row["what"] == what:
            counts[row["half_year"]] += int(row["count"])
    return counts


def _spend(found: Written) -> Counter[str]:
    cents: Counter[str] = Counter()
    for row in _rows(found, "spend.csv"):
        cents[row["month"]] += int(row["cents"])
    return cents


def _rows(found: Written, name: str) -> list[dict[str, str]]:
    with (found.out / "waarheid" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
