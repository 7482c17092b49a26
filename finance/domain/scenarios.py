"""Verbs of scenarios: begin, choose measures, compute as a job, copy, adopt, compute again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock
from core.errors import DomainError
from core.jobs.api import RunningJob, enqueue
from core.states.api import take
from core.states.models import Step
from regions.models import Region
from regions.queries.access import access_of

from ..enums import SCENARIO, ScenarioState
from ..models import Measure, ProjectionRun, Scenario, ScenarioMeasure
from ..queries.kinds_of_care import care_of, slots_of
from ..queries.measure_inputs import measure_input
from ..queries.measure_volumes import Volumes
from ..queries.movements import view_of
from ..rules import check_can_project
from ..version import CALCULATION
from .scenario import compute_scenario
from .scenario_result import ScenarioInputs

JOB_KIND = "finance.scenario"


@dataclass(frozen=True)
class Chosen:
    """A measure for a scenario, with an assumption of its own where it is given: low, centre and
    high in percent, and what the other care costs of every 100 euro."""

    measure: Measure
    low: Decimal | None = None
    central: Decimal | None = None
    high: Decimal | None = None
    replacement: Decimal | None = None


@transaction.atomic
def keep_scenario(
    *, scenario: Scenario, chosen: Iterable[Chosen] | None = None, by: Any
) -> Scenario:
    """Begin a scenario or change a draft. Effects: the row and, where given, exactly these
    measures. A name in use gets the next version."""
    check_can_project(by, scenario.region)
    _check_draft(scenario)
    if scenario.projection.region_id != scenario.region_id or not scenario.projection.is_done:
        raise DomainError(
            "Kies een prognose van deze regio die klaar is.", code="prognose-niet-klaar"
        )
    if scenario.pk is None:
        scenario.created_by = by
        scenario.version = next_version(scenario.region, scenario.name)
    scenario.full_clean(exclude=["inputs", "result", "job"])
    scenario.save()
    if chosen is not None:
        _keep_chosen(scenario, chosen)
    return scenario


def _check_draft(scenario: Scenario) -> None:
    if not scenario.is_draft:
        raise DomainError(
            f"Dit scenario is {scenario.get_state_display()} en verandert niet meer. Maak een "
            "kopie: die krijgt het volgende versienummer.",
            code="scenario-vast",
        )
    if scenario.job is not None and scenario.job.is_open:
        raise DomainError(
            "Dit scenario wordt nu doorgerekend. Wacht tot het klaar is.",
            code="scenario-bezig",
        )


def _keep_chosen(scenario: Scenario, chosen: Iterable[Chosen]) -> None:
    scenario.chosen.all().delete()
    for one in chosen:
        if one.measure.region_id != scenario.region_id:
            raise DomainError("Deze maatregel is van een andere regio.", code="andere-regio")
        row = ScenarioMeasure(
            scenario=scenario,
            measure=one.measure,
            effect_low=one.low,
            effect_central=one.central,
            effect_high=one.high,
            replacement=one.replacement,
        )
        row.full_clean()
        row.save()


def next_version(region: Region, name: str) -> int:
    rows = Scenario.objects.filter(region=region, name=name)
    return int(rows.aggregate(last=Max("version"))["last"] or 0) + 1


@transaction.atomic
def copy_scenario(
    *, scenario: Scenario, by: Any, projection: ProjectionRun | None = None
) -> Scenario:
    """Effects: a draft of the same name with the next version and the same measures, on the same
    projection or on another. The original stays as it is."""
    check_can_project(by, scenario.region)
    copy = Scenario(
        region=scenario.region,
        name=scenario.name,
        copied_from=scenario,
        projection=projection or scenario.projection,
        note=scenario.note,
        fictitious=scenario.fictitious,
    )
    rows = scenario.chosen.select_related("measure")
    chosen = [
        Chosen(row.measure, row.effect_low, row.effect_central, row.effect_high, row.replacement)
        for row in rows
    ]
    return keep_scenario(scenario=copy, chosen=chosen, by=by)


@transaction.atomic
def start_computing(*, scenario: Scenario, by: Any) -> Scenario:
    """Effects: one job. The scenario is computed when it is done, and never changes after that."""
    check_can_project(by, scenario.region)
    _check_draft(scenario)
    scenario.job = enqueue(
        kind=JOB_KIND,
        title=f"Scenario {scenario}",
        params={"scenario": scenario.pk},
        tenant_id=scenario.region_id,
        by=by,
    )
    scenario.save(update_fields=["job"])
    return scenario


def make_scenario(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `finance.scenario`: gather, compute, store under the fencing token."""
    scenario = Scenario.objects.select_related("projection__scheme", "region").get(
        pk=job.params["scenario"]
    )
    job.progress(0, 3, "soorten zorg en maatregelen verzamelen")
    projection = scenario.projection.stored_inputs
    if projection is None:
        raise DomainError(
            "De prognose onder dit scenario is niet klaar.", code="prognose-niet-klaar"
        )
    inputs = gather_scenario(scenario)
    job.progress(1, 3, f"{len(inputs.measures)} maatregelen doorrekenen")
    result = compute_scenario(projection, inputs)
    job.progress(2, 3, "uitkomst bewaren")

    def store() -> dict[str, Any]:
        scenario.inputs, scenario.inputs_checksum = inputs.as_json(), inputs.checksum
        scenario.result, scenario.result_checksum = result.as_json(), result.checksum
        scenario.code_version, scenario.finished_at = CALCULATION, clock.now()
        scenario.save()
        take(scenario, SCENARIO, "compute", by=None, roles=None, tenant_id=scenario.region_id)
        return {"scenario": scenario.pk, "checksum": scenario.result_checksum}

    return job.finish_with(store)


