"""A table of states as a page of documentation: a diagram (Mermaid) and who may do what."""

from collections.abc import Callable

from .table import StateTable


def page_of(table: StateTable, role_label: Callable[[str], str] = str) -> str:
    """Markdown, the same for the same table to the last byte."""
    return "\n".join(
        [
            f"# {table.subject}",
            "",
            "Generated from the transition table by `manage.py state_diagrams`.",
            "",
            "```mermaid",
            *_diagram(table),
            "```",
            "",
            *_rows(table, role_label),
            "",
        ]
    )


def _diagram(table: StateTable) -> list[str]:
    named = [f'  state "{label}" as {value}' for value, label in table.states.choices]
    ways = [
        f"  {source} --> {move.target}: {move.label}"
        for move in table.moves
        for source in move.sources
    ]
    ends = [f"  {state} --> [*]" for state in table.ends()]
    return ["stateDiagram-v2", *named, f"  [*] --> {table.initial}", *ways, *ends]


def _rows(table: StateTable, role_label: Callable[[str], str]) -> list[str]:
    head = ["| van | stap | naar | wie | reden | API |", "|---|---|---|---|---|---|"]
    return head + [
        f"| {table.label(source)} | {move.label} | {table.label(move.target)} "
        f"| {', '.join(map(role_label, move.who)) or 'het systeem'} "
        f"| {'verplicht' if move.reason else ''} | `{move.slug}` |"
        for move in table.moves
        for source in move.sources
    ]
