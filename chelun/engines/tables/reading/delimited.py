"""Text tables: .csv and .txt, with any usual separator and encoding, record by record."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from chelun.engines.tables.reading.encoding import encoding_of
from chelun.engines.tables.reading.sentences import Unreadable, notice
from chelun.engines.tables.reading.values import Limits, Notice, RawRow, SheetInfo, shown_text

SEPARATORS = ",\t;，|；"
#: Where nothing else separates: any run of spaces, as in lists copied from a chat.
SPACES = " "
_SAMPLE = 60
_AS_TEXT = re.compile(r'="([^"]*)"')
_MAX_LINES = 500

csv.field_size_limit(2_000_000)


class TextSheet:
    """The one sheet of a text file."""

    def __init__(self, book: "TextBook") -> None:
        """Estimate the rows from the length of the first lines."""
        self._book = book
        self.info = SheetInfo("", False, book.estimate)
        self.hidden_columns: set[int] = set()

    def rows(self) -> Iterator[RawRow]:
        """Give the records that are not blank; their number counts records as a spreadsheet would show them."""
        limits = self._book.limits
        for number, record in enumerate(self._book.records(), 1):
            cells = [shown_text(cell) for cell in record]
            while cells and not cells[-1]:
                cells.pop()
            if number > limits.rows:
                raise Unreadable("too_many_rows", sheet="", limit=limits.rows)
            if len(cells) > limits.columns:
                raise Unreadable("too_wide", sheet="", row=number, limit=limits.columns)
            if cells:
                yield RawRow(number, cells)


class TextBook:
    """A text file with its encoding and separator."""

    format = "csv"

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        """Decide encoding and separator; refuses what is no text."""
        self.limits = limits
        self._file = file
        self.warnings: list[Notice] = []
        self.encoding, bad = encoding_of(file)
        if bad:
            self.warnings.append(notice("bad_bytes", count=bad))
        sample = self._sample()
        self._skip = 1 if sample and re.fullmatch(r'"?sep=.\"?\s*', sample[0], re.IGNORECASE) else 0
        self.separator = sample[0].strip().strip('"')[-1] if self._skip and sample else separator_of(sample)
        self.width = _usual_width(sample[self._skip :], self.separator)
        self.estimate = self._estimate(sample)

    def sheets(self) -> Iterator[TextSheet]:
        """Give the one sheet."""
        yield TextSheet(self)

    def records(self) -> Iterator[list[str]]:
        """Give every record, blank ones as empty lists or lists of nothing."""
        lines = self._lines()
        for _ in range(self._skip):
            next(lines, "")
            yield []
        separator, number = self.separator, self._skip
        for line in lines:
            number += 1
            if separator == SPACES:
                yield line.split()
            elif '"' not in line:
                yield line.rstrip("\r\n").split(separator)
            else:
                yield self._quoted(line, lines, number)

    def _quoted(self, line: str, lines: Iterator[str], number: int) -> list[str]:
        """Read a record with quotes, which may run over several lines; a lone «"» is a ditto mark."""
        fields = _parse(line, self.separator)
        literal = _with_ditto(line, self.separator)
        if literal and len(literal) == self.width and (fields is None or len(fields) != self.width):
            return literal
        count = 1
        while (
            fields is None
            and line.count('"') % 2
            and count < _MAX_LINES
            and len(line) < self.limits.cell_chars
        ):
            line += next(lines, "")
            count += 1
            fields = None if line.count('"') % 2 else _parse(line, self.separator)
        if fields is None and line.count('"') % 2 == 0:
            fields = _parse(line, self.separator, strict=False)
        if fields is None or (count > 1 and self._swallows(fields)):
            raise Unreadable("open_quote", row=number)
        return [_AS_TEXT.sub(r"\1", cell) if cell.startswith('="') else cell for cell in fields]

    def _swallows(self, fields: list[str]) -> bool:
        """Whether a cell of several lines looks as if it had eaten whole rows, between two stray quotes."""
        least = max(2, self.width - 2)
        lines = (line for field in fields if "\n" in field for line in field.splitlines())
        return any(line.count(self.separator) >= least for line in lines)

    def _lines(self) -> Iterator[str]:
        self._file.seek(0)
        text = io.TextIOWrapper(
            io.BufferedReader(_Unclosed(self._file), 1 << 18),
            encoding=self.encoding,
            errors="replace",
            newline="",
        )
        limit = self.limits.line_chars
        number = 0
        while line := text.readline(limit):
            number += 1
            if len(line) >= limit:
                raise Unreadable("line_too_long", row=number)
            yield line.replace("\0", "") if "\0" in line else line

    def _sample(self) -> list[str]:
        lines = self._lines()
        return [line for line, _ in zip(lines, range(_SAMPLE), strict=False)]

    def _estimate(self, sample: list[str]) -> int:
        size = self._file.seek(0, io.SEEK_END)
        length = sum(len(line.encode(self.encoding, "replace")) for line in sample) or 1
        return len(sample) if len(sample) < _SAMPLE else max(len(sample), size * len(sample) // length)


class _Unclosed(io.RawIOBase):
    """A readable view of a file that leaves the file open when the text wrapper goes away."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer."""
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def separator_of(lines: list[str]) -> str:
    """Return the separator that cuts most lines into the same number of fields, more than one; else spaces or a comma."""
    best, best_score = ",", 0
    for separator in SEPARATORS:
        widths = Counter(
            len(_parse(line, separator) or line.split(separator)) for line in lines if line.strip()
        )
        widths.pop(1, None)
        if widths:
            width, agreeing = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
            score = agreeing * 1000 + sum(widths.values()) * 100 + width
            if score > best_score:
                best, best_score = separator, score
    return best if best_score or not _is_spaced(lines) else SPACES


def _is_spaced(lines: list[str]) -> bool:
    """Whether most lines have the same number of words, three or more, with only spaces between them."""
    widths = Counter(len(line.split()) for line in lines if line.strip())
    width, agreeing = max(widths.items(), key=lambda pair: pair[1], default=(0, 0))
    return width >= 3 and agreeing >= 3 and agreeing * 10 >= sum(widths.values()) * 7


def _usual_width(lines: list[str], separator: str) -> int:
    widths = Counter(line.count(separator) + 1 for line in lines if '"' not in line)
    return max(widths.items(), key=lambda pair: (pair[1], pair[0]))[0] if widths else 0


def _parse(text: str, separator: str, strict: bool = True) -> list[str] | None:
    """Return the fields of one record, or None where a quote stays open or is misplaced."""
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None


def _with_ditto(line: str, separator: str) -> list[str] | None:
    """Return the fields of a line in which «"» stands alone in a cell, or None if it does not."""
    fields = line.rstrip("\r\n").split(separator)
    return fields if any(field.strip() == '"' for field in fields) else None
