"""Planned savings laid over the projected months.

A planned saving is a level per year. Where no document says how it is divided, it is divided over
the cells in its scope, and over the months, in proportion to what they would cost without it: to
the cent over cells, by largest remainder. Nothing comes off an amount that is agreed: the part that
would fall there is not laid at all, since the other care does not become cheaper by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from finance.domain.allocation import split_cents
from finance.domain.completion import Floats
from finance.domain.path_models import CellModel
from finance.domain.projection_inputs import PlannedSaving, ProjectionInputs

MONTHS_A_YEAR = 12


def spread_savings(
    models: Sequence[CellModel], *, savings: Sequence[PlannedSaving], inputs: ProjectionInputs
) -> list[CellModel]:
    """The models with their savings. Months that are already past carry none, since what was saved
    by then is in the declarations, nor do months of which the amount is agreed."""
    totals = {(model.municipality, model.segment): model.savings.copy() for model in models}
    years = np.array([month // MONTHS_A_YEAR for month in inputs.months])
    for saving in savings:
        months = np.flatnonzero(years == saving.year)
        scope = [model for model in models if _in_scope(model, saving)]
        for model, cents in _per_cell(scope, saving, months):
            key = (model.municipality, model.segment)
            totals[key][months] += _per_month(model.expected[months], cents)
    past = inputs.as_of - inputs.first + 1
    for model in models:
        spread, agreed = totals[(model.municipality, model.segment)], past + model.agreed_later
        spread[:past] = 0.0
        spread[agreed : agreed + len(model.agreed)] = 0.0
    return [replace(model, savings=totals[(model.municipality, model.segment)]) for model in models]


def _in_scope(model: CellModel, saving: PlannedSaving) -> bool:
    return saving.municipality in (None, model.municipality) and saving.segment in (
        None,
        model.segment,
    )


def _per_cell(
    scope: Sequence[CellModel], saving: PlannedSaving, months: np.ndarray
) -> list[tuple[CellModel, int]]:
    weights = {
        f"{model.municipality}\x1f{model.segment}": max(
            round(float(model.expected[months].sum()) * 100), 0
        )
        for model in scope
    }
    if not sum(weights.values()):
        return []
    parts = split_cents(cents=saving.cents, weights=weights)
    return [(model, parts[f"{model.municipality}\x1f{model.segment}"]) for model in scope]


def _per_month(expected: Floats, cents: int) -> Floats:
    """Euros over the months of the year that the projection covers; part of a year gets a part."""
    weights = {f"{i:02d}": max(round(float(x) * 100), 0) for i, x in enumerate(expected)}
    if not sum(weights.values()):
        return np.zeros_like(expected)
    covered = round(cents * len(expected) / MONTHS_A_YEAR)
    parts = split_cents(cents=covered, weights=weights)
    return np.array([parts[month] / 100 for month in weights])
