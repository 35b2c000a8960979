"""Sentences for the clerk: templates of the pure rooms below, translated and filled in; labels of tables and columns."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from chelun.engines.tables.columns.fields import FieldSpec
from chelun.platform.regions.selectors import name_of, path_of
from chelun.platform.sheets.models import Layout, SheetImport
from chelun.platform.sheets.registers import REGISTERS, Register

TRANSLATED = frozenset({"label", "other", "kind"})
"""Parameters that are texts of the catalogue themselves (engines/tables/columns/messages.py)."""


def said(template: str, params: Mapping[str, Any]) -> str:
    """A sentence in the reader's language; '' stays ''."""
    if not template:
        return ""
    filled = {name: _(value) if name in TRANSLATED else value for name, value in params.items()}
    return _(template).format(**filled)


def told(problem: str, advice: str) -> str:
    """What is wrong and what to do, in one line."""
    return _("{problem}{advice}").format(problem=problem, advice=advice)


def fields_as_written(register: Register) -> tuple[FieldSpec, ...]:
    """A register's fields with their labels, in each language, among the heads: so a template's columns are known again.

    Those that the place has added come last, as they are: nobody translates them.
    """
    declared = REGISTERS[register.name].fields
    return (*_declared(register.name), *register.fields[len(declared) :])


@lru_cache(maxsize=32)
def _declared(register: str) -> tuple[FieldSpec, ...]:
    found = []
    for spec in REGISTERS[register].fields:
        labels = [spec.label]
        for code, _name in settings.LANGUAGES:
            with override(code):
                labels.append(_(spec.label))
        found.append(replace(spec, heads=tuple(dict.fromkeys((*spec.heads, *labels)))))
    return tuple(found)


def sheet_label(table: Mapping[str, Any]) -> str:
    """What a table is called: its sheet's name, or its place in the file where that was not kept."""
    return table["sheet"] or _("第 {number} 张表").format(number=table.get("sheet_number", table["key"] + 1))


def column_label(column: Mapping[str, Any]) -> str:
    """«C 身份证号»; only the letter where there is no head."""
    return f"{column['letter']} {column['head']}".strip()


def field_label(register: Register | None, field: str) -> str:
    """The label of a register's field in the reader's language; '' for the row as a whole."""
    return next((_(spec.label) for spec in register.fields if spec.name == field), "") if register else ""


def register_label(name: str) -> str:
    """The label of a register in the reader's language."""
    found = REGISTERS.get(name)
    return _(found.label) if found else ""


def layout_name(layout: Layout) -> str:
    """«省厅登记表（四川省，第 2 版）»."""
    told = _("{name}（{place}，第 {version} 版）")
    return told.format(name=layout.name, place=name_of(layout.home), version=layout.version)


def place_label(sheet_import: SheetImport) -> str:
    """Where the rows of an import belong: «四川省 凉山彝族自治州 美姑县»."""
    code = sheet_import.township or sheet_import.county or sheet_import.city or sheet_import.province
    return " ".join(path_of(code)) or code
