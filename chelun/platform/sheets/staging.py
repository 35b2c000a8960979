"""Staged chunks: rows on their way, as sealed JSON, some hundred to a chunk.

Kinds: `raw` are cells as they were read, without the columns that may not come in; `good` are facts that passed the
rules; `bad` are rows that did not; `diff` is how a filled form differs from its register. Cells keep what the reading knew of them (`Cell`).
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from chelun.core.crypto import open_sealed, seal
from chelun.core.jsontext import from_json, to_json_bytes
from chelun.engines.tables.reading.values import Cell
from chelun.platform.sheets.models import StagedChunk

CHUNK_ROWS = 1000
CHUNK_CHARS = 2_000_000
"""Rows of much text are staged sooner, so that no chunk takes the machine."""
RAW, GOOD, BAD, DIFF = "raw", "good", "bad", "diff"
Packed = str | list[Any]


def pack_cell(cell: str) -> Packed:
    """A cell as JSON: plain text as it is, anything else as [text, kind, raw, formula, cached, filled]."""
    if type(cell) is Cell:
        return [str(cell), cell.kind, cell.raw, cell.formula, cell.cached, cell.filled]
    return cell


def unpack_cell(packed: Packed) -> str:
    """The cell of `pack_cell`."""
    return packed if isinstance(packed, str) else Cell(*packed)


def context_of(chunk: StagedChunk) -> str:
    """What a chunk's sealed rows are bound to."""
    return f"chunk:{chunk.sheet_import_id}:{chunk.kind}:{chunk.number}"


def write_chunk(import_id: UUID, kind: str, number: int, register: str, rows: Sequence[Any]) -> None:
    """Seal some rows (JSON values) as one chunk."""
    chunk = StagedChunk(
        sheet_import_id=import_id, kind=kind, number=number, register=register, rows=len(rows)
    )
    chunk.body = seal(zlib.compress(to_json_bytes(rows), 1), context_of(chunk))
    chunk.save()


def read_chunk(chunk: StagedChunk) -> list[Any]:
    """The rows of a chunk."""
    rows: list[Any] = from_json(zlib.decompress(open_sealed(bytes(chunk.body), context_of(chunk))))
    return rows


def chunks_of(import_id: UUID, kind: str, register: str = "") -> Iterator[StagedChunk]:
    """The chunks of a kind in order, one in memory at a time; of one register if it is named.

    Ends early when the import is given up meanwhile and its chunks are gone.
    """
    found = StagedChunk.objects.filter(sheet_import=import_id, kind=kind)
    if register:
        found = found.filter(register=register)
    for number in list(found.order_by("number").values_list("number", flat=True)):
        chunk = found.filter(number=number).first()
        if chunk is None:
            return
        yield chunk
