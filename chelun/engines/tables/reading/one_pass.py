"""Formats that keep all sheets in one document: their rows come in one pass, handed out sheet by sheet."""

from collections.abc import Iterator

from chelun.engines.tables.reading.values import RawRow, SheetInfo

#: Place of the sheet, its hidden columns as far as they are known, a row.
SheetRow = tuple[int, set[int], RawRow]


class OnePass:
    """The rows of all sheets; each sheet must be read before the next, and only once."""

    def __init__(self, stream: Iterator[SheetRow]) -> None:
        """Take the rows in the order of the document."""
        self._stream = stream
        self._next: SheetRow | None = None

    def sheets(self, infos: list[SheetInfo]) -> Iterator["OnePassSheet"]:
        """Open one sheet after the other."""
        for index, info in enumerate(infos):
            yield OnePassSheet(self, index, info)

    def of(self, index: int, hidden_columns: set[int]) -> Iterator[RawRow]:
        """Give the rows of one sheet, passing over what is left of earlier ones."""
        while True:
            self._next = self._next or next(self._stream, None)
            if self._next is None or self._next[0] > index:
                return
            place, hidden, row = self._next
            self._next = None
            if place == index:
                hidden_columns |= hidden
                yield row


class OnePassSheet:
    """One sheet; `hidden_columns` is filled when the first row has come."""

    def __init__(self, shared: OnePass, index: int, info: SheetInfo) -> None:
        """Take the place of the sheet in the document."""
        self._shared = shared
        self._index = index
        self.info = info
        self.hidden_columns: set[int] = set()

    def rows(self) -> Iterator[RawRow]:
        """Give the rows that are not blank; once."""
        return self._shared.of(self._index, self.hidden_columns)
