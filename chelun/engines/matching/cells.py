"""Cells of any type as the text that a clerk would have written for them."""

import pyarrow as pa
import pyarrow.compute as pc

from chelun.engines.matching.sentences import MatchingError

WHOLE_BELOW = 2.0**53
"""Up to here a float holds every whole number."""


def as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows and heads, every column text, null where nothing stands.

    A number that a table keeps as a float only because others are missing (13900000001.0) is written as a whole one, a moment
    at midnight as its day. Raises `MatchingError` ("column_type") for a column of lists, records or bytes.
    """
    columns = [_text(head, column) for head, column in zip(batch.schema.names, batch.columns, strict=True)]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _text(head: str, column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _text(head, column.dictionary_decode())
    if pa.types.is_null(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    if pa.types.is_floating(kind):
        return _of_floats(column)
    if pa.types.is_timestamp(kind):
        return _of_moments(column)
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise MatchingError("column_type", head=head)
    return column.cast(pa.string())


def _of_floats(column: pa.Array) -> pa.Array:
    column = column.cast(pa.float64())
    known = pc.if_else(pc.is_finite(column), column, None)
    is_whole = pc.and_(pc.equal(pc.trunc(known), known), pc.less(pc.abs(known), WHOLE_BELOW))
    whole = pc.if_else(is_whole, known, None).cast(pa.int64())
    return pc.if_else(is_whole, whole.cast(pa.string()), known.cast(pa.string()))


def _of_moments(column: pa.Array) -> pa.Array:
    day = column.cast(pa.date32(), safe=False).cast(pa.string())
    is_day = pc.equal(pc.floor_temporal(column, unit="day"), column)
    return pc.if_else(is_day, day, pc.strftime(column, format="%Y-%m-%d %H:%M:%S"))
