"""Every pair of a transition table, for tests of apps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from core.errors import DomainError
from core.states import StateTable
from regions.enums import Role


@dataclass(frozen=True)
class Pair:
    """One try: a role makes a move from a state. `expected` is None or the code of the refusal."""

    state: str
    move: str
    role: str
    target: str | None
    expected: str | None

    def __str__(self) -> str:
        return f"{self.state}-{self.move}-{self.role}"


def every_pair(table: StateTable) -> Iterator[Pair]:
    """Each state, each move of the table, each role: what must happen."""
    names = dict.fromkeys(move.name for move in table.moves)
    for state in table.states.values:
        ways = {move.name: move for move in table.moves_from(state)}
        for name in names:
            for role in Role.values:
                way = ways.get(name)
                if way is None:
                    yield Pair(state, name, role, None, "stap-niet-mogelijk")
                elif role not in way.who:
                    yield Pair(state, name, role, None, "stap-niet-bevoegd")
                else:
                    yield Pair(state, name, role, way.target, None)


def surprises(
    table: StateTable, attempt: Callable[[Pair], str]
) -> dict[str, tuple[str | None, str]]:
    """Pairs that went another way than the table says, with the refusal and the state after it.

    `attempt` brings a row to the state, makes the move, and tells the state by which it ends; what
    it changes is undone.
    """
    found: dict[str, tuple[str | None, str]] = {}
    for pair in every_pair(table):
        refused, state = None, pair.state
        with transaction.atomic():
            try:
                state = attempt(pair)
            except DomainError as refusal:
                refused = refusal.code
            transaction.set_rollback(True)
        if (refused, state) != (pair.expected, pair.target or pair.state):
            found[str(pair)] = (refused, state)
    return found
