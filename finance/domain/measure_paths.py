"""What measures do on every path: one effect a measure and path, wherever it works."""

from __future__ import annotations

from collections import Counter

import numpy as np

from finance.domain.measures import Cell, Group, Plan, Worked, drawn_effects, worked
from finance.domain.path_models import Frame, Paths
from finance.domain.shared_courses import normals_of


class Works:
    """Effects on paths per group; what several cells share is worked out once."""

    def __init__(self, made: Plan, frame: Frame) -> None:
        self.plan = made
        rows = max(len(made.measures), 1)
        normals = np.concatenate(
            [normals_of(frame.seed, ("measure", one.code), 1, frame.paths) for one in made.measures]
            or [np.zeros((rows, frame.paths), dtype=np.float32)]
        )
        self.effects = drawn_effects(made.measures, normals)
        uses = Counter(
            (group, segment) for (_, segment), own in made.groups.items() for group, _ in own
        )
        self.kept: dict[tuple[Group, str], Worked] = {
            key: self._worked(*key) for key, times in sorted(uses.items()) if times > 1
        }

    def _worked(self, group: Group, segment: str) -> Worked:
        return worked(group, segment, self.plan, self.effects)

    def of(self, cell: Cell) -> tuple[Paths, dict[int, Paths]]:
        """How much a cell changes (0 is not at all), and what each move carries off, of 1."""
        change: Paths = np.zeros((1, 1), dtype=np.float32)
        moved: dict[int, Paths] = {}
        for group, share in self.plan.groups[cell]:
            key = (group, cell[1])
            result = self.kept[key] if key in self.kept else self._worked(*key)
            change = change + np.float32(share) * (self.plan.stays(cell, result) - 1)
            for place, part in result.moved.items():
                gone = np.float32(share) * part
                moved[place] = moved[place] + gone if place in moved else gone
        return change, moved
