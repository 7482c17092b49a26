from datetime import date
from typing import Any

from care.models import IndicatorDelivery
from core.periods import HalfYear
from monitoring.domain.figures import compute_with_comparisons
from monitoring.domain.patterns.searching import find_patterns
from monitoring.models import Pattern, PatternRun
from regions.enums import Role
from segments.models import IndicatorDefinition
from tests.browser.world import World
from tests.factories import Made
from tests.monitoring.build import line, receive, trajectory

from . import HERE, STAFF, Row

MANAGERS = frozenset({Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN})
# An indicator that only the north has.
OWN = "eigen_plan"
PRODUCTS = ("45A48", "43A07")
REASONS = ("31", "31", "31", "32", "38")


def fill(world: World) -> None:
    """Care of two and a half years at a few providers, so that every page has something to say."""
    for made in (world.north, world.south):
        _care(made)
        if made is world.north:
            _own_indicator(made)
        now, *_ = compute_with_comparisons(region=made.region, half_year=HalfYear(2025, 2))
        _pattern(find_patterns(now), made)


def _care(made: Made) -> None:
    products = [p.product_code for p in made.scheme.placements.all()] or list(PRODUCTS)
    members = [m.municipality.gm_code for m in made.region.memberships.all()]
    receive(made.region, date(2026, 1, 31), run=50)
    for number in range(120):
        begin = date(2024 + number % 2, 1 + number % 12, 1 + number % 28)
        care = trajectory(
            made.region,
            1 + number,
            begin.isoformat(),
            date(begin.year + 1, begin.month, 15).isoformat() if number % 3 else None,
            REASONS[number % 5],
            municipality=members[number % len(members)],
            provider=f"6565001{number % 4}",
            product=products[number % len(products)],
        )
        line(care, begin.isoformat(), 100 + number)


def _pattern(run: PatternRun, made: Made) -> None:
    """One that stands out, whatever the care above gives."""
    Pattern.objects.create(
        run=run, code="dropout_rate", theme="outcome", finding="conversation",
        segment=made.scheme.segments.order_by("order")[0].code, provider="65650019",
        rule="earlier_year", is_higher=True, numerator=66, denominator=180, expected=0.21,
        low=0.16, high=0.27, p=0.00001, q=0.002, chart_rules=["beyond"],
        course=[["2024-H2", 18, 90, 0.2], ["2025-H1", 30, 90, 0.21], ["2025-H2", 36, 90, 0.2]],
    )  # fmt: skip


def _own_indicator(made: Made) -> None:
    """Delivered by four providers for three half-years."""
    IndicatorDefinition.objects.create(
        region=made.region, code=OWN, name="Eigen plan klaar", unit="aandeel", polarity=1,
        definition="Aandeel jeugdigen met een eigen plan.",
    )  # fmt: skip
    segment = made.scheme.segments.order_by("order")[0].code
    for number in range(12):
        IndicatorDelivery.objects.create(
            region_id=made.region.pk, run=1, provider=f"6565001{number % 4}", segment=segment,
            indicator=OWN, half_year=("2024-H2", "2025-H1", "2025-H2")[number // 4],
            numerator=20 + 3 * number, denominator=60,
        )  # fmt: skip


def a_pattern(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Pattern.objects.filter(run__region=made.region).earliest("pk").pk}


def own(made: Made, world: World) -> dict[str, Any]:
    return {"code": OWN if made is world.north else "clients"}


PAGES = [
    Row("patterns", STAFF),
    Row("pattern", STAFF, a_pattern),
    Row("pattern-signal", MANAGERS, a_pattern, post=True),
    Row("pattern-case", MANAGERS, a_pattern, post=True),
    Row("indicators", HERE),
    Row("indicator", HERE, own),
    Row("indicator-why", HERE, own),
    Row("indicator-providers", STAFF, own),
    Row("indicators-csv", HERE, file=True),
    Row("indicators-xlsx", HERE, file=True),
    Row("indicators-compute", STAFF, post=True),
]