def gather_scenario(scenario: Scenario) -> ScenarioInputs:
    """The measures that have an effect, and what they work on, as plain values."""
    run, view = scenario.projection, view_of(scenario.projection)
    care, lasts = care_of(view)
    volumes = Volumes.of(view)
    rows = scenario.chosen.select_related("measure__municipality")
    rows = rows.prefetch_related("measure__steps")
    return ScenarioInputs(
        projection=run.inputs_checksum,
        measures=tuple(
            given for row in rows if (given := measure_input(row.measure, row.effect, volumes))
        ),
        slots=slots_of(view),
        care=care,
        months_in_care=lasts,
        seed=run.seed,
        paths=run.paths,
    )


@transaction.atomic
def move_scenario(*, scenario: Scenario, move: str, by: Any, reason: str = "") -> Step:
    """One move of the table. Effects of adopting: what was adopted before is superseded."""
    region = scenario.region
    if move == "adopt":
        SCENARIO.check(scenario.state, move, access_of(by).roles_in(region.pk), reason)
        adopted = Scenario.objects.select_for_update().filter(
            region=region, state=ScenarioState.ADOPTED
        )
        for other in adopted.exclude(pk=scenario.pk):
            take(
                other, SCENARIO, "supersede", by=by, roles=None, tenant_id=region.pk,
                reason=f"'{scenario}' is vastgesteld.",
            )  # fmt: skip
    return take(
        scenario,
        SCENARIO,
        move,
        by=by,
        roles=access_of(by).roles_in(region.pk),
        tenant_id=region.pk,
        reason=reason,
    )


def recompute_matches(scenario: Scenario) -> bool:
    """Whether the stored inputs give the stored result again, to the last digit."""
    projection, inputs = scenario.projection.stored_inputs, scenario.stored_inputs
    if projection is None or inputs is None:
        raise DomainError(
            "Dit scenario is nog niet doorgerekend en kan dus niet worden nagerekend.",
            code="scenario-niet-klaar",
        )
    return compute_scenario(projection, inputs).checksum == scenario.result_checksum
