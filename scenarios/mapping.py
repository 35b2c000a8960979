"""What a clerk corrects on the mapping page: the guesses of an import, with the hints of its workbook put in."""

from collections.abc import Mapping
from typing import Any

from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.services.mapping import present_choices
from scenarios.common.model import WorkbookInfo

LEAVE_OUT = "不导入"


def corrected_choices(sheet_import: SheetImport, info: WorkbookInfo) -> list[dict[str, Any]]:
    """The choices for `confirm_mapping`. KeyError for a hint whose label no field of the register has."""
    register = REGISTERS[info.register]
    names = {spec.label: spec.name for spec in register.fields} | {LEAVE_OUT: ""}
    hints = {column: names[label] for column, label in info.mapping_hints.items()}
    choices = []
    for table, choice in zip(sheet_import.tables, present_choices(sheet_import), strict=True):
        hinted = _hinted(table, hints)
        if hinted:
            choice = {"register": info.register, "mapping": _put_in(choice["mapping"], hinted)}
        choices.append(choice)
    return choices


def _hinted(table: Mapping[str, Any], hints: Mapping[str, str]) -> dict[str, str]:
    """The hints for one table by its columns' places: `sheet!head`, or `sheet!列A`; without `sheet!` in text files."""
    before = f"{table['sheet']}!" if table["sheet"] else ""
    found = {}
    for column in table["columns"]:
        for word in (column["head"].rsplit("/", 1)[-1], f"列{column['letter']}"):
            if before + word in hints:
                found[str(column["at"])] = hints[before + word]
    return found


def _put_in(guessed: Mapping[str, str], hinted: Mapping[str, str]) -> dict[str, str]:
    """The guesses, with hints before them; a field that is hinted is taken from the column that was guessed."""
    taken = set(hinted.values())
    kept = {at: name for at, name in guessed.items() if name not in taken}
    return {at: name for at, name in {**kept, **hinted}.items() if name}
