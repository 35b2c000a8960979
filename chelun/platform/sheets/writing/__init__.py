"""Writing workbooks: refused rows, exports, templates. Pure Python over xlsxwriter; words come in through `say`."""

from chelun.platform.sheets.writing.export import (
    ExportColumn,
    ExportTable,
    Watermark,
    write_csv,
    write_table,
    write_tables,
)
from chelun.platform.sheets.writing.refusals import (
    CellProblem,
    RefusalCount,
    RefusedRow,
    RefusedTable,
    write_refusals,
)
from chelun.platform.sheets.writing.template import write_template
from chelun.platform.sheets.writing.texts import Say, csv_text

__all__ = [
    "CellProblem",
    "ExportColumn",
    "ExportTable",
    "RefusalCount",
    "RefusedRow",
    "RefusedTable",
    "Say",
    "Watermark",
    "csv_text",
    "write_csv",
    "write_refusals",
    "write_table",
    "write_tables",
    "write_template",
]
