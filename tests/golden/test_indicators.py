"""The 255 values of the golden region, worked out by hand, come out of the intake equal."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings

from care.models import ReceivedRun
from core.periods import HalfYear
from monitoring.domain.figures import compute_figures
from monitoring.models import FigureSet, IndicatorValue
from tests.golden_region import Golden

pytestmark = pytest.mark.django_db
EXPECTED = Path(settings.BASE_DIR).parent / "shared" / "data" / "golden" / "expected.csv"


@dataclass(frozen=True)
class Expected:
    code: str
    half_year: str
    cell: tuple[str, str, str, str]
    known_on: date
    cutoff: int
    numerator: str
    denominator: str
    value: str

    @property
    def inputs(self) -> tuple[str, date, int]:
        return self.half_year, self.known_on, self.cutoff

    def __str__(self) -> str:
        where = "/".join(part or "*" for part in self.cell)
        return f"{self.code} {self.half_year} {where} {self.known_on} {self.cutoff}"


def expectations() -> list[Expected]:
    if not EXPECTED.is_file():
        return []
    with EXPECTED.open(encoding="utf-8") as file:
        return [read(row) for row in csv.DictReader(file, delimiter=";")]


def read(row: dict[str, str]) -> Expected:
    names = ("municipality", "segment", "category", "provider")
    return Expected(
        row["code"],
        row["half_year"],
        tuple(row[name].replace("*", "") for name in names),  # type: ignore[arg-type]
        date.fromisoformat(row["known_on"]),
        int(row["cutoff_run"]),
        row["numerator"],
        row["denominator"],
        row["value"],
    )


def number(text: str) -> float | None:
    return None if text == "-" else float(Fraction(text))


def same(found: Decimal | float | None, expected: str) -> bool:
    if expected == "-" or found is None:
        return expected == "-" and found is None
    return float(found) == pytest.approx(number(expected), rel=1e-12, abs=1e-12)


_sets: dict[tuple[str, date, int], FigureSet] = {}


def figure_set(golden: Golden, expected: Expected) -> FigureSet:
    return compute_figures(
        region=golden.region,
        half_year=HalfYear.parse(expected.half_year),
        known_on=expected.known_on,
        cutoff_run=golden.runs[expected.cutoff],
    )


def test_there_are_255_expected_values(shared_data: Path) -> None:
    assert len(expectations()) == 255


@pytest.mark.parametrize("inputs", sorted({e.inputs for e in expectations()}), ids=str)
def test_every_expected_value_of_a_half_year_is_equal(
    golden: Golden, inputs: tuple[str, date, int]
) -> None:
    wanted = [e for e in expectations() if e.inputs == inputs]
    rows = {
        (row.code, row.municipality, row.segment, row.category, row.provider): row
        for row in figure_set(golden, wanted[0]).values.all()
    }
    wrong = [
        f"{e}: {describe(rows.get((e.code, *e.cell)))}, not"
        f" {e.numerator} / {e.denominator} = {e.value}"
        for e in wanted
        if not matches(rows.get((e.code, *e.cell)), e)
    ]
    assert not wrong, "\n".join(wrong)


def matches(row: IndicatorValue | None, expected: Expected) -> bool:
    if row is None:
        return expected.value == "-"
    return (
        same(row.numerator, expected.numerator)
        and same(row.denominator, expected.denominator)
        and same(row.value, expected.value)
    )


def describe(row: IndicatorValue | None) -> str:
    return f"{row.numerator} / {row.denominator} = {row.value}" if row else "no value"


def test_kept_tables_and_those_derived_for_a_day_give_the_same_figures(golden: Golden) -> None:
    known = {"known_on": date(2026, 9, 30), "cutoff_run": golden.runs[2]}
    kept = compute_figures(region=golden.region, half_year=HalfYear(2025, 1), **known)
    ReceivedRun.objects.create(
        region_id=golden.region.pk,
        run=golden.runs[2] + 1,
        form="ijw",
        first_dagtekening=date(2027, 1, 1),
        last_dagtekening=date(2027, 1, 1),
    )
    derived = compute_figures(region=golden.region, half_year=HalfYear(2025, 1), **known)
    assert derived.checksum == kept.checksum
