"""A small region, and rows of the tables that it takes in."""

import csv
import io
from typing import Any

import pytest

from core.intake.models import IntakeRun
from regions.models import Region
from tests.golden_region import add_municipality, deliver_files, make_region

BSN = "999900018"
KEY = {"gemeente": "0503", "aanbieder": "65650011", "toewijzingnummer": "1001", "bsn": BSN}
LINE = {
    **KEY,
    "referentienummer": "D01",
    "vorig_referentienummer": "",
    "dagtekening": "2025-02-05",
    "productcategorie": "45",
    "productcode": "45A48",
    "begindatum": "2025-01-01",
    "einddatum": "2025-01-31",
    "volume": "60",
    "eenheid": "01",
    "tarief": "1,20",
    "bedrag": "72,00",
    "debet_credit": "D",
}
TRAJECTORY = {
    **KEY,
    "productcategorie": "45",
    "productcode": "45A48",
    "toewijzingsdatum": "2025-01-06",
    "ingangsdatum": "2025-01-20",
    "einddatum_toewijzing": "2025-12-31",
    "begindatum": "",
    "einddatum": "",
    "reden_beeindiging": "",
    "verwijzer": "02",
    "gedwongen": "nee",
    "leeftijd": "12",
    "dagtekening": "2025-01-06",
}


@pytest.fixture
def region(db: None) -> Region:
    """Two municipalities, and nothing else."""
    region = make_region("klein", "Kleine regio")
    add_municipality(region, gm_code="0503", name="Delft")
    add_municipality(region, gm_code="0518", name="Den Haag")
    return region


def table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def take(region: Region, form_code: str, *rows: dict[str, str], by: Any = None) -> IntakeRun:
    return deliver_files(region, form_code, [("tabel.csv", io.BytesIO(table(*rows)))], by=by)


def counts(run: IntakeRun) -> tuple[int, ...]:
    """Accepted, changed, unchanged, waiting, rejected."""
    return (run.accepted, run.changed, run.unchanged, run.waiting, run.rejected)
