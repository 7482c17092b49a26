"""Files that mean harm, or are no message at all: refused, with a reason, and nothing read."""

from collections.abc import Callable

import pytest

from .conftest import ReadMessage

Example = Callable[[str], bytes]
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
NAMESPACE = b'xmlns:j="http://www.istandaarden.nl/ijw/3_2/jw301/schema"'


def refused(read: ReadMessage, data: bytes, **options: int) -> str:
    result = read(data, **options)
    assert result.sink.refused
    assert not [name for name in result.store.texts if name != "message"]
    return result.rules[0]


@pytest.mark.parametrize("block", [1, 5, 100_000])
@pytest.mark.parametrize(
    ("insert", "rule"),
    [
        (b"<!DOCTYPE a>", "xml-doctype"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd">', "xml-doctype"),
        (b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>', "xml-doctype"),
        (b'<?xml-stylesheet href="http://example.nl/a.xsl"?>', "xml-verwerkingsopdracht"),
        (b"\0", "xml-stuurteken"),
    ],
)
def test_what_may_not_stand_before_the_message(
    insert: bytes, rule: str, block: int, read: ReadMessage, example: Example
) -> None:
    data = example("305")
    at = data.index(b"<jw305:Bericht")
    assert refused(read, data[:at] + insert + data[at:], block=block) == rule


def test_xinclude(read: ReadMessage, example: Example) -> None:
    data = example("305").replace(
        b"<jw305:Client>",
        b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/><jw305:Client>',
    )
    assert refused(read, data) == "xml-xinclude"


def test_an_instruction_inside(read: ReadMessage, example: Example) -> None:
    data = example("305").replace(b"<jw305:Client>", b"<?php echo 1 ?><jw305:Client>")
    assert refused(read, data) == "xml-verwerkingsopdracht"


def test_an_undeclared_entity(read: ReadMessage, example: Example) -> None:
    data = example("305").replace(b"<jw305:Bsn>9", b"<jw305:Bsn>&nine;")
    assert refused(read, data) in ("xml-niet-welgevormd", "ijw-waarde")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "bestand-leeg"),
        (b"   \n", "xml-niet-welgevormd"),
        (b"geen xml", "xml-niet-welgevormd"),
        (b"%PDF-1.7 x", "xml-niet-welgevormd"),
        (b"<a/>", "ijw-geen-bericht"),
        (b'<Bericht xmlns="urn:iets"/>', "ijw-geen-bericht"),
        (b"<j:Iets " + NAMESPACE + b"/>", "ijw-geen-bericht"),
        (b"<j:Bericht " + NAMESPACE.replace(b"3_2", b"3_1") + b"/>", "ijw-andere-versie"),
        (
            b"<j:Bericht " + NAMESPACE.replace(b"ijw/3_2/jw301", b"iwmo/3_2/wmo301") + b"/>",
            "ijw-andere-versie",
        ),
        (b"<j:Bericht " + NAMESPACE.replace(b"jw301", b"jw303") + b"/>", "ijw-onbekend-bericht"),
        (b"<j:Bericht " + NAMESPACE + b"/>", "ijw-structuur"),
        (b"<j:Bericht " + NAMESPACE + b">", "xml-niet-welgevormd"),
        (b"<" * 1000, "xml-niet-welgevormd"),
        (b"<" + b"a" * 70_000, "xml-niet-welgevormd"),
        (b"<!--" + b"x" * 300_000, "xml-niet-welgevormd"),
    ],
)
def test_no_message(data: bytes, rule: str, read: ReadMessage) -> None:
    assert refused(read, data) == rule


def test_another_version_says_what_is_expected(read: ReadMessage) -> None:
    result = read(b"<j:Bericht " + NAMESPACE.replace(b"3_2", b"3_1") + b"/>")
    assert "volgt iJw 3.1, niet iJw 3.2" in result.faults[0].message
    assert "ijw/3_2/" in result.faults[0].advice


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda text: text.encode("utf-16"), "xml-codering"),
        (lambda text: text.encode("utf-16-le"), "xml-codering"),
        (lambda text: text.replace("UTF-8", "UTF-16").encode(), "xml-codering"),
        (lambda text: text.replace("UTF-8", "EBCDIC-CP-NL").encode(), "xml-codering"),
        (lambda text: text.replace("UTF-8", "UTF-7").encode(), "xml-codering"),
        (
            lambda text: b"\xef\xbb\xbf" + text.replace("UTF-8", "ISO-8859-1").encode(),
            "xml-codering-wijkt-af",
        ),
        (lambda text: text.replace(">1<", ">é<").encode("latin-1"), "xml-codering-wijkt-af"),
    ],
)
def test_encodings(
    change: Callable[[str], bytes], rule: str, read: ReadMessage, example: Example
) -> None:
    assert refused(read, change(example("305").decode())) == rule


