"""Meetings, and what was promised at development tables, as people sort and download them."""

from core.ui.registers import Field, Register

COMMITMENTS = Register(
    code="commitments",
    title="Toezeggingen aan ontwikkeltafels",
    sorting={"wie": "owner__name", "tafel": "table__name", "uiterlijk": "due_on"},
    default="uiterlijk",
    fields=(
        Field("Tafel", "table.name", width=40),
        Field("Wie", "owner.name", width=30),
        Field("Wat", "text", width=60),
        Field("Uiterlijk op", "due_on"),
        Field("Gedaan op", "done_on", "Leeg: nog niet gedaan."),
    ),
)
MEETINGS = Register(
    code="meetings",
    title="Bijeenkomsten",
    sorting={"datum": "held_on", "bijeenkomst": "title", "soort": "kind"},
    default="-datum",
    fields=(
        Field("Datum", "held_on"),
        Field("Bijeenkomst", "title", width=60),
        Field("Soort", "get_kind_display", width=24),
        Field(
            "Ontwikkeltafel", "table.name", "Alleen bij een bijeenkomst van een tafel.", width=40
        ),
        Field("Plaats", "location", width=24),
        Field("Doel", "purpose", width=60),
        Field("Verslag", "report", width=60),
        Field("Bron", "source", width=30),
    ),
)
