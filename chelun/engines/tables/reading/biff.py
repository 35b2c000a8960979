"""The records of an .xls stream (BIFF5 and BIFF8, MS-XLS) and the texts in them. Sheets are put together in `xls`."""

import struct
from collections.abc import Iterator

from chelun.engines.tables.reading.sentences import Unreadable

BOF, EOF, CONTINUE, FILEPASS, CODEPAGE, DATEMODE = 0x0809, 0x000A, 0x003C, 0x002F, 0x0042, 0x0022
FORMAT, XF, SHEET, SST, EXTERNAL_BOOK = 0x041E, 0x00E0, 0x0085, 0x00FC, 0x01AE
ROW, COLUMNS, MERGES = 0x0208, 0x007D, 0x00E5
NUMBER, RK, MULTI_RK, LABEL_SST, LABEL, RICH_LABEL = 0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x00D6
BOOL_OR_ERROR, FORMULA, STRING = 0x0205, 0x0006, 0x0207
CELLS = frozenset({NUMBER, RK, MULTI_RK, LABEL_SST, LABEL, RICH_LABEL, BOOL_OR_ERROR, FORMULA})

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_CODEPAGES = {
    936: "gb18030",
    950: "big5",
    932: "cp932",
    949: "cp949",
    1200: "utf-16-le",
    367: "ascii",
    10008: "gb18030",
}

Record = tuple[int, int, int]


def records(data: bytes, at: int) -> Iterator[Record]:
    """Give kind, start and end of each record from a place on; stops where the data ends."""
    size = len(data)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", data, at)
        at += 4
        yield kind, at, min(at + length, size)
        at += length


def codec_of(page: int) -> str:
    """Return the encoding of a code page; Chinese offices write 936."""
    return _CODEPAGES.get(page, f"cp{page}" if 1250 <= page <= 1258 or page in {437, 850, 874} else "gb18030")


def rk_value(word: int) -> float:
    """Return the number packed in an RK word: 30 bits of an integer or of a float, perhaps in hundredths."""
    if word & 2:
        value = float((word >> 2) - (1 << 30 if word & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (word & 0xFFFFFFFC) << 32))[0]
    return value / 100 if word & 1 else value


class TextReader:
    """Reads texts that may run over into CONTINUE records; `parts` are the bounds of the record and its continuations."""

    def __init__(self, data: bytes, parts: list[tuple[int, int]]) -> None:
        """Begin at the start of the first part."""
        self._data = data
        self._parts = parts
        self._part = 0
        self._at, self._end = parts[0]

    def skip(self, count: int) -> None:
        """Step over bytes."""
        while count > 0:
            step = min(count, self._end - self._at)
            self._at += step
            count -= step
            if count and not self._next():
                return

    def number(self, form: str) -> int:
        """Read a number, which never lies across two records."""
        if self._at >= self._end and not self._next():
            raise Unreadable("broken")
        size = struct.calcsize(form)
        if self._at + size > self._end:
            raise Unreadable("broken")
        (value,) = struct.unpack_from(form, self._data, self._at)
        self._at += size
        return int(value)

    def text(self, count_form: str = "<H") -> str:
        """Read a text of BIFF8: length, flags, perhaps runs and phonetics, characters of one or two bytes."""
        count = self.number(count_form)
        flags = self.number("<B")
        runs = self.number("<H") if flags & 8 else 0
        extra = self.number("<L") if flags & 4 else 0
        pieces = []
        while count:
            width = 2 if flags & 1 else 1
            step = min(count, (self._end - self._at) // width)
            piece = self._data[self._at : self._at + step * width]
            pieces.append(piece.decode("utf-16-le" if width == 2 else "latin-1", "replace"))
            self._at += step * width
            count -= step
            if count:
                if not self._next():
                    break
                flags = self.number("<B")
        self.skip(runs * 4 + extra)
        return "".join(pieces)

    def _next(self) -> bool:
        if self._part + 1 >= len(self._parts):
            return False
        self._part += 1
        self._at, self._end = self._parts[self._part]
        return True
