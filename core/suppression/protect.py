"""Secondary suppression: which further cells must go so that subtraction finds nothing.

For a sensitive cell we look for a way to change the table that nobody could tell from the truth:
all sums still hold, no cell drops below its floor, and the sensitive cell is moved as far as it
must be able to. The cells that move with it have to be hidden. A linear programme finds the way
that costs the fewest shown cells. Such a change is also the proof: once its cells are hidden, an
attacker has to allow for it, so each change is kept and tried on the other sensitive cells first.
"""

import random
from collections.abc import Sequence
from math import inf, log1p
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack

from core.suppression.model import Key, Sum
from core.suppression.system import Cell

NOISE = 1e-6
FREE = 1e-4
REWARD = 1e4
ROUNDS = 24
BATCH = 24
FEW = 3
Vector = np.ndarray[Any, np.dtype[Any]]


class Component:
    """Cells tied together by sums. `hidden` grows until every sensitive cell is safe.

    `look` shows them as one reader sees them; then `protect` keeps him from the sensitive ones.
    """

    def __init__(
        self, keys: Sequence[Key], cells: dict[Key, Cell], sums: Sequence[Sum], hidden: set[Key]
    ) -> None:
        self.keys = list(keys)
        self.place = {key: i for i, key in enumerate(keys)}
        self.hidden = np.array([key in hidden for key in keys])
        self.proofs: list[tuple[Vector, Vector]] = []
        self.look(cells)
        self.costs = np.array([_price(cell) for cell in self.cells])
        self.equations = self._equations(sums)
        tied = abs(self.equations)
        self.beside = csr_matrix(tied.T @ tied)
        self.both_ways = hstack([self.equations, -self.equations], format="csc")

    def look(self, cells: dict[Key, Cell]) -> None:
        """See the cells as a reader does: what he knows stands fast. Keeps what is hidden and the
        changes found before that leave alone what he knows."""
        self.cells = [cells[key] for key in self.keys]
        self.values = np.array([cell.value for cell in self.cells])
        self.room = self.values - np.array([cell.floor for cell in self.cells])
        self.fixed = np.array([cell.fixed for cell in self.cells])
        self.low = np.zeros(len(self.keys))
        self.high = np.zeros(len(self.keys))
        for where, change in self.proofs:
            if not self.fixed[where].any():
                self._note(where, change)

    def _equations(self, sums: Sequence[Sum]) -> csr_matrix:
        rows, columns, signs = [], [], []
        for row, equation in enumerate(sums):
            for key in (equation.total, *equation.parts):
                rows.append(row)
                columns.append(self.place[key])
                signs.append(1.0 if key == equation.total else -1.0)
        return csr_matrix((signs, (rows, columns)), shape=(len(sums), len(self.keys)))

    def protect(self, sensitive: Sequence[Key]) -> set[Key]:
        """Hide what must be hidden; the sensitive cells that cannot be made safe."""
        order = sorted((self.place[key] for key in sensitive), key=lambda i: -self.cells[i].up)
        exposed = {self.keys[i] for i in order if self.cells[i].fixed}
        free = [i for i in order if not self.cells[i].fixed]
        toss = random.Random(ROUNDS)  # noqa: S311 -- a fixed order of tries, no secret
        for done, i in enumerate(free):
            if done % BATCH == 0:
                self._prove_together(free[done:], toss)
            if not self._make_safe(i):
                exposed.add(self.keys[i])
        return exposed

    def _prove_together(self, sensitive: Sequence[int], toss: random.Random) -> None:
        """Changes within what is hidden already that move many sensitive cells at once.

        They hide nothing more, and prove at little cost what single changes need not prove.
        """
        for _ in range(ROUNDS):
            open_sides = [(i, sides) for i in sensitive if (sides := self._open_sides(i))]
            if len(open_sides) < FEW:
                return
            before = sum(len(sides) for _, sides in open_sides)
            self._solve(
                [(i, toss.choice(sides)) for i, sides in open_sides], self.hidden, together=True
            )
            if sum(len(self._open_sides(i)) for i, _ in open_sides) == before:
                return

    def _open_sides(self, i: int) -> list[float]:
        """The distances, up and down, over which cell i is not yet shown to be free."""
        cell = self.cells[i]
        sides = ((cell.up, self.high[i]), (-cell.down, self.low[i]))
        return [distance for distance, reached in sides if reached < abs(distance) - NOISE]

    def _make_safe(self, i: int) -> bool:
        cell = self.cells[i]
        if self.high[i] < cell.up - NOISE:
            self._solve_one(i, cell.up)
        if self.low[i] < cell.down - NOISE:
            self._solve_one(i, -cell.down)
        wanted = cell.up + cell.down
        if self.high[i] + self.low[i] >= wanted - NOISE:
            return True
        # What is out already may hold one side: then the other must give all the width.
        self._solve_one(i, wanted - self.low[i])
        self._solve_one(i, self.high[i] - wanted)
        return bool(self.high[i] + self.low[i] >= wanted - NOISE)

    def _solve_one(self, i: int, distance: float) -> None:
        """Hide the cheapest cells with which cell i can move: close by if that works, else any."""
        near = np.zeros_like(self.hidden)
        near[self.beside.indices[self.beside.indptr[i] : self.beside.indptr[i + 1]]] = True
        if not self._solve([(i, distance)], self.hidden | near):
            self._solve([(i, distance)], np.ones_like(self.hidden))

    def _solve(
        self, targets: Sequence[tuple[int, float]], among: Vector, *, together: bool = False
    ) -> bool:
        """Hide the cheapest set of cells with which the target moves its whole distance.

        Only cells in `among` may move. `together` moves many targets, each as far as it can.
        """
        most = max(abs(distance) for _, distance in targets) * max(len(targets), 4) + 1
        free = among & ~self.fixed
        upper = np.where(free, [np.full(len(free), most), np.minimum(self.room, most)], 0.0)
        lower = np.zeros_like(upper)
        costs = np.tile(np.where(self.hidden, FREE, self.costs), (2, 1))
        for i, distance in targets:
            side = 0 if distance > 0 else 1
            upper[side, i] = min(abs(distance), upper[side, i])
            upper[1 - side, i] = 0.0
            if together:
                costs[side, i] = -REWARD
            elif upper[side, i] < abs(distance) - NOISE:
                return False
            else:
                lower[side, i] = upper[side, i]
        found = self._change(costs, lower, upper)
        if found is not None:
            self._accept(found)
        return found is not None

    def _change(self, costs: Vector, lower: Vector, upper: Vector) -> Vector | None:
        """The cheapest change that leaves every sum as it is, or None.

        Solved by `milp`, without whole numbers: it hands the same programme to the same solver as
        `linprog` does, with less ado before it.
        """
        answer = milp(
            costs.ravel(),
            constraints=LinearConstraint(self.both_ways, 0.0, 0.0),
            bounds=Bounds(lower.ravel(), upper.ravel()),
            options={"presolve": False},
        )
        size = len(self.keys)
        return answer.x[:size] - answer.x[size:] if answer.status == 0 else None

    def _accept(self, found: Vector) -> None:
        """Hide the cells that move, and note how far the change reaches either way."""
        where = np.flatnonzero(np.abs(found) > NOISE)
        change = found[where]
        self.hidden[where] = True
        self.proofs.append((where, change))
        self._note(where, change)

    def _note(self, where: Vector, change: Vector) -> None:
        forth, back = self._reach(where, change), self._reach(where, -change)
        rises = np.where(change > 0, change * forth, -change * back)
        falls = np.where(change > 0, change * back, -change * forth)
        self.high[where] = np.maximum(self.high[where], rises)
        self.low[where] = np.maximum(self.low[where], falls)

    def _reach(self, where: Vector, change: Vector) -> float:
        """How many times the change fits before a cell meets its floor."""
        falling = change < 0
        if not falling.any():
            return 1.0
        reach = float(np.min(self.room[where][falling] / -change[falling]))
        return min(reach, 1e6) if reach < inf else 1e6

    def hidden_keys(self) -> set[Key]:
        return {key for key, hidden in zip(self.keys, self.hidden, strict=True) if hidden}


def _price(cell: Cell) -> float:
    """A large figure is missed more than a small one; a hidden zero may fool nobody."""
    return cell.cost * (1 + log1p(abs(cell.value)) + (2 if cell.value == 0 else 0))
