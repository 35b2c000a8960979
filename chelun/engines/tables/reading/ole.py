"""Compound files (MS-CFB), the outer skin of .xls: their streams by name. Chains that run in circles are refused."""

import os
import struct
from array import array
from collections.abc import Iterator
from typing import BinaryIO

from chelun.engines.tables.reading.sentences import Unreadable

_END = 0xFFFFFFFA
_CUTOFF = 4096
_HEADER = struct.Struct("<24xHHHHH6xLLLLLLLLL")
_ENTRY = struct.Struct("<64sHBBLLL16x4x8x8xLQ")


class CompoundFile:
    """The streams of a compound file; `names` holds every entry, folders as well."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the tables of sectors and the directory."""
        self._file = file
        file.seek(0)
        head = file.read(512)
        if len(head) < 512:
            raise Unreadable("broken")
        (_, _, _, shift, mini_shift, _, _, directory, _, cutoff, mini, _, difat, difat_count) = (
            _HEADER.unpack_from(head)
        )
        if shift not in {9, 12} or mini_shift != 6 or cutoff != _CUTOFF:
            raise Unreadable("broken")
        self._size = 1 << shift
        self._sectors = file.seek(0, os.SEEK_END) // self._size + 1
        self._cutoff = cutoff
        self._fat = self._read_fat(head, difat, difat_count)
        self._entries = self._read_directory(directory)
        self._mini_fat = _words(self._chain(mini, len(self._fat) * self._size) if mini < _END else b"")
        self.names = {name for name, *_ in self._entries}

    def stream(self, name: str) -> bytes | None:
        """Return a stream, or None where there is none of that name; capital letters do not matter."""
        for entry, kind, start, size in self._entries:
            if kind == 2 and entry.lower() == name.lower():
                return self._mini(start, size) if size < self._cutoff else self._chain(start, size)
        return None

    def _sector(self, number: int) -> bytes:
        self._file.seek((number + 1) * self._size)
        return self._file.read(self._size)

    def _read_fat(self, head: bytes, difat: int, count: int) -> "array[int]":
        """Collect the sector table from the places in the header and in the chain behind it."""
        places = list(struct.unpack_from("<109L", head, 76))
        seen: set[int] = set()
        while difat < _END and difat not in seen and len(seen) <= count:
            seen.add(difat)
            words = _words(self._sector(difat))
            if not words:
                break
            places += words[:-1]
            difat = words[-1]
        fat = _words(b"")
        for place in dict.fromkeys(place for place in places if place < _END):
            fat += _words(self._sector(place))
        return fat

    def _numbers(self, start: int, fat: "array[int]", most: int) -> Iterator[int]:
        """Give the sectors of a chain; a chain longer than the table, or than the file, runs in a circle."""
        for _ in range(min(len(fat), most) + 1):
            if start >= _END:
                return
            if start >= len(fat):
                break
            yield start
            start = fat[start]
        raise Unreadable("broken")

    def _chain(self, start: int, size: int) -> bytes:
        data = bytearray()
        for number in self._numbers(start, self._fat, self._sectors):
            data += self._sector(number)
            if len(data) >= size:
                break
        return bytes(data[:size])

    def _mini(self, start: int, size: int) -> bytes:
        """Return a small stream, which lies in 64-byte pieces within the root's stream."""
        root = next((entry for entry in self._entries if entry[1] == 5), None)
        if root is None:
            raise Unreadable("broken")
        container = self._chain(root[2], root[3])
        numbers = self._numbers(start, self._mini_fat, self._cutoff // 64)
        pieces = (container[number * 64 : number * 64 + 64] for number in numbers)
        return b"".join(pieces)[:size]

    def _read_directory(self, start: int) -> list[tuple[str, int, int, int]]:
        """Return name, kind (1 folder, 2 stream, 5 root), first sector and size of each entry."""
        data = self._chain(start, 4 * 1024**2)
        entries = []
        for at in range(0, len(data) - 127, 128):
            name, length, kind, _, _, _, _, first, size = _ENTRY.unpack_from(data, at)
            if kind in {1, 2, 5}:
                entries.append(
                    (
                        name[: max(0, length - 2)].decode("utf-16-le", "replace"),
                        kind,
                        first,
                        size & 0xFFFFFFFF,
                    )
                )
        return entries


def _words(data: bytes) -> "array[int]":
    """Return 32-bit little-endian numbers."""
    words = array("I", b"")
    words.frombytes(data[: len(data) // 4 * 4])
    return words
