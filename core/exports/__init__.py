"""Front door of tables in and out: CSV and XLSX; see docs/core/exports.md."""

from core.exports.columns import Cell, Column
from core.exports.csv_out import INCOMPLETE, csv_lines
from core.exports.reading import IncomingTable, Row, open_table
from core.exports.refusals import TableError
from core.exports.xlsx_out import Sheet, write_xlsx

__all__ = [
    "INCOMPLETE",
    "Cell",
    "Column",
    "IncomingTable",
    "Row",
    "Sheet",
    "TableError",
    "csv_lines",
    "open_table",
    "write_xlsx",
]
