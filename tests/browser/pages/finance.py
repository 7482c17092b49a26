"""Pages of finance."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import uuid4

from care.models import DeclarationLine, ReceivedRun
from core import clock
from finance.domain.backtest import BackTest, back_test
from finance.domain.measures import MeasureInput, Scope
from finance.domain.months import month_of
from finance.domain.projection import project
from finance.domain.projection_inputs import (
    CellInputs,
    IndexYear,
    Movement,
    PlannedSaving,
    ProjectionInputs,
)
from finance.domain.scenario import compute_scenario
from finance.domain.scenario_result import ScenarioInputs
from finance.models import (
    AllocationKey,
    BackTestRun,
    Budget,
    BudgetShift,
    Deviation,
    ExpectedTurn,
    FixedShare,
    IncomeFromState,
    IndexRule,
    LineFinding,
    Measure,
    ProjectionRun,
    ProviderIndication,
    SavingsSeries,
    SavingsYear,
    Scenario,
    ScenarioMeasure,
    Settlement,
    ShiftRule,
    VolumeTarget,
)
from procurement.models import Lot
from regions.enums import Role
from tests.browser.world import World
from tests.factories import Made

from . import NOT_PROVIDER, STAFF, Row

READERS = NOT_PROVIDER - {Role.APPLICATION_ADMIN}
KEEPERS = frozenset({Role.REGIONAL_ADMIN, Role.CONTROLLER})
HANDLERS = KEEPERS | {Role.CONTRACT_MANAGER}
FIRST = month_of("2023-01")


def fill(world: World) -> None:
    for made in (world.north, world.south):
        place = made.municipalities[0].gm_code
        series = SavingsSeries.objects.create(
            region=made.region, code="opgave", name="Besparingsopgave", note="Nog te verdelen."
        )
        SavingsYear.objects.create(series=series, year=2027, amount=Decimal("-0.011"))
        IndexRule.objects.create(
            region=made.region, year=2026, percentage=Decimal("3.5"), certainty="assumed"
        )
        for year, status in ((2025, "adopted"), (2026, "proposed")):
            Budget.objects.create(
                region=made.region,
                year=year,
                status=status,
                amount=24_000 * (year - 2024),
                scope="Zorg in natura.",
                source="Begroting",
                fictitious=True,
            )
        agreed = AllocationKey.objects.create(
            region=made.region, name="Vaste aandelen", first_year=2027, weight_fixed=100,
            fictitious=True,
        )  # fmt: skip
        for number, municipality in enumerate(made.municipalities, 1):
            FixedShare.objects.create(key=agreed, municipality=municipality, share=number)
        ReceivedRun.objects.create(
            region_id=made.region.pk,
            run=900,
            form="ijw",
            first_dagtekening=date(2023, 2, 1),
            last_dagtekening=date(2025, 6, 30),
        )
        _projection(made, series, place)
        _deviation(made, place)
        _money(made)
        ProjectionRun.objects.create(
            region=made.region,
            scheme=made.scheme,
            title="Wacht nog",
            as_of=date(2025, 6, 30),
            until=date(2028, 1, 1),
            seed=1,
            code_version="proef",
        )


def _money(made: Made) -> None:
    """What stands beside the budgets, and two lots with a shift between them."""
    region, place = made.region, made.municipalities[0]
    IncomeFromState.objects.create(
        region=region, year=2026, circular="Meicirculaire", amount=50_000, status="estimate",
        fictitious=True,
    )  # fmt: skip
    ProviderIndication.objects.create(
        region=region, provider=made.provider, year=2026, amount=20_000, fictitious=True
    )
    VolumeTarget.objects.create(
        region=region, municipality=place, year=2026, most=12, fictitious=True
    )
    ExpectedTurn.objects.create(region=region, year=2030, note="Zo staat het er.")
    rule = ShiftRule.objects.create(
        region=region, name="Tien procent", first_year=2026, most_percent=10,
        decided_by="het bestuurlijk overleg", fictitious=True,
    )  # fmt: skip
    here, there = (
        Budget.objects.create(
            region=region, year=2026, status="adopted", amount=9_000, fictitious=True,
            subject="Percelen", lot=Lot.objects.create(region=region, code=code, name=code),
        )
        for code in ("PAMB", "PSPEC")
    )  # fmt: skip
    BudgetShift.objects.create(
        region=region, rule=rule, from_budget=here, to_budget=there, amount=500,
        reason="Meer vraag.", fictitious=True,
    )  # fmt: skip
    Settlement.objects.create(
        region=region, contract=made.contract, segment="S1", year=2026, agreed=8_000, margin=5,
        fictitious=True,
    )  # fmt: skip


def _deviation(made: Made, place: str) -> None:
    """A line of 150 euros of which 30 deviate."""
    day = date(2025, 3, 1)
    line = DeclarationLine.objects.create(
        region_id=made.region.pk, run=900, seq=1, dagtekening=date(2025, 4, 2), municipality=place,
        provider=made.provider.agb_code, allocation_number=1, client=bytes(16), key=uuid4(),
        reference="D-2025-03-0001", category="45", product="45A48", begin_on=day,
        end_on=date(2025, 3, 31), volume=100, unit="01", tariff_cents=150, amount_cents=150_00,
    )  # fmt: skip
    row = Deviation.objects.create(
        region=made.region, provider=line.provider, kind="tariff_high", care_month=day, lines=1,
        amount=30,
    )  # fmt: skip
    LineFinding.objects.create(
        region_id=made.region.pk, deviation=row, line=line.pk, kind="tariff_high",
        at_stake_cents=30_00, expected_cents=120_00,
    )  # fmt: skip


def _projection(made: Made, series: SavingsSeries, place: str) -> None:
    inputs = _inputs(place)
    result = project(inputs)
    run = ProjectionRun.objects.create(
        region=made.region,
        scheme=made.scheme,
        title="Prognose juni 2025",
        as_of=date(2025, 6, 30),
        until=date(2028, 1, 1),
        cutoff_run=1,
        savings=series,
        seed=1,
        paths=inputs.paths,
        note="Voor de voorjaarsnota.",
        code_version="proef",
        inputs=inputs.as_json(),
        inputs_checksum=inputs.checksum,
        result=result.as_json(),
        result_checksum=result.checksum,
        finished_at=clock.now(),
    )
    _scenarios(made, run, inputs)
    looked = _look_back(place)
    BackTestRun.objects.create(
        projection=run,
        code_version="proef",
        result=looked.as_json(),
        result_checksum=looked.checksum,
        finished_at=clock.now(),
    )


def _scenarios(made: Made, run: ProjectionRun, inputs: ProjectionInputs) -> None:
    """Measures, a draft, and two that were computed."""
    rows = [
        Measure.objects.create(
            region=made.region, code=code, name=f"Minder {code}", driver=code, order=order,
            direction="cheaper", starts_on=date(2026, 1, 1), ramp_months=6, sureness="assumed",
            effect_low=-20, effect_central=-10, effect_high=-5, fictitious=True,
        )
        for order, code in enumerate(("inflow", "price"))
    ]  # fmt: skip
    Measure.objects.create(
        region=made.region, code="los", name="Staat nergens in", driver="duration", order=9,
        direction="cheaper", starts_on=date(2026, 1, 1), sureness="assumed",
    )  # fmt: skip
    asked = ScenarioInputs(
        run.inputs_checksum,
        tuple(
            MeasureInput(m.code, m.name, m.driver, Scope(), 2026 * 12, 0, 6, -2000, -1000, -500)
            for m in rows
        ),
        paths=inputs.paths,
    )
    result = compute_scenario(inputs, asked)
    computed = {
        "inputs": asked.as_json(), "inputs_checksum": asked.checksum,
        "result": result.as_json(), "result_checksum": result.checksum,
        "finished_at": clock.now(), "code_version": "proef", "state": "computed",
    }  # fmt: skip
    for version, values in enumerate((computed, computed, {}), 1):
        scenario = Scenario.objects.create(
            region=made.region, name="Besparen", version=version, projection=run, **values
        )
        for measure in rows:
            ScenarioMeasure.objects.create(scenario=scenario, measure=measure)


@cache
def _look_back(place: str) -> BackTest:
    return back_test(_inputs(place), project(_inputs(place)), paths=100)


@cache
def _inputs(place: str) -> ProjectionInputs:
    """Two and a half years, a third of every month declared a month later."""
    movements = tuple(
        Movement(FIRST + month, FIRST + month + later, 100_000 * (2 - later) + 997 * (month % 7))
        for month in range(30)
        for later in (0, 1)
        if month + later < 30
    )
    return ProjectionInputs(
        first=FIRST,
        as_of=FIRST + 29,
        last=FIRST + 59,
        cells=tuple(CellInputs(place, segment, movements) for segment in ("S1", "S2")),
        indexation=(IndexYear(2026, 350),),
        savings=(PlannedSaving(2027, -1_100_000),),
        paths=200,
    )


def projection(made: Made, world: World) -> dict[str, Any]:
    return {"pk": ProjectionRun.objects.get(region=made.region, result__isnull=False).pk}


def waiting(made: Made, world: World) -> dict[str, Any]:
    return {"pk": ProjectionRun.objects.get(region=made.region, title="Wacht nog").pk}


def budget(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Budget.objects.get(region=made.region, status="proposed").pk}


def budget_move(made: Made, world: World) -> dict[str, Any]:
    return {**budget(made, world), "move": "drop"}


def index(made: Made, world: World) -> dict[str, Any]:
    return {"pk": IndexRule.objects.get(region=made.region).pk}


def key(made: Made, world: World) -> dict[str, Any]:
    return {"pk": AllocationKey.objects.get(region=made.region).pk}


def key_move(made: Made, world: World) -> dict[str, Any]:
    return {**key(made, world), "move": "adopt"}


def key_year(made: Made, world: World) -> dict[str, Any]:
    return {**key(made, world), "year": 2026}


def deviation(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Deviation.objects.get(region=made.region).pk}


def deviation_move(made: Made, world: World) -> dict[str, Any]:
    return {**deviation(made, world), "move": "claim"}


def finding(made: Made, world: World) -> dict[str, Any]:
    row = LineFinding.objects.get(region_id=made.region.pk)
    return {"pk": row.deviation_id, "finding": row.pk}


def line(made: Made, world: World) -> dict[str, Any]:
    return {"pk": LineFinding.objects.get(region_id=made.region.pk).line}


def triangle(made: Made, world: World) -> dict[str, Any]:
    return {**projection(made, world), "segment": "S1"}


def saving(made: Made, world: World) -> dict[str, Any]:
    return {"pk": SavingsSeries.objects.get(region=made.region).pk}


def measure(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Measure.objects.get(region=made.region, code="los").pk}


def scenario(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Scenario.objects.get(region=made.region, version=1).pk}


def draft(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Scenario.objects.get(region=made.region, version=3).pk}


def scenario_move(made: Made, world: World) -> dict[str, Any]:
    return {**scenario(made, world), "move": "adopt"}


PAGES = [
    Row("finance-measures", READERS),
    Row("finance-measure-add", STAFF),
    Row("finance-measure", READERS, measure),
    Row("finance-measure-change", STAFF, measure),
    Row("finance-measure-remove", STAFF, measure),
    Row("finance-scenarios", READERS),
    Row("finance-scenario-add", STAFF),
    Row("finance-scenarios-compare", READERS),
    Row("finance-scenario", READERS, scenario),
    Row("finance-scenario", STAFF, draft, unseen=READERS - STAFF),
    Row("finance-scenario-change", STAFF, draft),
    Row("finance-scenario-start", STAFF, draft, post=True, unseen=frozenset(Role) - STAFF),
    Row("finance-scenario-copy", STAFF, scenario, post=True, unseen=frozenset(Role) - READERS),
    Row("finance-scenario-recompute", STAFF, scenario, post=True),
    Row("finance-scenario-csv", READERS, scenario, file=True),
    Row("finance-scenario-xlsx", READERS, scenario, file=True),
    Row("finance-scenario-move", KEEPERS, scenario_move),
    Row("projections", READERS),
    Row("projection-start", STAFF, refused=403),
    Row("projection", READERS, projection, refused=404),
    Row("projection", READERS, waiting, refused=404),
    Row("projection-recompute", STAFF, projection, post=True),
    Row("projection-csv", READERS, projection, refused=404, file=True),
    Row("projection-months-csv", READERS, projection, refused=404, file=True),
    Row("projection-xlsx", READERS, projection, refused=404, file=True),
    Row("projection-look-back", READERS, projection, refused=404),
    Row("projection-look-back-start", STAFF, projection, post=True),
    Row("projection-look-back-csv", READERS, projection, refused=404, file=True),
    Row("projection-triangle", STAFF, triangle, refused=403),
    Row("budgets", READERS),
    Row("budgets-xlsx", READERS, file=True),
    Row("budget-add", KEEPERS),
    Row("budget-change", KEEPERS, budget),
    Row("budget-adopt", KEEPERS, budget, post=True),
    Row("budget-series", READERS, budget),
    Row("budget-move", KEEPERS, budget_move),
    Row("money", READERS),
    Row("ceilings", STAFF | {Role.EXECUTIVE}),
    Row("falling", STAFF),
    Row("falling-xlsx", STAFF, file=True),
    Row("savings", READERS),
    Row("finance-saving", READERS, saving),
    Row("finance-saving-csv", READERS, saving, file=True),
    Row("finance-saving-xlsx", READERS, saving, file=True),
    Row("finance-saving-plan", KEEPERS, saving),
    Row("finance-spend", READERS),
    Row("finance-spend-csv", READERS, file=True),
    Row("finance-spend-xlsx", READERS, file=True),
    Row("spend-lines", STAFF, refused=403),
    Row("spend-lines-csv", STAFF, refused=403, file=True),
    Row("spend-line", STAFF, line, refused=403),
    Row("deviations", STAFF, refused=403),
    Row("deviation", STAFF, deviation, refused=403),
    Row("deviation-csv", STAFF, deviation, refused=403, file=True),
    Row("deviation-move", HANDLERS, deviation_move),
    Row("finding-except", HANDLERS, finding),
    Row("finding-count", HANDLERS, finding, post=True),
    Row("checks", HANDLERS),
    Row("check-now", HANDLERS, post=True),
    Row("finance-keys", READERS),
    Row("finance-keys-csv", READERS, file=True),
    Row("finance-keys-xlsx", READERS, file=True),
    Row("finance-key-add", KEEPERS),
    Row("finance-key", READERS, key),
    Row("finance-key-change", KEEPERS, key),
    Row("finance-key-move", KEEPERS, key_move),
    Row("finance-key-fix", KEEPERS, key_year, post=True),
    Row("index-add", KEEPERS),
    Row("index-change", KEEPERS, index),
    Row("index-remove", KEEPERS, index),
]
