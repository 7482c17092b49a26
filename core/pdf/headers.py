"""Says of every header cell in the file whether it heads a column or a row.

The layout links cells to their headers, but a header above a column of headers is then named by
no cell, and has no scope either; PDF/UA (ISO 14289-1, 7.5) asks for one of both.
"""

from typing import Any


def scoped_headers(pdf: Any) -> None:
    """The first row of a table heads columns; any other header its row."""
    for cell in pdf.objects:
        if isinstance(cell, dict) and cell.get("S") == "/TH" and "ID" in cell:
            row = str(cell["ID"].string).split("-")[1]
            cell["A"]["Scope"] = "/Column" if row == "0" else "/Row"
