"""A quick look over the bytes of a worksheet: how many rows, where its content ends, what is merged.

The merged ranges stand after the rows in the XML, but are needed with them; and a million empty formatted rows at
the end need not be parsed. Reads at the speed of the decompression; XML text cannot hold a bare «<», so searching is safe.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from chelun.engines.tables.reading.sentences import Unreadable
from chelun.engines.tables.reading.values import Limits, Span

_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"'
)
_CONTENT = (b"v>", b"t>", b"<f", b":f")
_CARRY = 200


@dataclass(slots=True)
class Survey:
    """`end` is the number of bytes up to the end of the last row with content; `spans` are merged ranges by first row."""

    rows: int = 0
    cells: int = 0
    end: int = 0
    spans: dict[int, tuple[Span, ...]] = field(default_factory=dict)


def survey(pieces: Iterator[bytes], sheet: str, limits: Limits) -> Survey:
    """Look over the XML of one worksheet; refuses more cells or merged ranges than the limits allow."""
    seen = Survey()
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    offset = merges = 0
    carry = b""
    closed = True
    wide = None
    for piece in pieces:
        # In UTF-16 nothing below is found: then nothing is cut off either, and the parser sees the whole.
        wide = b"\0" in piece[:64] if wide is None else wide
        text = carry + piece
        start = offset - len(carry)
        seen.rows += text.count(b"<row") + text.count(b":row ") - carry.count(b"<row") - carry.count(b":row ")
        seen.cells += piece.count(b"<c ") + piece.count(b":c ")
        last = max(text.rfind(mark) for mark in _CONTENT)
        if last >= 0 or not closed:
            at = text.find(b"row>", max(last, 0))
            closed = at >= 0
            seen.end = start + at + 4
        if seen.cells > limits.cells:
            raise Unreadable("too_many_cells", sheet=sheet, limit=limits.cells)
        done = 0
        if b"mergeCell" in text:
            for found in _MERGE.finditer(text):
                done = found.end()
                merges += _keep(spans, found)
            if merges > limits.merges:
                raise Unreadable("too_many_merges", sheet=sheet, limit=limits.merges)
        offset += len(piece)
        carry = text[max(done, len(text) - _CARRY) :]
    seen.end = seen.end if closed and not wide else offset
    seen.spans = {row: tuple(found) for row, found in spans.items()}
    return seen


def _keep(spans: defaultdict[int, list[Span]], found: re.Match[bytes]) -> int:
    """Keep one merged range; those within a row matter for heads and titles, not for a hundred thousand rows."""
    left, top, right, bottom = found.groups()
    span = Span(int(top), column_index(left.decode()), int(bottom), column_index(right.decode()))
    if span.top > span.bottom or (span.top == span.bottom and len(spans) > 10_000):
        return 0
    spans[span.top].append(span)
    return 1


def column_index(letters: str) -> int:
    """Return the 0-based place of a column: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def column_letter(index: int) -> str:
    """Return the letters of a 0-based column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
