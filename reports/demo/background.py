"""What lies beside the figures in the demonstration: the Netherlands, and colours."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from regions.models import Region

from ..domain.theming import keep_theme
from ..models import EditionTheme, NationalFigure

SOURCE = "CBS, Jeugdhulp 1e halfjaar 2023 (CC BY 4.0)"
# Published by CBS: youths are those with help in kind, with a budget of their own, and with both.
FIGURES = (
    ("2019-H1", "jeugdigen", 366_560, "definitief"),
    ("2020-H1", "jeugdigen", 353_845, "definitief"),
    ("2021-H1", "jeugdigen", 381_825, "definitief"),
    ("2022-H1", "jeugdigen", 387_175, "definitief"),
    ("2023-H1", "jeugdigen", 389_265, "voorlopig"),
    ("2023-H1", "met-verblijf", 35_965, "voorlopig"),
    ("2021-H1", "instroom", 149_835, "voorlopig"),
    ("2021-H1", "uitstroom", 114_085, "voorlopig"),
)
# Invented; the arms of a municipality are for the municipality to give.
COLOURS = (("#12355b", "#e0a500"), ("#7a1020", "#f2c200"), ("#1f4d2b", "#d9822b"))


def national_table() -> Iterator[tuple[str, BinaryIO]]:
    """A delivery of the national figures, unless they are there."""
    lines = ["halfjaar;maat;aantal;stand;bron"]
    lines += [
        f"{half};{measure};{value};{status};{SOURCE}" for half, measure, value, status in FIGURES
    ]
    yield "landelijke-cijfers.csv", BytesIO("\n".join(lines).encode())


def has_national_figures(region: Region) -> bool:
    return NationalFigure.objects.filter(region=region).exists()


def choose_colours(region: Region, by: Any) -> None:
    """The first municipalities have a style of their own, the others that of the house."""
    if EditionTheme.objects.filter(region=region).exists():
        return
    codes = region.memberships.order_by("municipality__name").values_list(
        "municipality__gm_code", flat=True
    )
    for code, (primary, accent) in zip(codes, COLOURS, strict=False):
        keep_theme(region=region, municipality=code, primary=primary, accent=accent, by=by)
