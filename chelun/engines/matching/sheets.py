"""A spreadsheet as one table: the rows of all its tables under the union of their heads, as a clerk with a sheet per township has it."""

from collections.abc import Iterator, Sequence
from itertools import chain, count, islice
from pathlib import Path

import pyarrow as pa

from chelun.engines.tables.reading import Table, walk

Cells = tuple[str | None, ...]


def sheet_reader(path: Path, size: int) -> pa.RecordBatchReader:
    """The data rows of a file's tables in batches of `size`; null where a cell is blank or its table has no such column.

    Titles, sums and notes are left out; columns without a head have the one that the reading gives them. The file is walked
    twice, first for the heads, since a table may begin anywhere. Raises `Unreadable`, also while batches are asked for.
    """
    union = tuple(
        dict.fromkeys(head for item in walk(path) if isinstance(item, Table) for head in _heads(item))
    )
    schema = pa.schema([(head, pa.string()) for head in union])
    return pa.RecordBatchReader.from_batches(schema, _batches(_cells(path, union), schema, size))


def _heads(table: Table) -> list[str]:
    """The heads of a table, each once: the second 电话 is 电话 (2)."""
    heads: list[str] = []
    for column in table.columns:
        numbered = (f"{column.head} ({again})" for again in count(2))
        heads.append(next(head for head in chain([column.head], numbered) if head not in heads))
    return heads


def _cells(path: Path, union: Sequence[str]) -> Iterator[Cells]:
    """Every data row, its cells in the order of the union."""
    place_of = {head: place for place, head in enumerate(union)}
    sheet, places = -1, dict[int, list[int]]()
    for item in walk(path):
        if isinstance(item, Table):
            if item.sheet_index != sheet:
                sheet, places = item.sheet_index, {}
            places[item.number] = [place_of[head] for head in _heads(item)]
        elif item.kind == "data":
            row: list[str | None] = [None] * len(union)
            for place, cell in zip(places[item.table], item.cells, strict=True):
                row[place] = cell or None
            yield tuple(row)


def _batches(cells: Iterator[Cells], schema: pa.Schema, size: int) -> Iterator[pa.RecordBatch]:
    while rows := list(islice(cells, size)):
        columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)
