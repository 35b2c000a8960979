"""Knowing the columns of a clerk's sheet and cleaning its cells. Pure Python: no files, no database, no Django."""

from chelun.engines.tables.columns.asides import scrub_name
from chelun.engines.tables.columns.blanks import is_blank, is_formula_error
from chelun.engines.tables.columns.dates import LONG_TERM, clean_date, clean_month, clean_period, clean_until
from chelun.engines.tables.columns.faults import FAULTS, Fault, fault
from chelun.engines.tables.columns.fields import KINDS, FieldSpec, check_fields
from chelun.engines.tables.columns.forbidden import Dropped, head_kind, kept_head, screen, scrub
from chelun.engines.tables.columns.forbidden_words import KIND_LABELS
from chelun.engines.tables.columns.messages import Message
from chelun.engines.tables.columns.own import is_own_head, is_own_row, is_own_sheet
from chelun.engines.tables.columns.recognise import ColumnSample, Guess, recognise
from chelun.engines.tables.columns.script import safe_head
from chelun.engines.tables.columns.values import (
    choice_cleaner,
    clean_number,
    clean_sex,
    clean_text,
    clean_yes_no,
)

__all__ = [
    "FAULTS",
    "KINDS",
    "KIND_LABELS",
    "LONG_TERM",
    "ColumnSample",
    "Dropped",
    "Fault",
    "FieldSpec",
    "Guess",
    "Message",
    "check_fields",
    "choice_cleaner",
    "clean_date",
    "clean_month",
    "clean_number",
    "clean_period",
    "clean_sex",
    "clean_text",
    "clean_until",
    "clean_yes_no",
    "fault",
    "head_kind",
    "is_blank",
    "is_formula_error",
    "is_own_head",
    "is_own_row",
    "is_own_sheet",
    "kept_head",
    "recognise",
    "safe_head",
    "screen",
    "scrub",
    "scrub_name",
]
