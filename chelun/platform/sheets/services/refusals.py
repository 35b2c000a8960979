"""The workbook of refused rows: the clerk's own heads and columns, sealed as it is written, gone after some days."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.platform.jobs.processes import machine, started
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.models import SheetImport, StagedChunk, StoredFile
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.services.files import enter_file, new_sealed
from chelun.platform.sheets.services.tables import FREE_KINDS
from chelun.platform.sheets.staging import BAD, chunks_of, read_chunk, unpack_cell
from chelun.platform.sheets.wording import said, sheet_label
from chelun.platform.sheets.writing import CellProblem, RefusedRow, RefusedTable, write_refusals

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 – a folder in memory: nothing of it reaches a disk


@contextmanager
def private_folder() -> Iterator[str]:
    """A folder for the pieces of a workbook while it is written: in memory where the machine has it, readable by nobody else."""
    own = Path(settings.CHELUN_FILES_DIR) / "work"
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else own
    _clear_leftovers(place)
    mark = f"{_mark()}{os.getpid()}-{started(os.getpid())}-"
    with tempfile.TemporaryDirectory(prefix=mark, dir=place) as folder:
        yield folder


def _mark() -> str:
    """What the names of our folders on this machine begin with: others may share its memory."""
    return f"chelun-{hashlib.sha256(machine().encode()).hexdigest()[:8]}-"


def _clear_leftovers(place: Path) -> None:
    """Remove the folders of processes that were killed before they could do so."""
    for folder in place.glob(f"{_mark()}*"):
        pid, begun = folder.name.removeprefix(_mark()).split("-")[:2]
        if folder.stat().st_uid == os.getuid() and started(int(pid)) != begun:
            shutil.rmtree(folder, ignore_errors=True)


def write_refusal_book(actor: Actor, sheet_import: SheetImport) -> Callable[[], StoredFile] | None:
    """Write the refused rows of a checked import in the reader's language; None when there are none.

    Whose the workbook is, is written down by calling what is returned, in the transaction that refers to it.
    """
    if not StagedChunk.objects.filter(sheet_import=sheet_import, kind=BAD).exists():
        return None
    tables = [_table(sheet_import, table) for table in sheet_import.tables]
    with private_folder() as folder, new_sealed() as (file_id, writer):
        write_refusals(
            cast(BinaryIO, writer), tables, say=_, notes=_notes(actor, sheet_import), tmpdir=folder
        )
    return partial(
        enter_file, file_id=file_id, size=writer.size, actor=actor, kind="refusals", name=refusals_name(sheet_import),
        place=place_of(sheet_import), purpose=sheet_import.source,
    )  # fmt: skip


def refusals_name(sheet_import: SheetImport) -> str:
    """What the refusal workbook is called."""
    stem = sheet_import.file_name.rpartition(".")[0] or sheet_import.file_name
    return _("{stem}_退回.xlsx").format(stem=stem)


def _notes(actor: Actor, sheet_import: SheetImport) -> list[str]:
    told = _("原文件：{file}　来源：{source}　检查：{who}")
    return [told.format(file=sheet_import.file_name, source=sheet_import.source, who=actor.actor_name)]


def _table(sheet_import: SheetImport, table: Mapping[str, Any]) -> RefusedTable:
    columns = table["columns"]
    places = {column["at"]: place for place, column in enumerate(columns)}
    register = REGISTERS.get(table["register"])
    closed = {spec.name for spec in register.fields if spec.kind not in FREE_KINDS} if register else set()
    names = {places[int(at)] for at, field in table["mapping"].items() if field in closed}
    return RefusedTable(
        sheet=sheet_label(table),
        heads=[column["head"] for column in columns],
        rows=_rows(sheet_import, table["key"], places),
        names=frozenset(names),
    )


def _rows(sheet_import: SheetImport, key: int, places: Mapping[int, int]) -> Iterator[RefusedRow]:
    for chunk in chunks_of(sheet_import.pk, BAD):
        for table, number, packed, problems in read_chunk(chunk):
            if table == key:
                cells = [str(unpack_cell(cell)) for cell in packed]
                yield RefusedRow(number, cells, [_problem(problem, places) for problem in problems])


def _problem(problem: list[Any], places: Mapping[int, int]) -> CellProblem:
    at, _field, _code, template, advice, params = problem
    return CellProblem(places.get(at), said(template, params), said(advice, params))
