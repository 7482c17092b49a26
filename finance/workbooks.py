"""Sheets that controllers' workbooks share: what the amounts rest on, and the budgets."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.exports import Cell, Column, Sheet
from core.ui import Passages, in_words


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
    euros(
        "Bedrag dat telt",
        "Het gegeven bedrag van de versie die nu geldt; leeg waar een ander bedrag dit al bevat, "
        "zoals bij percelen",
        total=True,
    ),
    euros("Na verschuivingen", "Met wat tussen percelen is verschoven; leeg: niets"),
    euros("Vorig jaar met indexering", "Berekend; telt nooit mee"),
    euros("Verschil", "Gegeven min berekend"),
    Column("Circa", "Het document noemt een bedrag bij benadering", width=8),
    Column("Afgerond", width=14),
    Column("Wat erin zit en wat niet", width=60),
    Column("Bron", "De tekst waarin het staat, met de regels", width=60),
    Column("Fictief", "Bedacht voor de demonstratie", width=8),
)


def inputs_sheet(rows: Iterable[tuple[str, Cell]]) -> Sheet:
    """What the amounts of the other sheets rest on."""
    columns = (
        Column("Uitgangspunt", "Waarop de bedragen berusten", width=40),
        Column("Waarde", width=60),
    )
    return Sheet("Uitgangspunten", columns, rows)


def cells_sheet(
    title: str,
    years: Mapping[int, str],
    rows: Iterable[tuple[Sequence[str], Sequence[Cell]]],
) -> Sheet:
    """One row per municipality and segment (codes and names), a column per year with what it says:
    below it the sum, as a formula. Limits stay away, since those of parts do not add up."""
    places = (
        Column("Gemeente", "CBS-code", width=10),
        Column("Gemeente (naam)", "Naam van de gemeente", width=24),
        Column("Segment", "Code", width=10),
        Column("Segment (naam)", "Naam van het segment", width=30),
    )
    amounts = tuple(euros(str(year), meaning, total=True) for year, meaning in years.items())
    return Sheet(title, (*places, *amounts), ((*place, *cells) for place, cells in rows))


def expected_years(years: Sequence[int], whole: Collection[int]) -> dict[int, str]:
    """Calendar years of a projection, and what an amount of each is."""
    part = "Verwacht; niet alle twaalf maanden vallen in de prognose"
    return {year: "Verwacht" if year in whole else part for year in years}


def budget_rows(
    rows: Sequence[Any],
    counting: set[int],
    compared: dict[int, Any],
    shifted: dict[int, Any],
    passages: Passages,
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
            row.scope, in_words(row.source, passages), row.fictitious,
        )  # fmt: skip
