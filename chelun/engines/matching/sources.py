"""What a run is handed, as batches of text: a spreadsheet, Parquet, Arrow, or anything that speaks Arrow's C stream.

What it is told by the bytes, not by the ending. Columns that may not come in (`columns.screen`) are left behind here, before
anything is kept, also where somebody would have asked for them by name.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet

from chelun.engines.matching.cells import as_text
from chelun.engines.matching.sentences import MatchingError
from chelun.engines.matching.sheets import sheet_reader
from chelun.engines.tables.columns import ColumnSample, Dropped, screen
from chelun.engines.tables.reading import Unreadable

Answer = TypeVar("Answer")
BATCH_ROWS = 50_000
SAMPLE_ROWS = 5_000
"""How many rows are looked at for what may not come in."""
PARQUET, ARROW_FILE, ARROW_STREAM = b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One table on its way in. `batches` have a column of text or null for each of `heads`, in that order, and end once.

    Columns of the batches are called c0, c1, …: a head is what somebody wrote. `dropped` are the columns that may not come in.
    """

    heads: tuple[str, ...]
    batches: Iterator[pa.RecordBatch]
    dropped: tuple[Dropped, ...]


@contextmanager
def incoming(source: Any, *, name: str = "") -> Iterator[Incoming]:
    """Open a path, an Arrow table or reader, a DuckDB relation, or what has `__arrow_c_stream__`; closed at the end.

    `name` is what a sentence calls the source; a path has one. Raises `MatchingError`, or `Unreadable` for a spreadsheet
    that cannot be read; later also while `batches` are asked for. No sentence holds a cell.
    """
    called = name or (Path(source).name if isinstance(source, str | os.PathLike) else "")
    with ExitStack() as opened:
        reader = _told(called, lambda: _reader(source, opened))
        batches = _batches(called, reader)
        first = list(_until(batches, SAMPLE_ROWS))
        heads = tuple(reader.schema.names)
        dropped = tuple(screen(_samples(heads, first)))
        out = {column.index for column in dropped}
        kept = [place for place in range(len(heads)) if place not in out]
        yield Incoming(
            tuple(heads[place] for place in kept),
            (_renamed(batch, kept) for batch in chain(first, batches)),
            dropped,
        )


def _told(called: str, question: Callable[[], Answer]) -> Answer:
    """The answer; Arrow's errors as ours, raised where theirs is over, because they quote the cell."""
    try:
        return question()
    except (MatchingError, Unreadable):
        raise
    except FileNotFoundError:
        failure = MatchingError("no_file", name=called)
    except PermissionError:
        failure = MatchingError("no_right", name=called)
    except Exception:
        failure = MatchingError("unreadable", name=called)
    raise failure


def _reader(source: Any, opened: ExitStack) -> Any:
    if isinstance(source, str | os.PathLike):
        return _file_reader(Path(source), opened)
    if hasattr(source, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(source)
    raise MatchingError("unknown_source", kind=type(source).__name__)


def _file_reader(path: Path, opened: ExitStack) -> Any:
    """The reader of a file, by its first bytes."""
    with path.open("rb") as file:
        begin = file.read(len(ARROW_FILE))
    if begin.startswith(PARQUET):
        parquet = opened.enter_context(pa.parquet.ParquetFile(path))
        return pa.RecordBatchReader.from_batches(parquet.schema_arrow, parquet.iter_batches(BATCH_ROWS))
    if begin == ARROW_FILE:
        mapped = opened.enter_context(pa.memory_map(str(path)))
        return pa.RecordBatchReader.from_stream(pa.ipc.open_file(mapped).read_all())
    if begin.startswith(ARROW_STREAM):
        return opened.enter_context(pa.ipc.open_stream(opened.enter_context(pa.OSFile(str(path)))))
    return sheet_reader(path, BATCH_ROWS)


def _batches(called: str, reader: Any) -> Iterator[pa.RecordBatch]:
    """The batches as text, none larger than BATCH_ROWS."""
    while (batch := _told(called, lambda: next(reader, None))) is not None:
        for start in range(0, batch.num_rows, BATCH_ROWS):
            piece = batch.slice(start, BATCH_ROWS)
            yield _told(called, partial(as_text, piece))


def _until(batches: Iterator[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    while rows > 0 and (batch := next(batches, None)) is not None:
        rows -= batch.num_rows
        yield batch


def _samples(heads: tuple[str, ...], first: list[pa.RecordBatch]) -> list[ColumnSample]:
    return [
        ColumnSample(place, head, [cell or "" for batch in first for cell in batch.column(place).to_pylist()])
        for place, head in enumerate(heads)
    ]


def _renamed(batch: pa.RecordBatch, kept: list[int]) -> pa.RecordBatch:
    names = [f"c{place}" for place in range(len(kept))]
    return pa.RecordBatch.from_arrays([batch.column(place) for place in kept], names=names)
