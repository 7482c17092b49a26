"""Sheets that controllers' workbooks share: what the amounts rest on, and the budgets."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from core.exports import Cell, Column, Sheet


def euros(header: str, definition: str, *, total: bool = False) -> Column:
    return Column(header, definition, 2, unit="euro", total=total)


BUDGET_COLUMNS = (
    Column("Jaar", "Jaar waarvoor het bedrag geldt", width=8),
    Column("Halfjaar", "1 of 2; leeg: het hele jaar", width=10),
    Column("Gemeente", "CBS-code; leeg: de hele regio", width=10),
    Column("Gemeente (naam)", width=24),
    Column("Segment", "Code; leeg: alle segmenten", width=10),
    Column("Perceel", "Code; leeg: niet naar percelen verdeeld", width=10),
    Column("Onderwerp", width=30),
    Column("Soort", "Zorg in natura of persoonsgebonden budget", width=22),
    Column("Versie", "Een wijziging is een volgende versie", width=8),
    Column("Stand", width=22),
    euros("Gegeven bedrag", "Zoals het document het geeft"),
    euros("Bedrag dat telt", "Het gegeven bedrag van de versie die nu geldt", total=True),
    euros("Na verschuivingen", "Met wat tussen percelen is verschoven; leeg: niets"),
    euros("Vorig jaar met indexering", "Berekend; telt nooit mee"),
    euros("Verschil", "Gegeven min berekend"),
    Column("Circa", "Het document noemt een bedrag bij benadering", width=8),
    Column("Afgerond", width=14),
    Column("Wat erin zit en wat niet", width=60),
    Column("Bron", width=24),
    Column("Fictief", "Bedacht voor de demonstratie", width=8),
)


def inputs_sheet(rows: Iterable[tuple[str, Cell]]) -> Sheet:
    """What the amounts of the other sheets rest on."""
    columns = (
        Column("Uitgangspunt", "Waarop de bedragen berusten", width=40),
        Column("Waarde", width=60),
    )
    return Sheet("Uitgangspunten", columns, rows)


def budget_rows(
    rows: Sequence[Any], counting: set[int], compared: dict[int, Any], shifted: dict[int, Any]
) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        beside = compared.get(row.pk)
        yield (
            row.year, row.half, row.municipality.gm_code if row.municipality else None,
            row.municipality.name if row.municipality else "hele regio", row.segment,
            row.lot.code if row.lot else None, row.subject, row.get_kind_display(), row.version,
            row.get_status_display(), row.amount, row.amount if row.pk in counting else None,
            shifted.get(row.pk), beside.computed if beside else None,
            beside.difference if beside else None, row.circa, row.get_rounding_display(),
            row.scope, row.source, row.fictitious,
        )  # fmt: skip