def test_latin_1_that_says_so_is_read(read: ReadMessage, example: Example) -> None:
    text = example("305").decode().replace("UTF-8", "ISO-8859-1")
    text = text.replace("<ijw:Voornamen>", "<ijw:Voornamen>é")
    assert read(text.encode("latin-1")).faults == []


def test_a_byte_order_mark_is_fine(read: ReadMessage, example: Example) -> None:
    assert read(b"\xef\xbb\xbf" + example("305"), block=1).faults == []


def test_depth(read: ReadMessage, example: Example) -> None:
    deep = b"<a>" * 12_000 + b"</a>" * 12_000
    data = example("305").replace(b"<jw305:Client>", deep + b"<jw305:Client>")
    assert refused(read, data) == "xml-te-diep"


def test_long_texts(read: ReadMessage, example: Example) -> None:
    data = example("301").replace(b"<ijw:Voornamen>", b"<ijw:Voornamen>" + b"x" * 11_000_000, 1)
    assert refused(read, data, block=65_536) == "xml-tekst-te-lang"


def test_many_attributes(read: ReadMessage, example: Example) -> None:
    attributes = b"".join(b' a%d="1"' % n for n in range(50_000))
    data = example("305").replace(b"<jw305:Client>", b"<jw305:Client" + attributes + b">")
    assert refused(read, data, block=65_536) == "xml-tekst-te-lang"


def test_a_million_unknown_elements_stop_early(read: ReadMessage, example: Example) -> None:
    junk = b"<jw305:Rommel/>" * 1_000_000
    data = example("305").replace(b"<jw305:Client>", junk + b"<jw305:Client>")
    result = read(data, block=65_536)
    assert result.sink.refused
    assert len(result.faults) < 250


def test_a_record_without_end(read: ReadMessage, example: Example) -> None:
    codes = b"<jw325:RetourCode>0611</jw325:RetourCode>"
    data = example("325").replace(codes, codes * 200_000, 1)
    assert refused(read, data, block=65_536) == "ijw-regel-te-groot"


def test_white_space_and_comments_in_free_text_take_no_time(
    read: ReadMessage, example: Example
) -> None:
    spaces = (b". " * 45_000) + b"x"
    data = example("301").replace(b"<jw301:Commentaar>", b"<jw301:Commentaar>" + spaces, 1)
    assert data != example("301")
    assert read(data).faults == []


def test_schema_hints_are_not_followed(read: ReadMessage, example: Example) -> None:
    data = example("305").replace(
        b"<jw305:Bericht ",
        b'<jw305:Bericht xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        b'xsi:schemaLocation="http://www.istandaarden.nl/ijw/3_2/jw305/schema file:///etc/passwd" ',
    )
    assert read(data).faults == []


@pytest.mark.parametrize("number", ["301", "323"])
def test_a_message_cut_off_anywhere_is_refused(
    number: str, read: ReadMessage, example: Example
) -> None:
    data = example(number).rstrip()
    for cut in range(1, len(data), 37):
        assert read(data[:cut]).sink.refused, cut
    assert read(data[:-1]).sink.refused
    assert not read(data).sink.refused


@pytest.mark.parametrize("number", ["305", "323"])
def test_tags_that_do_not_match_are_refused(
    number: str, read: ReadMessage, example: Example
) -> None:
    data = example(number).rstrip()
    ends = [at for at in range(len(data)) if data.startswith(b"</jw", at)]
    for at in ends:
        after = data[data.index(b">", at) + 1 :]
        broken = data[:at] + b"</jw" + number.encode() + b":Anders>" + after
        assert read(broken).rules == ["xml-niet-welgevormd"]
    assert refused(read, data + b"<nog-een/>") == "xml-niet-welgevormd"
    assert refused(read, data + b"tekst") == "xml-niet-welgevormd"
