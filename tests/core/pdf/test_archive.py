"""One file for the archive and for screen readers: what it claims, and that it is so."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from pikepdf import pdfa

from core.pdf import ARCHIVE, TooManyPagesError, render_pdf

from .test_pdf import PAGE

# Weights between those of the masters of a variable font, in which widths differ.
WEIGHTS = """<style>
@font-face { font-family: "S"; font-weight: 200 900;
  src: url("static:fonts/files/source-sans-3-latin-wght-normal.woff2") format("woff2"); }
body { font-family: "S" } h2 { font-weight: 650 } h1 { font-weight: 700 } </style>"""
SPACES = {
    "a": "http://www.aiim.org/pdfa/ns/id/",
    "ua": "http://www.aiim.org/pdfua/ns/id/",
    "property": "http://www.aiim.org/pdfa/ns/property#",
}
HTML = PAGE.replace("</head>", f"{WEIGHTS}</head>")


def _split(name: str) -> tuple[str, str]:
    space, _, word = name.rpartition("}")
    return space, word


@pytest.fixture(scope="module")
def archived() -> bytes:
    return render_pdf(HTML, variant=ARCHIVE)


def test_the_file_claims_both_and_describes_the_claim_that_the_archive_does_not_know(archived):
    with pikepdf.open(BytesIO(archived)) as pdf:
        xmp = etree.fromstring(pdf.Root.Metadata.read_bytes())
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert bool(pdf.Root.MarkInfo.Marked)
    claims = {_split(name): value for n in xmp.iter() for name, value in n.items()}
    assert claims["{" + SPACES["a"], "part"] == "2"
    assert claims["{" + SPACES["a"], "conformance"] == "A"
    assert claims["{" + SPACES["ua"], "part"] == "1"
    assert [n.text for n in xmp.iter(f"{{{SPACES['property']}}}name")] == ["part"]


def test_the_archive_checker_finds_nothing_wrong():
    """The checker knows level B, and nothing of PDF/UA: the same page without those claims."""
    with pikepdf.open(BytesIO(render_pdf(HTML, variant="pdf/a-2b"))) as pdf:
        report = pdfa.check(pdf, pdfa.Flavour.PDFA_2B)
    assert report.violations == ()


def test_the_accessibility_checker_finds_nothing_wrong(archived, tmp_path):
    path = tmp_path / "archief.pdf"
    path.write_bytes(archived)
    checker = Path(sys.executable).parent / "outloud"
    ran = subprocess.run([checker, "--no-info", path], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_every_header_says_what_it_heads_also_one_above_a_column_of_headers():
    page = PAGE.replace("<tr><td></td>", '<tr><th scope="col">Halfjaar</th>')
    with pikepdf.open(BytesIO(render_pdf(page))) as pdf:
        cells = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TH"
        ]
        assert sorted(str(c.A.Scope) for c in cells) == ["/Column", "/Column", "/Row"]


def test_every_font_is_in_the_file(archived):
    with pikepdf.open(BytesIO(archived)) as pdf:
        described = [
            o for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]  # fmt: skip
    assert described
    assert all("/FontFile2" in font or "/FontFile3" in font for font in described)


def test_a_document_that_does_not_fit_its_pages_is_refused():
    long = PAGE.replace("<ul>", "<p>lang</p>" * 200 + "<ul>")
    with pytest.raises(TooManyPagesError, match="mag er 1 tellen"):
        render_pdf(long, most_pages=1)
