"""The keyed digest of a file's bytes, by which the same file is known again."""

import hashlib
from typing import BinaryIO

from chelun.core.crypto import blind_index


class Digester:
    """Takes a file's bytes as they come; gives its keyed digest."""

    def __init__(self) -> None:
        self._state = hashlib.sha256()
        self.size = 0

    def update(self, part: bytes) -> None:
        """Take the next bytes."""
        self._state.update(part)
        self.size += len(part)

    def digest(self) -> str:
        """The keyed digest of everything so far."""
        return blind_index("file", self._state.hexdigest())


def digest_stream(file: BinaryIO) -> tuple[int, str]:
    """(size, keyed digest) of a whole stream, from its beginning."""
    file.seek(0)
    taken = Digester()
    while part := file.read(1 << 20):
        taken.update(part)
    return taken.size, taken.digest()
