"""Scenarios of the demonstration: the documents' measures with invented effects."""

from decimal import Decimal
from typing import Any

from finance.domain.scenarios import Chosen, keep_scenario, start_computing
from finance.models import Measure, ProjectionRun, Scenario
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
CAUTIOUS = Decimal("0.5")
HUNDREDTH = Decimal("0.01")


def make_scenarios(projection: ProjectionRun, *, by: Any) -> list[Scenario]:
    """A scenario as planned and one in which half of it works; being computed. What is there
    stays."""
    region: Region = projection.region
    measures = list(Measure.objects.filter(region=region))
    made = []
    for name, part in (("Volgens plan", Decimal(1)), ("Half zo veel", CAUTIOUS)):
        if not measures or Scenario.objects.filter(region=region, name=name).exists():
            continue
        draft = Scenario(
            region=region, name=name, projection=projection, note=NOTE, fictitious=True
        )
        chosen = [one for measure in measures if (one := _chosen(measure, part)) is not None]
        scenario = keep_scenario(scenario=draft, chosen=chosen, by=by)
        made.append(start_computing(scenario=scenario, by=by))
    return made


def _chosen(measure: Measure, part: Decimal) -> Chosen | None:
    given = (measure.effect_low, measure.effect_central, measure.effect_high)
    found = ASSUMED.get(measure.code) or (given if measure.has_effect else None)
    if found is None:
        return None
    low, central, high = ((Decimal(value or 0) * part).quantize(HUNDREDTH) for value in found)
    return Chosen(measure, low, central, high)
