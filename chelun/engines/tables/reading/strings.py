"""The shared strings of a workbook, held in a compact form and read no further than they are asked for."""

from array import array
from collections.abc import Iterator

from chelun.engines.tables.reading.package import Attributes, Patience, feed, new_parser
from chelun.engines.tables.reading.sentences import Unreadable
from chelun.engines.tables.reading.values import Limits, shown_text, unescape

_KEPT = 1 << 16
RUN = 8
"""What each run of a text counts beside its characters, so that a text of a hundred thousand empty runs is too long."""


class SharedStrings:
    """Texts by number: the first 65,536, among which are those that repeat, as they are; the others packed.

    Packed means one block of UTF-8 and one offset each, about a third of what Python strings would take.
    """

    def __init__(self, pieces: Iterator[bytes], limits: Limits, most: int) -> None:
        """Take the XML of the part; nothing is read yet. More than `most` texts cannot be meant."""
        self._limits = limits
        self._most = most
        self.kept: list[str] = []
        self._block = bytearray()
        self._ends = array("Q", [0])
        self._parts: list[str] = []
        self._depth = self._length = 0
        self._inside = self._phonetic = False
        self._t, self._si, self._ph = "t", "si", "rPh"
        self._parser = new_parser()
        self._parser.StartElementHandler = self._first
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._patience = Patience(limits)
        self._steps: Iterator[None] = feed(self._parser, pieces, self._patience)

    def __getitem__(self, number: int) -> str:
        """Return a text; raises `Unreadable` where the part has none of that number."""
        kept = self.kept
        place = number - _KEPT
        ends = self._ends
        if number >= self._most:
            raise Unreadable("bomb")
        while not 0 <= number < len(kept) + len(ends) - 1:
            if next(self._steps, self) is self:
                raise Unreadable("broken")
        return kept[number] if place < 0 else self._block[ends[place] : ends[place + 1]].decode()

    def _first(self, name: str, attributes: Attributes) -> None:
        """Learn the prefix of the document from its first tag."""
        prefix, colon, _ = name.rpartition(":")
        self._t, self._si, self._ph = (f"{prefix}{colon}{tag}" for tag in ("t", "si", "rPh"))
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if name == self._t:
            self._inside = not self._phonetic
            self._length += RUN
        elif name == self._ph:
            self._phonetic = True
        elif self._depth > 16:
            raise Unreadable("broken")

    def _text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)
            self._length += len(text)
            if self._length > self._limits.cell_chars:
                raise Unreadable("cell_too_long", sheet="sharedStrings", limit=self._limits.cell_chars)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == self._t:
            self._inside = False
        elif name == self._si:
            parts = self._parts
            self._keep(shown_text(unescape(parts[0] if len(parts) == 1 else "".join(parts))))
            self._patience.found(1)
            self._length = 0
            parts.clear()
        elif name == self._ph:
            self._phonetic = False

    def _keep(self, text: str) -> None:
        if len(self.kept) < _KEPT:
            self.kept.append(text)
            return
        self._block += text.encode(errors="replace")
        self._ends.append(len(self._block))
        if len(self._block) > self._limits.text_bytes or len(self._ends) > self._limits.cells:
            raise Unreadable("bomb")
