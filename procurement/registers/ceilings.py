"""The register of signals about ceilings as people sort and download it."""

from core.ui.registers import Field, Register

CEILING_SIGNALS = Register(
    code="ceiling-signals",
    title="Plafondsignalen",
    sorting={
        "aanbieder": "cap__contract__provider__sort_name",
        "jaar": "cap__year",
        "gemeld": "signalled_on",
        "gebruikt": "used",
        "bereikt": "reached_on",
    },
    default="-gemeld",
    fields=(
        Field("Aanbieder", "cap.contract.provider.name", width=40),
        Field("Contract", "cap.contract.number"),
        Field("Jaar", "cap.year"),
        Field("Plafond", "cap.amount", "Euro.", decimals=2),
        Field("Gebruikt", "used", "Euro, zonder crisishulp.", decimals=2),
        Field("Verwacht dit jaar", "expected", "Euro, zonder crisishulp.", decimals=2),
        Field("Bereikt op", "reached_on", "Leeg: niet in dit jaar, of niet bekend."),
        Field("Stand van", "figures_on"),
        Field("Gemeld door", "get_source_display"),
        Field("Gesignaleerd op", "signalled_on"),
        Field("Gesprek op", "talk_on"),
        Field("Besluit", "get_answer_display", width=40),
        Field("Besloten op", "decided_on"),
        Field("Uiterlijk", "due", "De termijn die nu loopt."),
        Field("Stand", "get_state_display"),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
