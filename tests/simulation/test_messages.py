"""What is written is real: valid messages that hang together."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from simulation.people import passes_eleven_test
from tests.simulation.conftest import UNTIL, Written, text

KINDS = ("301", "305", "307", "315", "323", "325")


@pytest.mark.parametrize("kind", KINDS)
def test_every_message_is_valid(alkmaar: Written, shared_data: Path, kind: str):
    schema = etree.XMLSchema(etree.parse(shared_data / "ijw" / "xsd" / f"JW{kind}.xsd"))
    found = alkmaar.of_kind(kind)
    assert len(found) == alkmaar.summary.messages[kind] > 0
    assert [schema.error_log.last_error for message in found if not schema.validate(message)] == []


def test_total_of_a_declaration_is_the_sum_of_its_lines(alkmaar: Written):
    for message in alkmaar.of_kind("323"):
        total = _signed(message, "Declaratie", "TotaalIngediendBedrag", "TotaalBedrag")
        assert total == sum(_line_amount(line) for line in message.iter("{*}Prestatie"))


def test_amount_is_volume_times_tariff(alkmaar: Written):
    for message in alkmaar.of_kind("323"):
        for line in message.iter("{*}Prestatie"):
            product = int(text(line, "GeleverdVolume")) * int(text(line, "ProductTarief"))
            assert abs(_line_amount(line)) == product


def test_summary_counts_the_lines_and_their_sum(alkmaar: Written):
    lines = [line for message in alkmaar.of_kind("323") for line in message.iter("{*}Prestatie")]
    assert alkmaar.summary.lines == len(lines)
    assert alkmaar.summary.submitted == sum(map(_line_amount, lines))


def test_granted_total_leaves_out_the_refused_lines(alkmaar: Written):
    answers = [m for m in alkmaar.of_kind("325") if m.find("{*}DeclaratieAntwoord") is not None]
    assert answers
    for message in answers:
        body = message.find("{*}DeclaratieAntwoord")
        refused = sum(_line_amount(line) for line in body.iter("{*}Prestatie"))
        submitted = _signed(body, "TotaalIngediendBedrag", "TotaalBedrag")
        assert _signed(body, "TotaalToegekendBedrag", "TotaalBedrag") == submitted - refused


def test_identity_of_a_message_is_given_once(alkmaar: Written):
    seen = Counter(
        (text(m, "Header", "BerichtCode"), text(m, "Header", "Afzender"), _identity(m))
        for kind in KINDS
        for m in alkmaar.of_kind(kind)
    )
    assert seen.most_common(1)[0][1] == 1


def test_citizen_numbers_are_test_numbers(alkmaar: Written):
    numbers = {
        bsn.text for kind in KINDS for m in alkmaar.of_kind(kind) for bsn in m.iter("{*}Bsn")
    }
    assert [bsn for bsn in numbers if not (bsn.startswith("9") and passes_eleven_test(bsn))] == []


def test_names_of_files_follow_the_days(alkmaar: Written):
    names = [name for name, _ in alkmaar.messages()]
    assert names == sorted(names)
    assert names[0] >= "2023-01-01"
    assert names[-1] < f"{UNTIL.isoformat()}~"


def test_a_credit_names_a_debit_of_the_same_amount(alkmaar: Written):
    lines = [line for message in alkmaar.of_kind("323") for line in message.iter("{*}Prestatie")]
    debits = {text(line, "ProductReferentie", "ReferentieNummer"): line for line in lines}
    credits = [line for line in lines if text(line, "IngediendBedrag", "DebetCredit") == "C"]
    assert credits
    known = [c for c in credits if _previous(c) in debits]
    assert len(known) > 0.8 * len(credits)
    assert all(_line_amount(c) == -_line_amount(debits[_previous(c)]) for c in known)


def test_the_ways_in_which_traffic_goes_wrong_occur(alkmaar: Written):
    starts = Counter(text(s, "StatusAanlevering") for s in _all(alkmaar, "305", "StartProduct"))
    stops = Counter(text(s, "RedenBeeindiging") for s in _all(alkmaar, "307", "StopProduct"))
    changes = Counter(text(a, "RedenWijziging") for a in _all(alkmaar, "301", "ToegewezenProduct"))
    assert min(starts[status] for status in "123") > 0
    assert min(stops[reason] for reason in ("20", "31", "32", "33", "34", "36", "37", "38")) > 0
    assert changes["13"] > 0
    assert any(len(list(m.iter("{*}DeclaratieAntwoord"))) == 0 for m in alkmaar.of_kind("325"))


def test_no_period_ends_before_it_begins(alkmaar: Written):
    stops = _all(alkmaar, "307", "StopProduct")
    periods = [(text(s, "Begindatum"), text(s, "Einddatum")) for s in stops]
    periods += [
        (text(p, "Begindatum"), text(p, "Einddatum"))
        for message in alkmaar.of_kind("323")
        for p in message.iter("{*}ProductPeriode")
    ]
    assert [period for period in periods if period[0] > period[1]] == []


def test_some_starts_come_before_their_allocation(alkmaar: Written):
    allocated: set[str] = set()
    early = 0
    for name, body in alkmaar.messages():
        numbers = {f"{n.text}" for n in etree.fromstring(body).iter("{*}ToewijzingNummer")}
        if name.endswith("JW301.xml"):
            allocated |= numbers
        elif name.endswith("JW305.xml"):
            early += not numbers & allocated
    assert 0 < early < 0.2 * alkmaar.summary.messages["305"]


def test_referrers_come_with_a_part_of_the_allocations(alkmaar: Written):
    asked = {text(p, "ReferentieAanbieder") for p in _all(alkmaar, "315", "AangevraagdProduct")}
    given = {text(p, "ReferentieAanbieder") for p in _all(alkmaar, "301", "ToegewezenProduct")}
    assert "" in given
    assert len(asked & given) > 0.9 * len(asked)


def _all(found: Written, kind: str, element: str) -> list[etree._Element]:
    return [one for message in found.of_kind(kind) for one in message.iter(f"{{*}}{element}")]


def _line_amount(line: etree._Element) -> int:
    return _signed(line, "IngediendBedrag", "Bedrag")


def _signed(element: etree._Element, *path: str) -> int:
    amount = int(text(element, *path))
    return -amount if text(element, *path[:-1], "DebetCredit") == "C" else amount


def _previous(line: etree._Element) -> str:
    return text(line, "ProductReferentie", "VorigReferentieNummer")


def _identity(message: etree._Element) -> str:
    return text(message, "Header", "BerichtIdentificatie", "Identificatie")
