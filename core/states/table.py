"""The table itself: plain values, no database."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from core.errors import DomainError, NotAllowed


@dataclass(frozen=True)
class Move:
    """One way from some states to another.

    `name` stands in addresses and in the history; `label` is the Dutch text of the button;
    `who` are role codes, empty when only the system itself may do it; `reason` says whether a
    written reason is obligatory.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: tuple[str, ...] = ()
    reason: bool = False

    @property
    def slug(self) -> str:
        """Its name for programs: the text of the button with dashes, as in 'gesprek-aangaan'."""
        return slugify(self.label)


@dataclass(frozen=True)
class StateTable:
    """The states of one kind of object (a TextChoices) and every permitted move.

    `subject` is the Dutch noun with its article, as in 'Dit kan niet met de zaak: ...'.
    """

    code: str
    subject: str
    states: Any
    initial: str
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        known = set(self.states.values)
        for move in self.moves:
            unknown = {*move.sources, move.target} - known
            if unknown:
                raise ValueError(f"{self.code}: {move.name} names unknown states {unknown}")
        pairs = [(source, move.name) for move in self.moves for source in move.sources]
        if len(pairs) != len(set(pairs)):
            raise ValueError(f"{self.code}: a move leaves one state in two ways")
        if len({move.slug for move in self.moves}) < len(self.moves):
            raise ValueError(f"{self.code}: two moves have one label")

    def label(self, state: str) -> str:
        return str(self.states(state).label)

    def ends(self) -> tuple[str, ...]:
        """States from which nothing leads on."""
        left = {source for move in self.moves for source in move.sources}
        return tuple(state for state in self.states.values if state not in left)

    def moves_from(self, state: str, roles: Collection[str] | None = None) -> list[Move]:
        """The moves out of a state: all, or those that somebody with these roles may make."""
        out = [move for move in self.moves if state in move.sources]
        return out if roles is None else [m for m in out if set(m.who) & set(roles)]

    def name_of(self, asked: str) -> str:
        """The move that a program means by its slug, or by its name as in the history, with dashes
        or not; what is no move stays as it was asked, for `check` to refuse."""
        known = {move.name.replace("_", "-"): move.name for move in self.moves}
        known |= {move.slug: move.name for move in self.moves}
        return known.get(asked.replace("_", "-"), asked)

    def who_moves(self, state: str) -> tuple[str, ...]:
        """The roles that can move on from here, each once, in the order of the table."""
        return tuple(dict.fromkeys(role for move in self.moves_from(state) for role in move.who))

    def check(self, state: str, name: str, roles: Collection[str] | None, reason: str = "") -> Move:
        """The move, or a refusal that says what is possible. Roles None: the system itself."""
        move = next((m for m in self.moves_from(state) if m.name == name), None)
        if move is None:
            raise DomainError(self._impossible(state, name), code="stap-niet-mogelijk")
        if roles is not None and not set(move.who) & set(roles):
            raise NotAllowed(
                f"Uw rol mag deze stap niet zetten: {move.label.lower()}.", code="stap-niet-bevoegd"
            )
        if move.reason and not reason.strip():
            raise DomainError(
                f"Geef een reden bij de stap '{move.label.lower()}'.", code="reden-ontbreekt"
            )
        return move

    def _impossible(self, state: str, name: str) -> str:
        wanted = next((m.label.lower() for m in self.moves if m.name == name), name)
        ways = ", ".join(m.label.lower() for m in self.moves_from(state)) or "niets meer"
        return (
            f"De stap '{wanted}' kan niet: {self.subject} is {self.label(state)}. "
            f"Wel mogelijk: {ways}."
        )


_tables: dict[str, StateTable] = {}


def register_states(table: StateTable) -> StateTable:
    """Make a table known, for its diagram and its test. Returns it."""
    if _tables.get(table.code, table) != table:
        raise ValueError(f"two tables of states are called {table.code}")
    _tables[table.code] = table
    return table


def registered_tables() -> list[StateTable]:
    return [_tables[code] for code in sorted(_tables)]
