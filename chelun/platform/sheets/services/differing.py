"""What a filled form says otherwise than the register, staged sealed for the clerk to read before anything is written."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple

from django.db import transaction

from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.registers import REGISTERS, Difference, Intake, Register, StagedRow
from chelun.platform.sheets.services.stepwise import drop_staged
from chelun.platform.sheets.staging import CHUNK_ROWS, DIFF, GOOD, chunks_of, read_chunk, write_chunk
from chelun.platform.sheets.turns import give_turn

MOST_NAMED = 5_000
"""Of each kind so many rows are named; all are counted."""
Counts = dict[str, dict[str, int]]


def is_filled_form(sheet_import: SheetImport) -> bool:
    """Whether a file came in a form of the place."""
    return any(table.get("layout") and table["register"] for table in sheet_import.tables)


def stage_differences(sheet_import: SheetImport, intake: Intake, told: Callable[[], None]) -> Counts:
    """Compare the checked rows with the register, stage what differs, and count it by register and kind."""
    drop_staged(sheet_import.pk, DIFF)
    found: Counts = {}
    number = 0
    for register in _compared(sheet_import):
        assert register.compare is not None
        counts: Counter[str] = Counter()
        waiting: list[Difference] = []
        for difference in register.compare(intake, _good(sheet_import, register, told)):
            counts[difference.what] += 1
            if counts[difference.what] <= MOST_NAMED:
                waiting.append(difference)
            if len(waiting) >= CHUNK_ROWS:
                number = _stage(sheet_import, register, waiting, number)
        number = _stage(sheet_import, register, waiting, number)
        found[register.name] = dict(counts)
    return found


def _compared(sheet_import: SheetImport) -> list[Register]:
    names = {table["register"] for table in sheet_import.tables if table.get("layout")}
    return [register for register in REGISTERS if register.name in names and register.compare]


def _good(
    sheet_import: SheetImport, register: Register, told: Callable[[], None]
) -> Iterator[Sequence[StagedRow]]:
    for chunk in chunks_of(sheet_import.pk, GOOD, register.name):
        yield [StagedRow(*row) for row in read_chunk(chunk)]
        told()


def _stage(sheet_import: SheetImport, register: Register, waiting: list[Difference], number: int) -> int:
    """Write what waits; the number of the next chunk."""
    if not waiting:
        return number
    rows = [astuple(difference) for difference in waiting]
    waiting.clear()
    with transaction.atomic():
        write_chunk(sheet_import.pk, DIFF, number, register.name, rows)
    give_turn()
    return number + 1
