"""Page, PDF, DOCX and XLSX of every kind of edition say the same figures."""

import re
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace

from docx import Document
from lxml import html

from core.writing import to_docx
from reports.domain.compile import compile_edition
from reports.domain.content import ProviderRow, Statement
from reports.domain.documents import as_document
from reports.domain.passages import Written, write
from reports.domain.points import HIDDEN, Kind, Point
from reports.domain.render import body_html
from reports.domain.rounding import rounded_for_public
from reports.domain.sheets import sheets_beside
from reports.enums import EditionKind
from reports.queries.public import figure_rows

from .sample import HALF, plan
from .test_kinds import a_mirror

PRINT = SimpleNamespace(
    version=1, checksum="a" * 64, final_checksum="", known_on=plan().known_on,
    period=HALF, municipality="",
)  # fmt: skip
NUMBER = re.compile(r"\d[\d.,]*%?")
FROM_PLAN = (
    EditionKind.COUNCIL_REGION,
    EditionKind.EXECUTIVE,
    EditionKind.EVALUATION,
    EditionKind.PROGRAMME,
    EditionKind.PROJECTION,
)


def every_kind():
    for kind in FROM_PLAN:
        yield kind, compile_edition(replace(plan(), kind=kind))
    rows = {"HA": (ProviderRow("Zorghuis", 131, 27, 19, 41_234.0),)}
    yield "managers", compile_edition(replace(plan(), providers=rows, for_councils=False))
    yield "mirror", a_mirror()


def numbers(text):
    return {found.strip(".,") for found in NUMBER.findall(text)}


def of_page(content, medium):
    page = html.fromstring(f"<div>{body_html(write(content, {}), PRINT, medium=medium)}</div>")
    for drawing in page.xpath("//svg"):
        drawing.drop_tree()
    return numbers(" ".join(page.itertext()))


def of_docx(content):
    document = as_document(write(content, {}), PRINT)
    opened = Document(BytesIO(to_docx(replace(document, subtitle="", reference="", day=None))))
    cells = [c.text for table in opened.tables for row in table.rows for c in row.cells]
    return numbers(" ".join([p.text for p in opened.paragraphs] + cells))


def test_what_one_format_says_the_others_say():
    wrong = []
    for kind, content in every_kind():
        pdf, web, docx = of_page(content, "pdf"), of_page(content, "web"), of_docx(content)
        assert len(pdf) >= 10, kind
        if pdf - web or pdf - docx or docx - web:
            wrong.append((kind, pdf - web, pdf - docx, docx - web))
    assert not wrong


def test_the_workbook_has_whole_numbers_where_open_data_is_rounded():
    content = compile_edition(plan())
    clients = content.key_figures[0]
    odd = replace(clients, now=replace(clients.now, value=1837.0), previous=HIDDEN)
    content = replace(content, key_figures=(odd,), flow=())
    public = rounded_for_public(Written(content, {})).content
    for shown, value in ((content, 1837.0), (public, 1835.0)):
        now, before = [
            row
            for row in figure_rows(shown, PRINT)
            if row.code == "clients" and not row.segment and row.halfjaar != "2025-H1"
        ]
        assert (now.waarde, now.afgeschermd) == (value, False)
        assert (before.waarde, before.afgeschermd) == (None, True)


def test_a_sentence_on_the_public_page_has_the_count_of_its_card():
    content = compile_edition(plan())
    clients, days = content.key_figures[:2]
    counted = replace(clients, now=replace(clients.now, value=1837.0))
    share = replace(clients, kind=Kind.SHARE, now=Point(0.123, numerator=37, denominator=301))
    content = replace(
        content,
        key_figures=(counted, share, days),
        summary=(
            Statement("Op 13 mei 2026 waren er 1.837 jeugdigen, 5% meer dan de € 1.837."),
            Statement("Uitval: 12,3% (37 van de 301), na 37 dagen, in 2026."),
        ),
    )
    told = rounded_for_public(Written(content, {"voorwoord": "Het gaat om 1.837."}))
    assert [line.text for line in told.content.summary] == [
        "Op 13 mei 2026 waren er 1.835 jeugdigen, 5% meer dan de € 1.837.",
        "Uitval: 12,3% (35 van de 300), na 37 dagen, in 2026.",
    ]
    assert told.authored == {"voorwoord": "Het gaat om 1.835."}


def test_the_workbook_has_a_sheet_for_all_else_that_the_edition_says():
    wanted = {
        EditionKind.COUNCIL_REGION: {"Geld", "Prognose", "Prognose per maand", "Verloop"},
        "managers": {"Aanbieders"},
        "mirror": {"Uw cijfers"},
    }
    told = {
        kind: {sheet.title: list(sheet.rows) for sheet in sheets_beside(content)}
        for kind, content in every_kind()
    }
    assert {kind for kind, titles in wanted.items() if titles - set(told[kind])} == set()
    assert told["managers"]["Aanbieders"] == [
        ("Herstelgericht ambulant", "Zorghuis", 131, 27, 19, 41_000)
    ]
    own = next(row for row in told["mirror"]["Uw cijfers"] if row[1].startswith("Jeugdigen"))
    assert own[2:6] == (210.0, 210.0, 2200.0, False)


def test_a_small_amount_is_told_to_the_euro():
    content = compile_edition(plan())
    for value, told in ((5_391.7, 5_392.0), (983_412.0, 983_000.0)):
        cost = replace(content.key_figures[-1], code="spend_per_client", kind=Kind.MONEY)
        cost = replace(cost, now=Point(value))
        rows = figure_rows(replace(content, key_figures=(cost,)), PRINT)
        assert told in [row.waarde for row in rows if row.code == "spend_per_client"]
