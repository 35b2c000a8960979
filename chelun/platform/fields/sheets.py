"""Sheets ask here which fields a place has added to the registers."""

from chelun.platform.fields.selectors import columns_at
from chelun.platform.sheets.registers import OWN_COLUMNS

OWN_COLUMNS.add("fields", columns_at)
