"""What a message gives: rows, pseudonyms, and nothing of a person."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.intake.pseudonyms import Pseudonyms
from core.intake.xmlguard import XmlLimits

from .conftest import PSEUDONYMS, ReadMessage

Example = Callable[[str], bytes]


def test_an_allocation(read: ReadMessage, example: Example) -> None:
    first = read(example("301")).rows("allocation")[0]
    assert first == {
        "file_no": "1", "message_no": "1", "record_no": "1",
        "client": PSEUDONYMS.field("999900006"),
        "municipality": "0384", "provider": "42420001", "allocation_number": "300201",
        "provider_reference": "40A12341234", "category": "55", "product": "55A11",
        "allocated_on": "2026-04-01", "allocated_at": "12:34:56",
        "starts_on": "2026-04-01", "ends_on": "2026-07-14", "change_reason": "",
        "volume": "2", "unit": "04", "frequency": "2", "budget": "", "mandatory": "t", "age": "16",
    }  # fmt: skip


def test_a_start_and_a_stop(read: ReadMessage, example: Example) -> None:
    start, stop = read(example("305")).rows("start")[0], read(example("307")).rows("stop")[0]
    assert (start["started_on"], start["delivery_status"]) == ("2026-04-03", "1")
    assert (stop["stopped_on"], stop["end_reason"]) == ("2026-07-17", "31")
    assert start["allocation_number"] == stop["allocation_number"] == "300201"


def test_lines_with_and_without_what_may_be_absent(read: ReadMessage, example: Example) -> None:
    data = example("323").replace(b"<jw323:ProductTarief>1250</jw323:ProductTarief>", b"", 1)
    data = data.replace(
        b"RN002</ijw:ReferentieNummer>",
        b"RN002</ijw:ReferentieNummer><ijw:VorigReferentieNummer>RN000</ijw:VorigReferentieNummer>",
    )
    first, second = read(data).rows("line")[:2]
    assert (first["tariff"], first["amount"], first["previous_reference"]) == ("", "50.00", "")
    assert (second["tariff"], second["amount"], second["previous_reference"]) == (
        "15.00", "240.00", "RN000",
    )  # fmt: skip


def test_a_credit_is_negative(read: ReadMessage, example: Example) -> None:
    data = example("323").replace(b"<ijw:DebetCredit>D", b"<ijw:DebetCredit>C")
    result = read(data)
    assert [row["amount"] for row in result.rows("line")] == [
        "-50.00", "-240.00", "-50.00", "-240.00", "-210.00",
    ]  # fmt: skip
    assert result.message["declared_total"] == result.message["line_total"] == "-790.00"


def test_an_answer_carries_its_return_codes(read: ReadMessage, example: Example) -> None:
    result = read(example("325"))
    assert [row["return_codes"] for row in result.rows("answer")] == [
        "{0611}", "{9339,9340,9341}", "{9307}",
    ]  # fmt: skip
    message = result.message
    assert (message["answered_identification"], message["return_codes"]) == ("765432198", "{0200}")
    assert result.sink.offered == 0


def test_the_message_itself(read: ReadMessage, example: Example) -> None:
    message = read(example("323")).message
    assert (message["kind"], message["code"], message["state"]) == ("323", "490", "read")
    assert (message["sender"], message["receiver"]) == ("65656055", "0384")
    assert (message["municipality"], message["provider"]) == ("0384", "65656055")
    assert (message["identification"], message["dated"]) == ("765432198", "2026-05-06")
    assert (message["record_count"], message["declaration_number"]) == ("5", "DN001")


@pytest.mark.parametrize("number", ["302", "306", "308", "316", "317", "319", "320"])
def test_kinds_that_change_nothing(number: str, read: ReadMessage, example: Example) -> None:
    result = read(example(number))
    assert result.message["state"] == "not-used"
    assert (result.sink.not_used, result.sink.offered, result.faults) == (1, 0, [])


@pytest.mark.parametrize(("number", "records"), [("315", 2), ("318", 0)])
def test_the_two_invalid_examples_are_refused(
    number: str, records: int, read: ReadMessage, example: Example
) -> None:
    result = read(example(number))
    assert result.sink.refused
    assert result.sink.offered == result.sink.rejected == records
    assert result.message["state"] == "refused"
    assert result.faults


def test_errors_say_line_and_path(read: ReadMessage, example: Example) -> None:
    first, second = read(example("315")).faults
    assert first.message == (
        "ToewijzingEinddatum heeft een waarde die niet kan; verwacht wordt een bestaande datum "
        "(jjjj-mm-dd)."
    )
    assert first.field == "Client/AangevraagdeProducten/AangevraagdProduct[1]/ToewijzingEinddatum"
    assert (first.line_no, second.line_no) == (44, 66)
    assert first.message_ref == "JW315 van 42420001, kenmerk 123456789012"


def test_a_wrong_total_refuses_the_declaration_and_says_both_sums(
    read: ReadMessage, example: Example
) -> None:
    result = read(example("323").replace(b"<ijw:TotaalBedrag>79000", b"<ijw:TotaalBedrag>79001"))
    (fault,) = result.faults
    assert "€ 790,01" in fault.message
    assert "€ 790,00" in fault.message
    assert result.rows("line") == []
    assert (result.sink.offered, result.sink.rejected) == (5, 5)


def test_a_period_that_ends_before_it_begins_refuses_that_line(
    read: ReadMessage, example: Example
) -> None:
    result = read(example("323").replace(b"2026-03-31", b"2026-02-28"))
    (fault,) = result.faults
    assert (fault.rule, fault.record_no) == ("einde-voor-begin", 5)
    assert (len(result.rows("line")), result.sink.offered, result.sink.rejected) == (4, 5, 1)


@pytest.mark.parametrize("day", [b"0025-01-01", b"1899-12-31", b"2200-01-01", b"12026-01-01"])
def test_a_day_outside_all_reason_refuses_its_record(
    day: bytes, read: ReadMessage, example: Example
) -> None:
    data = example("305").replace(b"<jw305:Begindatum>2026-04-03", b"<jw305:Begindatum>" + day)
    result = read(data)
    assert result.rules == ["datum-onmogelijk"]
    assert [row["record_no"] for row in result.rows("start")] == ["2"]


@pytest.mark.parametrize(
    ("born", "use", "age"),
    [
        (b"2010-04-01", b"", "16"), (b"2010-04-02", b"", "15"), (b"2008-02-29", b"", "18"),
        (b"2010-01-01", b"<ijw:DatumGebruik>1</ijw:DatumGebruik>", "16"),
        (b"2010-01-01", b"<ijw:DatumGebruik>3</ijw:DatumGebruik>", ""),
    ],
)  # fmt: skip
def test_age_on_the_first_day(
    born: bytes, use: bytes, age: str, read: ReadMessage, example: Example
) -> None:
    data = example("301")
    begin = data.index(b"<ijw:Datum>")
    end = data.index(b"</jw301:Geboortedatum>")
    data = data[:begin] + b"<ijw:Datum>" + born + b"</ijw:Datum>" + use + data[end:]
    assert read(data).rows("allocation")[0]["age"] == age


@pytest.mark.parametrize("number", ["301", "305", "307", "315", "323", "325"])
@pytest.mark.parametrize("block", [1, 13, 100_000])
def test_the_size_of_blocks_does_not_matter(
    block: int, number: str, read: ReadMessage, example: Example
) -> None:
    assert read(example(number), block=block).store.texts == read(example(number)).store.texts


def test_the_digest_looks_at_content_only(read: ReadMessage, example: Example) -> None:
    data = example("323")
    same = data.replace(b"\n", b"\r\n    ").replace(b"jw323:", b"b:").replace(b":jw323=", b":b=")
    same = same.replace(b"<b:Declaratie>", b"<!-- opnieuw --><b:Declaratie>")
    other = data.replace(b"<ijw:ReferentieNummer>RN001", b"<ijw:ReferentieNummer>RN009")
    digest = read(data).message["content_digest"]
    assert read(same).message["content_digest"] == digest
    assert read(other).message["content_digest"] != digest


def test_the_digest_sees_what_is_not_kept(read: ReadMessage, example: Example) -> None:
    data = example("301")
    moved = data.replace(b"<ijw:Huisnummer>", b"<ijw:Huisnummer>1", 1)
    assert moved != data
    assert read(moved).message["content_digest"] != read(data).message["content_digest"]


def test_tabs_and_backslashes_in_a_reference_stay_in_their_column(
    read: ReadMessage, example: Example
) -> None:
    rows = read(example("323").replace(b"RN001", b"R\tN\\1")).rows("line")
    assert rows[0]["reference"] == "R\\tN\\\\1"


def test_nothing_of_a_person_comes_out(read: ReadMessage, shared_data: Path) -> None:
    golden = shared_data / "golden"
    words = (golden / "pii-names.txt").read_text().split("\n")
    words += (golden / "pii-bsn.txt").read_text().split("\n")
    seen = 0
    with zipfile.ZipFile(golden / "run1.zip") as archive:
        for name in archive.namelist():
            result = read(archive.read(name))
            out = str(result.store.texts) + str(result.store.faults)
            assert not [word for word in words if word and word in out]
            seen += len(result.rows("message"))
    assert seen == 260


def test_nothing_of_a_person_comes_out_of_errors(read: ReadMessage, example: Example) -> None:
    data = example("301").replace(b"999900006", b"Wulpenhorst").replace(b"2010", b"Zegekruid")
    result = read(data)
    assert result.sink.refused
    assert "Wulpenhorst" not in str(result.store.faults)
    assert "Zegekruid" not in str(result.store.faults)


def test_other_keys_give_other_pseudonyms() -> None:
    one, two = Pseudonyms(b"1" * 32), Pseudonyms(b"2" * 32, key_id=2)
    assert one.of("999900006") != two.of("999900006")
    assert (len(one.of("999900006")), one.of("999900006")[0], two.of("999900006")[0]) == (16, 1, 2)
    assert one.of("999900006") == Pseudonyms(b"1" * 32).of("999900006")


def test_a_message_too_large_to_explain_still_says_what_is_wrong(
    read: ReadMessage, example: Example
) -> None:
    data = example("323")
    begin, end = data.index(b"<jw323:Client>"), data.index(b"</jw323:Clienten>")
    many = data[:begin] + data[begin:end] * 1000 + data[end:]
    result = read(many.replace(b"RN004", b"RN004" * 9, 1), block=65_536)
    assert result.sink.refused
    (fault,) = result.faults
    assert fault.message == (
        "ReferentieNummer heeft een waarde die niet kan; verwacht wordt tekst van 1 tot 20 tekens."
    )
    assert fault.line_no is not None
    assert result.rows("line") == []


def test_a_larger_message_than_allowed(read: ReadMessage, example: Example) -> None:
    assert read(example("323"), limits=XmlLimits(size=2000)).rules == ["xml-te-groot"]
