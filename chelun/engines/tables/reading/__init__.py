"""Opening the spreadsheets that clerks have, whatever their form, and giving back tables of raw cells.

Pure Python, no Django. What columns mean is decided in `columns`; files are written in `writing`.
"""

from chelun.engines.tables.reading.door import inspect, rows, tables, walk
from chelun.engines.tables.reading.sentences import NOTICES, REFUSALS, Unreadable
from chelun.engines.tables.reading.values import (
    LIMITS,
    Cell,
    Column,
    Kind,
    Limits,
    Notice,
    Report,
    Row,
    RowKind,
    SheetInfo,
    Source,
    Table,
    Workbook,
    is_blank,
    kind_of,
)

__all__ = [
    "LIMITS",
    "NOTICES",
    "REFUSALS",
    "Cell",
    "Column",
    "Kind",
    "Limits",
    "Notice",
    "Report",
    "Row",
    "RowKind",
    "SheetInfo",
    "Source",
    "Table",
    "Unreadable",
    "Workbook",
    "inspect",
    "is_blank",
    "kind_of",
    "rows",
    "tables",
    "walk",
]
