from datetime import date
from decimal import Decimal

import pytest

from core.periods import HalfYear
from finance.queries.completed import completed_spend

from .conftest import AS_OF, instalment

H1 = HalfYear(2025, 1)


def cells(place, half_year=H1, known_on=AS_OF, run=1):
    found = completed_spend(
        region_id=place.region.pk,
        scheme_id=place.scheme.pk,
        scheme_on=date(2025, 6, 30),
        half_year=half_year,
        known_on=known_on,
        cutoff_run=run,
    )
    return {(c.municipality, c.segment, c.category, c.provider): c for c in found}


def test_the_last_month_is_completed_in_every_cell(spend):
    found = cells(spend)
    region = found["", "", "", ""]
    # Six months of four times 1000 euros; of June only 600 is known.
    assert region.known == Decimal("22400.00")
    assert region.expected == Decimal("24000.00")
    assert found["0518", "", "", ""].expected == Decimal("12000.00")
    assert found["", "S1", "", ""].expected == Decimal("12000.00")
    assert found["0503", "S2", "", ""].expected == Decimal("6000.00")
    assert found["", "", "herstel-verblijf", ""].expected == Decimal("12000.00")
    assert found["", "", "", "65650011"].expected == Decimal("24000.00")
    assert found["", "S1", "", "65650011"].expected == Decimal("12000.00")
    assert len(found) == 1 + 2 + 2 + 2 + 1 + 4 + 2


def test_a_closed_half_year_is_what_it_was(spend):
    region = cells(spend, HalfYear(2024, 1))["", "", "", ""]
    assert region.known == region.expected == region.low80 == region.high80 == Decimal("24000.00")


def test_seen_from_an_earlier_day_more_is_still_to_come(spend):
    region = cells(spend, known_on=date(2025, 4, 15))["", "", "", ""]
    # Seen from the end of March: January and February whole, March for 60 %, nothing after it.
    assert region.known == Decimal("10400.00")
    assert region.expected == pytest.approx(Decimal(24000), rel=Decimal("0.01"))
    assert region.low80 < region.expected < region.high80


def test_instalments_count_in_the_half_year_in_which_their_period_begins(spend):
    instalment(spend.region, date(2025, 4, 1), date(2025, 7, 1), Decimal("500.00"))
    instalment(spend.region, date(2024, 12, 1), date(2025, 1, 1), Decimal("900.00"))
    found = cells(spend)
    assert found["", "", "", ""].expected == Decimal("24500.00")
    assert found["", "S2", "", "65650022"].expected == Decimal("500.00")


def test_nothing_known_gives_no_cells(place):
    assert cells(place) == {}
