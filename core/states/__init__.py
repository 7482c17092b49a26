"""States and the moves between them, as a table: the one place that changes a status field.

An app writes a `StateTable` in its `enums.py` and registers it; its verb calls `take` (of
`core.states.api`), which asks the table who may move, locks the row, moves it and keeps the step.
The diagrams in docs/states and the test of every (state, move, role) are derived from the table.
"""

from .table import Move, StateTable, register_states, registered_tables

__all__ = ["Move", "StateTable", "register_states", "registered_tables"]
