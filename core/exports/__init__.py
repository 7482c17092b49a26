"""Front door of tables out: CSV and XLSX; see docs/core/exports.md. Core.intake takes them in."""

from core.exports.columns import Cell, Column, unescaped
from core.exports.csv_out import INCOMPLETE, csv_lines
from core.exports.xlsx_out import Sheet, write_xlsx

__all__ = ["INCOMPLETE", "Cell", "Column", "Sheet", "csv_lines", "unescaped", "write_xlsx"]
