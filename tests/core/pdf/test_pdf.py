"""PDF: tagged, repeatable, and deaf to addresses outside."""

import builtins
import os
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from core.charts import DAYS, LineChart, Series
from core.pdf import PdfUnavailableError, available, render_pdf

CHART = LineChart(
    title="Wachttijd in dagen",
    periods=("2025-H1", "2025-H2"),
    series=(Series("mediaan", (36, 33), (31, 28), (41, 38)),),
    unit=DAYS,
)
PAGE = f"""<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Halfjaarbericht</title>
<meta name="dcterms.created" content="2026-02-01"></head><body><main>
<h1>Halfjaarbericht</h1><p>De wachttijd daalt. <a href="#meer">Lees meer</a></p>
<h2 id="meer">Cijfers</h2><figure>{CHART.svg(id="wacht")}<figcaption>Wachttijd</figcaption></figure>
<table><caption>Wachttijd</caption><thead><tr><td></td><th scope="col">mediaan</th></tr></thead>
<tbody><tr><th scope="row">2025-H1</th><td>36</td></tr></tbody></table>
<ul><li>één</li><li>twee</li></ul></main></body></html>"""


@pytest.fixture(scope="module")
def page() -> bytes:
    return render_pdf(PAGE)


def test_a_tagged_report_passes_the_checker(page, tmp_path):
    path = tmp_path / "bericht.pdf"
    path.write_bytes(page)
    checker = Path(sys.executable).parent / "outloud"
    ran = subprocess.run([checker, "--no-info", path], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_title_language_and_chart_text_are_in_the_file(page, tmp_path):
    path = tmp_path / "bericht.pdf"
    path.write_bytes(page)
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Halfjaarbericht"
        assert str(pdf.Root.Lang) == "nl"
        alts = [
            str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
        ]
    assert any(alt.startswith("Wachttijd in dagen") for alt in alts)


def test_the_same_document_gives_the_same_bytes_in_another_process(page):
    code = (
        "import django, sys; django.setup()\n"
        "from core.pdf import render_pdf\n"
        "sys.stdout.buffer.write(render_pdf(sys.stdin.read()))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        input=PAGE.encode(), capture_output=True, check=True, cwd=settings.BASE_DIR, env=env,
    )  # fmt: skip
    assert ran.stdout == page


def test_a_second_later_the_bytes_are_still_the_same(page):
    time.sleep(1.1)
    assert render_pdf(PAGE) == page


def test_another_identifier_marks_another_edition():
    assert render_pdf(PAGE, identifier="1") != render_pdf(PAGE, identifier="2")


@pytest.mark.parametrize(
    "hostile",
    [
        '<link rel="attachment" href="{file}">',
        '<link rel="stylesheet" href="{file}">',
        '<object data="{file}"></object><embed src="{file}">',
        '<img src="{file}">',
        "<style>@import url({file}); p {{ background: url({file}) }}</style>",
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{file}"/></svg>',
        '<base href="{file}"><img src="a.png">',
    ],
)
def test_no_file_or_address_outside_is_read(hostile, tmp_path, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    opened = []
    real = builtins.open
    monkeypatch.setattr(
        "builtins.open", lambda f, *a, **k: opened.append(str(f)) or real(f, *a, **k)
    )
    plain = render_pdf("<p>x</p>")
    attacked = render_pdf(hostile.format(file=secret.as_uri()) + "<p>x</p>")
    assert b"geheim" not in attacked
    assert b"/EmbeddedFile" not in attacked
    assert str(secret) not in opened
    assert abs(len(attacked) - len(plain)) < 1500


def test_static_files_are_found_by_name(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = []
    (tmp_path / "breed.css").write_text("@page { size: 400mm 100mm }")
    pdf = render_pdf('<link rel="stylesheet" href="static:breed.css"><p>x</p>')
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert float(opened.pages[0].MediaBox[2]) == pytest.approx(400 / 25.4 * 72, abs=0.1)


@pytest.mark.parametrize(
    "name", ["static:weg.css", "static:../../etc/passwd", "static:/etc/passwd"]
)
def test_an_unknown_static_name_stops_the_rendering(name, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(FileNotFoundError, match="no static file"):
        render_pdf(f'<link rel="stylesheet" href="{name}"><p>x</p>')


def test_without_pango_the_reader_is_told_what_to_do(monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr("builtins.__import__", without)
    assert not available()
    with pytest.raises(PdfUnavailableError, match="Pango") as refused:
        render_pdf(PAGE)
    assert refused.value.code == "pdf-niet-beschikbaar"
