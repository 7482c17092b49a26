"""The workbook of allocation keys: beside each other, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from core.exports import Cell, Column, Sheet

from ..queries.keys import KeyLine, KeyResult
from ..workbooks import euros


def keys_sheet(results: Sequence[KeyResult]) -> Sheet:
    """Municipalities as rows; of every key share, amount, own use and the difference, with sums."""
    columns = [
        Column("Gemeente", "CBS-code", width=10),
        Column("Gemeente (naam)", "Naam van de gemeente", width=24),
    ]
    for result in results:
        name = result.key.name
        columns += [
            Column(f"{name}: aandeel", "Deel van het geheel", 2, share=True),
            euros(f"{name}: bedrag", "Aandeel in het bedrag, op de cent", total=True),
            euros(f"{name}: eigen gebruik", "Betaald naar eigen gebruik", total=True),
            euros(f"{name}: verschil", "Bedrag min eigen gebruik; plus is meer", total=True),
        ]
    places = {line.municipality.gm_code: line.municipality for r in results for line in r.lines}
    rows = [
        (code, places[code].name, *(cell for one in results for cell in _cells(one.of(code))))
        for code in sorted(places)
    ]
    return Sheet("Verdeling", columns, rows)


def _cells(line: KeyLine | None) -> tuple[Cell, ...]:
    if line is None:
        return (None, None, None, None)
    return (line.percent, line.amount, line.by_use, line.difference)


def keys_rest_on(results: Sequence[KeyResult]) -> list[tuple[str, Cell]]:
    """What every key divides, and by which measures."""
    return [pair for result in results for pair in _of_one(result)]


def _of_one(result: KeyResult) -> list[tuple[str, Cell]]:
    key = result.key
    return [
        (f"{key.name}: stand", key.get_state_display()),
        (f"{key.name}: jaar", result.year),
        (f"{key.name}: segment", key.segment or "alle segmenten"),
        (f"{key.name}: te verdelen (euro)", result.amount),
        (f"{key.name}: jeugdigen (%)", key.weight_population),
        (f"{key.name}: gebruik (%)", key.weight_use),
        (f"{key.name}: jaren gebruik", key.use_years),
        (f"{key.name}: vaste aandelen (%)", key.weight_fixed),
        (f"{key.name}: grens per jaar (%)", key.change_limit),
    ]
