"""What a projection becomes under measures: the same paths, each with its own draw of effects.

The paths are those of the projection (same seed); on every path a measure has one effect, drawn
within its range, wherever it works. Without measures the paths are left as they are, so that the
difference is the measures' and nobody's luck.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from finance.domain.effects import Cents, Costs, alone, fallen_on_agreed, one_after_another
from finance.domain.measure_paths import Works
from finance.domain.measures import Cell, plan
from finance.domain.path_models import CellModel, Paths
from finance.domain.price import price_index
from finance.domain.projection import Models, prepare
from finance.domain.projection_inputs import ProjectionInputs
from finance.domain.projection_result import TurningPoint
from finance.domain.projection_summary import cents_of, turning_point, whole_years
from finance.domain.scenario_result import (
    CellEffect,
    MeasureEffect,
    ScenarioInputs,
    ScenarioResult,
    ScenarioSeries,
)
from finance.domain.shared_courses import shared_draws
from finance.domain.simulation import batches, by_year, limits_of

MONTHS_A_YEAR = 12
Key = tuple[str | None, str | None]
WHOLE: Key = (None, None)


def compute_scenario(
    projection: ProjectionInputs, asked: ScenarioInputs, *, workers: int = 2
) -> ScenarioResult:
    """Bit-identical for the same inputs. Raises ValueError where `asked` belongs to another
    projection."""
    if asked.projection != projection.checksum:
        raise ValueError("these measures were laid over another projection")
    inputs = replace(projection, savings=(), agreed=None, seed=asked.seed, paths=asked.paths)
    models = prepare(inputs)
    return _Scenario(inputs, asked, models, workers).result()


class _Drawn(NamedTuple):
    """Per calendar year and path: a cell without measures, what measures change in it, and what
    moves carry to other cells."""

    base: Paths
    change: Paths
    carried: dict[Cell, Paths]


class _Scenario:
    def __init__(
        self, inputs: ProjectionInputs, asked: ScenarioInputs, models: Models, workers: int
    ) -> None:
        self.inputs, self.models, self.workers = inputs, models, workers
        self.asked = asked
        self.frame = models.frame
        self.years = tuple(int(year) for year in np.unique(self.frame.years))
        self.cells = [(model.municipality, model.segment) for model in models.cells]
        self.plan = plan(
            asked.measures,
            cells=self.cells,
            slots=asked.slots,
            months=range(inputs.as_of + 1, inputs.last + 1),
            as_of=inputs.as_of,
            months_in_care={code: tenths / 10 for code, tenths in asked.months_in_care},
            agreed=models.laid.agreed,
        )

    def result(self) -> ScenarioResult:
        effects = self._measure_effects()
        base, under = self._expected(effects)
        paths, paths_base = self._paths()
        series = tuple(
            self._series(key, base[key], under[key], limits_of(paths[key])) for key in sorted(
                base, key=_order
            )
        )  # fmt: skip
        change = limits_of(paths[WHOLE] - paths_base)
        points = self._turning(under[WHOLE], paths[WHOLE]), self._turning(base[WHOLE], paths_base)
        return ScenarioResult(
            years=self.years,
            whole_years=whole_years(self.inputs),
            as_of=self.inputs.as_of,
            series=series,
            measures=tuple(effects),
            effect_low=_plain(cents_of(change[1])),
            effect_high=_plain(cents_of(change[2])),
            turning=points[0][0],
            turning_real=points[0][1],
            turning_base=points[1][0],
            turning_base_real=points[1][1],
            indexation=tuple((one.year, one.basis_points) for one in self.inputs.indexation),
            inputs_checksum=self.asked.checksum,
        )

    # -- expected, to the cent --------------------------------------------------------------

    def _future(self) -> dict[Cell, Cents]:
        past = self.frame.past
        return {
            cell: cents_of(model.expected[past:])
            for cell, model in zip(self.cells, self.models.cells, strict=True)
        }

    def _measure_effects(self) -> list[MeasureEffect]:
        future = self._future()
        added = one_after_another(future, self.plan)
        fallen = fallen_on_agreed(future, self.plan, added)
        return [
            self._effect(future, place, *costs)
            for place, costs in enumerate(zip(added, fallen, strict=True))
        ]

    def _effect(self, future: Costs, place: int, added: Costs, fallen: Costs) -> MeasureEffect:
        measure = self.plan.measures[place]
        cells = [
            CellEffect(
                *cell,
                _plain(self._per_year(cents)),
                _plain(self._per_year(fallen[cell])) if cell in fallen else (),
            )
            for cell, cents in added.items()
        ]
        return MeasureEffect(
            code=measure.code,
            alone=self._total(alone(future, self.plan, place)),
            low=self._total(alone(future, self.plan, place, measure.low)),
            high=self._total(alone(future, self.plan, place, measure.high)),
            added=self._total(added),
            cells=tuple(cell for cell in cells if any(cell.added) or any(cell.on_agreed)),
        )

    def _total(self, costs: Costs) -> tuple[int, ...]:
        whole: Cents = np.sum(list(costs.values()), axis=0)
        return _plain(self._per_year(whole))

    def _per_year(self, future: Cents) -> Cents:
        ahead = self.frame.years[self.frame.past :]
        return np.array([future[ahead == year].sum() for year in self.years], dtype=np.int64)

    def _expected(self, effects: list[MeasureEffect]) -> tuple[dict[Key, Cents], dict[Key, Cents]]:
        base: dict[Key, Cents] = defaultdict(lambda: np.zeros(len(self.years), dtype=np.int64))
        under: dict[Key, Cents] = defaultdict(lambda: np.zeros(len(self.years), dtype=np.int64))
        for model in self.models.cells:
            cents = cents_of(model.expected)
            years = np.array([cents[self.frame.years == year].sum() for year in self.years])
            for key in _keys(model.municipality, model.segment):
                base[key] += years
                under[key] += years
        for effect in effects:
            for cell in effect.cells:
                for key in _keys(cell.municipality, cell.segment):
                    under[key] += np.array(cell.added)
        return base, under

    # -- paths ------------------------------------------------------------------------------

    def _paths(self) -> tuple[dict[Key, Paths], Paths]:
        """Cost per year and path under the measures, of every cell and total; and of the region
        without them."""
        own: dict[Cell, Paths] = {}
        carried: dict[Cell, Paths] = {}
        base = np.zeros((len(self.years), self.frame.paths), dtype=np.float32)
        for model, drawn in zip(self.models.cells, self._drawn(), strict=True):
            cell = (model.municipality, model.segment)
            base += drawn.base
            own[cell] = drawn.base
            own[cell] += drawn.change
            for target, amounts in drawn.carried.items():
                carried[target] = carried[target] + amounts if target in carried else amounts
        totals: dict[Key, Paths] = {}
        for (municipality, segment), amounts in own.items():
            if (municipality, segment) in carried:
                amounts += carried[municipality, segment]
            for key in _keys(municipality, segment):
                if key in totals:
                    totals[key] += amounts
                else:
                    totals[key] = amounts.copy()
        return totals, base

    def _drawn(self) -> list[_Drawn]:
        frame, models = self.frame, self.models
        shared = shared_draws(models.segments, models.region, frame)
        segments = {model.segment: model for model in models.segments}
        works = Works(self.plan, frame)
        found: list[_Drawn] = []

        def one(cell: CellModel) -> _Drawn:
            amounts = models.laid.paths(cell, segments, shared, frame)
            return self._under_measures(cell, amounts, works)

        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            for batch in batches(models.cells, 2 * self.workers):
                found += pool.map(one, batch)
        return found

    def _under_measures(self, model: CellModel, amounts: Paths, works: Works) -> _Drawn:
        cell, frame = (model.municipality, model.segment), self.frame
        base = by_year(model.expected, amounts, frame)
        if not self.plan.touched(cell):
            return _Drawn(base, np.zeros_like(base), {})
        future = amounts[frame.past - frame.start :]
        stays, moved = works.of(cell)
        carried: dict[Cell, Paths] = {}
        for place, share in moved.items():
            sums = self._sum_years(future, share)
            for target, part in self.plan.targets[cell, place]:
                gone = self._arriving(future, share, sums, (target, place)) * np.float32(part)
                carried[target] = carried[target] + gone if target in carried else gone
        return _Drawn(base, self._sum_years(future, stays), carried)

    def _arriving(self, future: Paths, share: Paths, sums: Paths, to: tuple[Cell, int]) -> Paths:
        """What a move has to pay for where it goes; `sums` where that is all of it."""
        counts = self.plan.counts(*to)
        if counts is None:
            return sums
        return self._sum_years(future, share * counts[:, None].astype(np.float32))

    def _sum_years(self, future: Paths, times: Paths) -> Paths:
        """Sums per calendar year of amounts times shares, without laying the product out."""
        ahead = self.frame.years[self.frame.past :]
        whole = np.broadcast_to(times, future.shape)
        sums: Paths = np.zeros((len(self.years), future.shape[1]), dtype=np.float32)
        for place, year in enumerate(self.years):
            months = np.flatnonzero(ahead == year)
            if len(months):
                own = slice(months[0], months[-1] + 1)
                np.einsum("mp,mp->p", future[own], whole[own], out=sums[place])
        return sums

    # -- told -------------------------------------------------------------------------------

    def _series(self, key: Key, base: Cents, under: Cents, limits: np.ndarray) -> ScenarioSeries:
        settled = limits[-1] - limits[0] <= 1e-6 * np.abs(limits[-1])
        cents = [_plain(np.where(settled, under, row)) for row in cents_of(limits)]
        return ScenarioSeries(*key, _plain(base), _plain(under), *cents)

    def _turning(self, expected: Cents, paths: Paths) -> tuple[TurningPoint, TurningPoint]:
        """In euros of the day, and at one price level."""
        whole = whole_years(self.inputs)
        first = (self.inputs.as_of + 1) // MONTHS_A_YEAR
        years = tuple(year for year in whole if year >= first)
        index = price_index(np.array(self.years), self.inputs.indexation)
        found = []
        for level in (np.ones_like(index), index):
            found.append(
                turning_point(
                    expected=dict(zip(self.years, _plain(np.rint(expected / level)), strict=True)),
                    paths=dict(
                        zip(self.years, paths / level[:, None].astype(np.float32), strict=True)
                    ),
                    years=years,
                    whole=whole,
                )
            )
        return found[0], found[1]


def _keys(municipality: str, segment: str) -> tuple[Key, ...]:
    return WHOLE, (None, segment), (municipality, None), (municipality, segment)


def _order(key: Key) -> tuple[int, str, str]:
    municipality, segment = key
    rank = 2 * (municipality is not None) + (segment is not None)
    return rank, municipality or "", segment or ""


def _plain(cents: np.ndarray) -> tuple[int, ...]:
    return tuple(int(value) for value in cents)
