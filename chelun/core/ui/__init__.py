"""Values of which pages are made: addresses, tables, facts, charts. Views and selectors fill them with text that is
already formatted; `{% load ui %}` draws them (chelun/core/README.md)."""

from chelun.core.ui.addresses import Address
from chelun.core.ui.charts import Chart, Series
from chelun.core.ui.filters import Chip, chips
from chelun.core.ui.formats import Count, aside, capped_count, clauses, day, listed, minute, number
from chelun.core.ui.paging import Page, keyset_page
from chelun.core.ui.tables import Cell, Column, Row, Table
from chelun.core.ui.values import Fact, Moment, Stat, Tab

__all__ = [
    "Address",
    "Cell",
    "Chart",
    "Chip",
    "Column",
    "Count",
    "Fact",
    "Moment",
    "Page",
    "Row",
    "Series",
    "Stat",
    "Tab",
    "Table",
    "aside",
    "capped_count",
    "chips",
    "clauses",
    "day",
    "keyset_page",
    "listed",
    "minute",
    "number",
]
