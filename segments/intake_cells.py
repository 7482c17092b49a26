"""Cells that lists of several apps have in common, as offices write them."""

from dataclasses import replace

from core.intake.cells import choice

from .enums import CareUnit

# The word, its plural, the code of iJw, and that code without the zero a spreadsheet took away.
UNIT = replace(
    choice(
        {
            **{unit.label: unit.value for unit in CareUnit},
            "minuten": "01", "uren": "04", "etmalen": "14", "dagdeel": "16",
            **{unit.value: unit.value for unit in CareUnit},
            **{unit.value.lstrip("0"): unit.value for unit in CareUnit},
        },
        example="uur",
    ),
    expects=f"een van: {', '.join(CareUnit.labels)}, of de code van iJw",
)  # fmt: skip
