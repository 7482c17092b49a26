"""Scenarios of the demonstration: the documents' measures with invented effects."""

from datetime import date
from decimal import Decimal
from typing import Any

from core import clock
from finance.domain.keeping_measures import PhaseGiven, keep_measure
from finance.domain.keeping_savings import keep_plan
from finance.domain.scenarios import Chosen, keep_scenario, start_computing
from finance.enums import Direction, Driver, MeasureKind, Sureness
from finance.models import (
    AllocationKey,
    Measure,
    ProjectionRun,
    SavingsPlan,
    SavingsSeries,
    Scenario,
)
from regions.models import Region

NOTE = (
    "Fictief: de documenten noemen deze maatregelen, maar geen effect. De percentages zijn bedacht "
    "voor de demonstratie."
)
Range = tuple[int, int, int]

# Percent of the driver at full reach: low, middle, high.
ASSUMED: dict[str, Range] = {
    "minder-verblijf": (-25, -18, -8),
    "minder-daghulp": (-8, -5, -2),
    "korter-verblijf": (-15, -10, -4),
    "zwaar-naar-licht": (-4, -2, 0),
    "ambulantisering": (4, 8, 12),
    "sterke-lokale-teams": (-10, -6, -2),
    "behandeldoel": (-8, -5, -1),
    "s1-afschalen": (-6, -3, 0),
    "s1-geschiktheid": (-10, -5, 0),
    "s2-vroegsignalering": (-8, -4, 0),
    "s4-aanbod-per-school": (-20, -12, -4),
    "s5-collectief": (-12, -7, -2),
    "s5-normaliseren": (-15, -8, -3),
}
AGREED = "afgesproken-in-stappen"
AS_PLANNED = "Volgens plan"
PLAN_NOTE = (
    "De sleutel en het scenario zijn gekozen voor de demonstratie. De opgave is die van het "
    "document; de kosten in deze omgeving zijn verzonnen en veel lager dan die van de echte regio, "
    "zodat de opgave hier naar verhouding te groot is."
)
CAUTIOUS = Decimal("0.5")
HUNDREDTH = Decimal("0.01")


def make_agreed_measure(region: Region, *, by: Any) -> Measure | None:
    """A measure that is agreed and starts next year in steps, given as a volume: the projection
    takes it along. Where a savings series already asks for savings, one that costs money."""
    start = date(clock.today().year + 1, 1, 1)
    if Measure.objects.filter(region=region, code=AGREED).exists():
        return None
    dearer = SavingsSeries.objects.filter(region=region).exists()
    sign, name, direction = (
        (1, "Wachtlijsten inlopen: meer trajecten beginnen", Direction.DEARER)
        if dearer
        else (-1, "Praktijkondersteuner jeugd bij de huisarts", Direction.CHEAPER)
    )
    low, high = sorted((20 * sign, 60 * sign))
    measure = Measure(
        region=region, code=AGREED, name=name, kind=MeasureKind.MEASURE, driver=Driver.INFLOW,
        direction=direction, starts_on=start, volume_low=low, volume_central=40 * sign,
        volume_high=high, sureness=Sureness.AGREED, order=99, fictitious=True,
        source="Besluit van de colleges (fictief)",
    )  # fmt: skip
    steps = [
        PhaseGiven(start, Decimal(25), "drie gemeenten"),
        PhaseGiven(start.replace(month=7), Decimal(60), "ook de grote gemeenten"),
        PhaseGiven(start.replace(year=start.year + 1), Decimal(100), "de hele regio"),
    ]
    return keep_measure(measure=measure, by=by, steps=steps)


def make_scenarios(projection: ProjectionRun, *, by: Any) -> list[Scenario]:
    """A scenario as planned and one in which half of it works; being computed. What is there
    stays."""
    region: Region = projection.region
    measures = list(Measure.objects.filter(region=region))
    made = []
    for name, part in ((AS_PLANNED, Decimal(1)), ("Half zo veel", CAUTIOUS)):
        if not measures or Scenario.objects.filter(region=region, name=name).exists():
            continue
        draft = Scenario(
            region=region, name=name, projection=projection, note=NOTE, fictitious=True
        )
        chosen = [one for measure in measures if (one := _chosen(measure, part)) is not None]
        scenario = keep_scenario(scenario=draft, chosen=chosen, by=by)
        made.append(start_computing(scenario=scenario, by=by))
    return made


def make_plan(projection: ProjectionRun, *, by: Any) -> SavingsPlan | None:
    """The saving that a document asks, divided by a key and laid beside the scenario as planned;
    once. The series is the document's, how it is divided is invented."""
    series, region = projection.savings, projection.region
    if series is None or SavingsPlan.objects.filter(series=series).exists():
        return None
    scenarios = Scenario.objects.filter(region=region, name=AS_PLANNED, result__isnull=False)
    keys = AllocationKey.objects.filter(region=region, segment="", change_limit__isnull=False)
    plan = SavingsPlan(
        series=series, key=keys.first(), scenario=scenarios.order_by("pk").first(),
        counterfactual=projection, note=PLAN_NOTE, fictitious=True,
    )  # fmt: skip
    return keep_plan(plan=plan, by=by)


def _chosen(measure: Measure, part: Decimal) -> Chosen | None:
    if measure.has_volume:
        return Chosen(measure)
    given = (measure.effect_low, measure.effect_central, measure.effect_high)
    found = ASSUMED.get(measure.code) or (given if measure.has_effect else None)
    if found is None:
        return None
    low, central, high = ((Decimal(value or 0) * part).quantize(HUNDREDTH) for value in found)
    return Chosen(measure, low, central, high)
