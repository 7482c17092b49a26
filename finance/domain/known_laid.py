"""Known decisions laid over what is expected: one by one in cents, and all together on every path.

A path of a cell after the steps is a sum of paths of cells as they were drawn, month by month, so
that a part that moves to another segment takes its own luck with it. A cell from which something
comes is drawn again for the cell that receives it: the seed gives the same path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from finance.domain.cell_courses import cell_paths
from finance.domain.effects import Cents, Costs, fallen_on_agreed, one_after_another
from finance.domain.known_steps import MEASURE, MEMBERSHIP, WHOLE, KnownStep
from finance.domain.measure_paths import Works
from finance.domain.measures import Cell, Plan, plan
from finance.domain.months import Month
from finance.domain.path_models import CellModel, Frame, Paths, SegmentModel, Shared
from finance.domain.projection_inputs import ProjectionInputs
from finance.domain.projection_result import CellStep, StepEffect

Floats = NDArray[np.float64]
Links = dict[Cell, dict[Cell, Floats]]
"""Per cell, of which cells as drawn it consists, and for how much in every month to come."""


@dataclass(frozen=True)
class Laid:
    """`drawn` are the cells as they were before any step; `arrivals` what measures carry into a
    cell: from where, by which measure, and which part of what moves. `agreed` is which part of
    what a cell costs is an agreed amount after the steps, in every month to come."""

    drawn: dict[Cell, CellModel]
    links: Links
    works: Works | None
    arrivals: dict[Cell, tuple[tuple[Cell, int, float], ...]]
    effects: tuple[StepEffect, ...]
    agreed: dict[Cell, Floats]

    def paths(
        self,
        cell: CellModel,
        segments: Mapping[str, SegmentModel],
        shared: dict[str, Shared],
        frame: Frame,
    ) -> Paths:
        """All paths of one cell from `frame.start` on, with everything known and no savings."""
        key, ahead = (cell.municipality, cell.segment), frame.past - frame.start
        amounts = self._stepped(key, segments, shared, frame)
        if self.works is None:
            return amounts
        future = amounts[ahead:]
        change, _ = self.works.of(key)
        future *= 1 + change
        for source, place, part in self.arrivals.get(key, ()):
            _, moved = self.works.of(source)
            came = self._stepped(source, segments, shared, frame)[ahead:]
            came *= moved[place]
            came *= np.float32(part)
            counts = self.works.plan.counts(key, place)
            if counts is not None:
                came *= counts[:, None].astype(np.float32)
            future += came
        return amounts

    def _stepped(
        self,
        key: Cell,
        segments: Mapping[str, SegmentModel],
        shared: dict[str, Shared],
        frame: Frame,
    ) -> Paths:
        amounts = self._own(key, segments, shared, frame)
        if key not in self.links:
            return amounts
        future = amounts[frame.past - frame.start :]
        own = self.links[key].get(key)
        future *= 0 if own is None else own[:, None].astype(np.float32)
        for source, part in self.links[key].items():
            if source != key:
                came = self._own(source, segments, shared, frame)[frame.past - frame.start :]
                came *= part[:, None].astype(np.float32)
                future += came
        return amounts

    def _own(
        self,
        key: Cell,
        segments: Mapping[str, SegmentModel],
        shared: dict[str, Shared],
        frame: Frame,
    ) -> Paths:
        model = self.drawn.get(key)
        if model is None:
            return np.zeros((len(frame.years) - frame.start, frame.paths), dtype=np.float32)
        return cell_paths(model, segments[model.segment], shared, frame)


def lay_known(
    cells: Sequence[CellModel], frame: Frame, inputs: ProjectionInputs
) -> tuple[list[CellModel], Laid]:
    """The cells with what is known in their expected months, sorted; and how their paths change."""
    drawn = {(one.municipality, one.segment): one for one in cells}
    months = range(inputs.as_of + 1, inputs.last + 1)
    now = {key: _future_cents(one, frame) for key, one in drawn.items()}
    drawn |= _as_agreed(drawn, inputs.steps, frame)
    base = {key: _future_cents(one, frame) for key, one in drawn.items()}
    links: Links = {key: {key: np.ones(len(months))} for key in drawn}
    free = {key: _free_months(one, len(months)) for key, one in drawn.items()}
    effects = []
    for step in inputs.steps:
        _take(step, links, months, free if step.kind != MEMBERSHIP else {})
        before, now = now, _costs(links, base, len(months))
        effects.append(_effect(step.kind, step.source, step.name, step.day, before, now, frame))
    agreed = _agreed_parts(links, base, free, now)
    made, works = _measures(inputs, list(now), months, frame, agreed)
    if made is not None:
        of_measures, now = _measure_effects(made, now, frame)
        effects += of_measures
    changed = {key: now[key] for key in now if key not in base or (now[key] != base[key]).any()}
    laid = Laid(
        drawn=drawn,
        links={key: parts for key, parts in links.items() if not _is_itself(key, parts)},
        works=works,
        arrivals=_arrivals(made) if made else {},
        effects=tuple(effects),
        agreed=agreed,
    )
    return _with_known(drawn, changed, frame), laid


def _as_agreed(
    drawn: Mapping[Cell, CellModel], steps: Sequence[KnownStep], frame: Frame
) -> dict[Cell, CellModel]:
    """Cells of which months to come are agreed, with those amounts."""
    found = {}
    for one in (amount for step in steps for amount in step.amounts):
        model = drawn.get((one.municipality, one.segment))
        if model is not None:
            agreed = tuple(cents / 100 for cents in one.cents)
            expected = model.expected.copy()
            first = frame.past + one.later
            expected[first : first + len(agreed)] = agreed
            found[one.municipality, one.segment] = replace(
                model, expected=expected, agreed=agreed, agreed_later=one.later
            )
    return found


def _free_months(model: CellModel, months: int) -> Floats:
    """1 in the months to come that a tariff, a contract or a product can still change, 0 where the
    amount is agreed."""
    free = np.ones(months)
    free[model.agreed_later : model.agreed_later + len(model.agreed)] = 0
    return free


def _is_itself(key: Cell, parts: dict[Cell, Floats]) -> bool:
    return set(parts) == {key} and bool((parts[key] == 1).all())


def _take(step: KnownStep, links: Links, months: range, free: Mapping[Cell, Floats]) -> None:
    """Effects: the links after the step, changed where the months of a cell are free to."""
    for rate in step.rates:
        for drawn, part in links.get((rate.municipality, rate.segment), {}).items():
            start = _from(rate.first, months)
            part[start:] *= 1 + rate.parts / WHOLE * free.get(drawn, np.ones(len(months)))[start:]
    for shift in step.shifts:
        source, target = (shift.municipality, shift.segment), (shift.municipality, shift.target)
        if source not in links:
            continue
        receives = links.setdefault(target, {})
        for drawn, part in links[source].items():
            moved = np.zeros(len(months))
            moved[_from(shift.first, months) :] = part[_from(shift.first, months) :]
            moved *= shift.parts / WHOLE * free.get(drawn, 1)
            part -= moved
            receives[drawn] = receives[drawn] + moved if drawn in receives else moved


def _from(first: Month, months: range) -> int:
    return max(first - months.start, 0)


def _future_cents(model: CellModel, frame: Frame) -> Cents:
    return np.rint(model.expected[frame.past :] * 100).astype(np.int64)


def _costs(links: Links, base: Costs, months: int) -> Costs:
    return {
        key: np.rint(
            np.sum([base[drawn] * part for drawn, part in parts.items()], axis=0)
            if parts
            else np.zeros(months)
        ).astype(np.int64)
        for key, parts in links.items()
    }


def _agreed_parts(
    links: Links, base: Costs, free: dict[Cell, Floats], now: Costs
) -> dict[Cell, Floats]:
    """Of every cell that has any: which part of its cost is agreed. What costs nothing is agreed
    where its own amount is."""
    found = {}
    for key, parts in links.items():
        fixed = [base[drawn] * part * (1 - free[drawn]) for drawn, part in parts.items()]
        if any(amounts.any() for amounts in fixed):
            own = 1 - free[key] if key in free else np.zeros(len(now[key]))
            found[key] = np.divide(np.sum(fixed, axis=0), now[key], out=own, where=now[key] != 0)
    return found


def _measure_effects(made: Plan, now: Costs, frame: Frame) -> tuple[list[StepEffect], Costs]:
    """What each agreed measure adds to those before it, and the cost with all of them."""
    added = one_after_another(now, made)
    fallen = fallen_on_agreed(now, made, added)
    effects = []
    for one, more, rest in zip(made.measures, added, fallen, strict=True):
        before, now = now, {key: now[key] + more[key] for key in now}
        day = f"{one.first // 12:04d}-{one.first % 12 + 1:02d}-01"
        effect = _effect(MEASURE, one.code, one.name, day, before, now, frame)
        effects.append(replace(effect, on_agreed=_cell_steps(rest, frame)))
    return effects, now


def _measures(
    inputs: ProjectionInputs,
    cells: list[Cell],
    months: range,
    frame: Frame,
    fixed: dict[Cell, Floats],
) -> tuple[Plan | None, Works | None]:
    agreed = inputs.agreed
    if agreed is None or not agreed.measures:
        return None, None
    made = plan(
        agreed.measures,
        cells=cells,
        slots=agreed.slots,
        months=months,
        as_of=inputs.as_of,
        months_in_care={code: tenths / 10 for code, tenths in agreed.months_in_care},
        agreed=fixed,
    )
    return made, Works(made, frame)


def _arrivals(made: Plan) -> dict[Cell, tuple[tuple[Cell, int, float], ...]]:
    found: dict[Cell, list[tuple[Cell, int, float]]] = defaultdict(list)
    for (source, place), targets in sorted(made.targets.items()):
        if any(place in group.moves for group, _ in made.groups[source]):
            for target, part in targets:
                found[target].append((source, place, part))
    return {target: tuple(parts) for target, parts in found.items()}


def _effect(
    kind: str, source: str, name: str, day: str, before: Costs, now: Costs, frame: Frame
) -> StepEffect:
    """What a step adds per cell and calendar year, where it adds anything."""
    added = {key: cents - before[key] if key in before else cents for key, cents in now.items()}
    return StepEffect(kind, source, name, day, _cell_steps(added, frame))


def _cell_steps(added: Costs, frame: Frame) -> tuple[CellStep, ...]:
    """Per cell and calendar year, of cells where there is anything."""
    ahead = frame.years[frame.past :]
    return tuple(
        CellStep(*key, tuple(int(cents[ahead == year].sum()) for year in np.unique(frame.years)))
        for key, cents in sorted(added.items())
        if cents.any()
    )


def _with_known(drawn: dict[Cell, CellModel], changed: Costs, frame: Frame) -> list[CellModel]:
    models = dict(drawn)
    for key, cents in changed.items():
        model = models[key] if key in models else _empty(key, drawn)
        expected = model.expected.copy()
        expected[frame.past :] = cents / 100
        models[key] = replace(model, expected=expected)
    return [models[key] for key in sorted(models)]


def _empty(key: Cell, drawn: dict[Cell, CellModel]) -> CellModel:
    """A cell that cost nothing until now; only its zeros are ever looked at."""
    like = next(iter(drawn.values()))
    names = ("known", "process", "expected", "scale", "unit", "savings")
    zeros = {name: np.zeros_like(getattr(like, name)) for name in names}
    return replace(like, municipality=key[0], segment=key[1], agreed=(), **zeros)
