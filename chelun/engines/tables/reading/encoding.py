"""Which encoding a text file is written in: decided on the whole file, so that no later row turns into rubbish."""

import codecs
from typing import BinaryIO

from chelun.engines.tables.reading.files import CHUNK
from chelun.engines.tables.reading.sentences import Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(file: BinaryIO) -> tuple[str, int]:
    """Return the encoding of a text and how many places in it cannot be decoded.

    Order: byte order mark, UTF-16 by its zero bytes, UTF-8, GB18030 (which contains GBK and GB 2312). A text with
    more than one unreadable place in a thousand characters, or with zero bytes at its beginning, is refused.
    """
    file.seek(0)
    head = file.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, _bad_places(file, name)
    if wide := _wide(head):
        return wide, _bad_places(file, wide)
    if b"\0" in head:
        raise Unreadable("not_a_sheet")
    if not _fails(file, "utf-8"):
        return "utf-8", 0
    if _mostly_utf8(head):
        return "utf-8", _bad_places(file, "utf-8")
    return "gb18030", _bad_places(file, "gb18030")


def _mostly_utf8(head: bytes) -> bool:
    """Whether a text that is not wholly UTF-8 is UTF-8 with a few damaged places, and not Chinese in GB18030."""
    text = head.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - bad > bad * 20


def _wide(head: bytes) -> str:
    """Return the UTF-16 flavour of a text without a mark: separators and line ends have a zero byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 < len(head) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _fails(file: BinaryIO, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    file.seek(0)
    try:
        while piece := file.read(CHUNK):
            decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return True
    return False


def _bad_places(file: BinaryIO, name: str) -> int:
    """Count what cannot be decoded; refuses a text that is mostly something else."""
    decoder = codecs.getincrementaldecoder(name)("replace")
    file.seek(0)
    bad = length = 0
    while piece := file.read(CHUNK):
        text = decoder.decode(piece)
        bad += text.count("\ufffd") + text.count("\0")
        length += len(text)
    bad += decoder.decode(b"", True).count("\ufffd")
    if bad * 1000 > length + 3000:
        raise Unreadable("encoding")
    return bad
