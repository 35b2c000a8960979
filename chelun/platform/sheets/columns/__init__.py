"""Knowing the columns of a clerk's sheet and cleaning its cells. Pure Python: no files, no database, no Django."""

from chelun.platform.sheets.columns.asides import scrub_name
from chelun.platform.sheets.columns.blanks import is_blank, is_formula_error
from chelun.platform.sheets.columns.dates import LONG_TERM, clean_date, clean_month, clean_period, clean_until
from chelun.platform.sheets.columns.faults import FAULTS, Fault, fault
from chelun.platform.sheets.columns.fields import KINDS, FieldSpec, check_fields
from chelun.platform.sheets.columns.forbidden import Dropped, head_kind, kept_head, screen, scrub
from chelun.platform.sheets.columns.forbidden_words import KIND_LABELS
from chelun.platform.sheets.columns.messages import Message
from chelun.platform.sheets.columns.own import is_own_head, is_own_row, is_own_sheet
from chelun.platform.sheets.columns.recognise import ColumnSample, Guess, recognise
from chelun.platform.sheets.columns.script import safe_head
from chelun.platform.sheets.columns.values import (
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
